import Mustache
import ReportModel

extension Page {
  /// Maximum number of rows of a long working list on a page. The workbook has all rows.
  static let maxListRows = 30
  /// Maximum number of rows of a list that is complete on its page.
  private static let maxShortListRows = 40

  /// Maximum number of rows of a table that is kept on one printed page.
  private static let maxUnbrokenRows = 14

  /// Maximum number of rows of a list of sentences, which fill about one screen.
  private static let maxSentenceRows = 12

  private static func maxRows(of table: Table) -> Int {
    switch table.look {
    case .list: table.rows.count > maxShortListRows ? maxListRows : table.rows.count
    case .words: maxSentenceRows
    case .plain, .heat, .bars, .wideList, .sheet, .excerpt: table.rows.count
    }
  }

  /// Returns the values of a table in a section with a heading.
  static func values(of table: Table, under heading: String) -> PageValues {
    let shown = Array(table.rows.prefix(maxRows(of: table)))
    let scale = Scale(table)
    let hidden = table.rows.count - shown.count
    return [
      "title": table.title, "same": table.title == heading,
      "hasSubtitle": scale.subtitle != nil, "subtitle": scale.subtitle ?? "",
      "look": [
        scale.name, shown.count <= maxUnbrokenRows ? "brief" : "",
        table.columns.count > 10 ? "wide" : table.columns.count < 5 && table.look == .plain ? "narrow" : "",
      ]
      .filter { !$0.isEmpty }.joined(separator: " "),
      "columns": table.columns.enumerated().map { index, column in
        let style = column.unit == .text ? "t" : scale.isDrawn(index) ? "drawn" : ""
        return ["header": column.header, "hasClass": !style.isEmpty, "class": style] as PageValues
      },
      "rows": shown.enumerated().map { index, row in
        [
          "name": row.first?.formatted ?? "", "total": table.total == index,
          "cells": row.enumerated().dropFirst().map { values(of: $1, column: $0, table, scale) },
        ] as PageValues
      } + (shown.isEmpty ? [emptyRow(table)] : []),
      "hasMore": hidden > 0,
      "more": "\(hidden) more \(hidden == 1 ? "row" : "rows"): see the workbook.",
      "notes": table.notes + shorthand(in: shown)
        + (table.look == .list ? ["Source: \(table.source)."] : []),
    ]
  }

  private static func emptyRow(_ table: Table) -> PageValues {
    let cell = CellValues(text: Cell.Shorthand.notApplicable.rawValue, style: "c", bar: [])
    return ["name": "None", "total": false, "cells": table.columns.dropFirst().map { _ in cell }]
  }

  private static func values(
    of cell: Cell, column: Int, _ table: Table, _ scale: Scale
  ) -> CellValues {
    var classes: [String] = []
    if column < table.columns.count, table.columns[column].unit == .text { classes.append("t") }
    if case .text(let text) = cell {
      let length = text.utf8.count
      if length <= 24 { classes.append("short") } else if length > 40 { classes.append("long") }
    }
    if case .shorthand = cell { classes.append("c") }
    if scale.isDrawn(column) { classes.append("drawn") }
    var bar: [BarValues] = []
    if let value = cell.value {
      if let shade = scale.shade(of: value, column: column, table) { classes.append(shade) }
      if let width = scale.width(of: value, column: column) {
        bar = [BarValues(number: cell.formatted, width: width, mark: scale.mark)]
      }
    }
    return CellValues(
      text: bar.isEmpty ? cell.formatted : "",
      style: classes.isEmpty ? "n" : classes.joined(separator: " "), bar: bar)
  }

  private static func shorthand(in rows: [[Cell]]) -> [String] {
    Cell.Shorthand.allCases.filter { shorthand in
      rows.contains { $0.contains(.shorthand(shorthand)) }
    }.map { "\($0.rawValue) \($0.formatted)." }
  }
}

/// The values of a cell. Pages consist mostly of cells, and a switch is faster than a dictionary.
struct CellValues: MustacheParent {
  let text: String
  let style: String
  let bar: [BarValues]

  static let names = ["text", "class", "bar"]

  func child(named name: String) -> Any? {
    switch name {
    case "text": PageString(renderText: text)
    case "class": PageString(renderText: style)
    case "bar": bar.isEmpty ? EmptyPageValue() : bar
    default: nil
    }
  }
}

/// The values of a bar beside a figure.
struct BarValues: MustacheParent {
  let number: String
  /// The width in per cent of the longest bar.
  let width: String
  /// The position of the line for the total in per cent, or `nil` for no line.
  let mark: String?

  static let names = ["number", "width", "mark", "at"]

  func child(named name: String) -> Any? {
    switch name {
    case "number": PageString(renderText: number)
    case "width": PageString(renderText: width)
    case "mark": mark.map { ["at": $0] as PageValues } ?? EmptyPageValue()
    default: nil
    }
  }
}

/// The scale of the bars or shades in the cells of a table.
private struct Scale {
  let name: String
  private let bars: Int?
  private let maximum: Double
  private let minimum: Double
  /// The position of the line for the total in per cent, or `nil` for no line.
  let mark: String?
  let subtitle: String?

  init(_ table: Table) {
    switch table.look {
    case .plain, .list, .wideList, .words, .sheet, .excerpt:
      name = table.look == .list ? "list" : table.look == .words ? "words" : "plain"
      (bars, maximum, minimum, mark, subtitle) = (nil, 0, 0, nil, nil)
    case .heat:
      name = "heat"
      let values = table.rows.flatMap { $0.dropFirst().compactMap(\.value) }
      (bars, maximum, minimum) = (nil, values.max() ?? 0, values.min() ?? 0)
      (mark, subtitle) = (nil, "Darker means more absence.")
    case .bars(let column):
      name = "bars"
      let values = table.rows.compactMap { column < $0.count ? $0[column].value : nil }
      let top = values.max() ?? 0
      (bars, maximum, minimum) = (column, top, 0)
      let total = table.total.flatMap { table.rows.indices.contains($0) ? table.rows[$0] : nil }
      let value = total.flatMap { $0[column].value }
      mark = value.flatMap { top > 0 ? Number.text(100 * $0 / top) : nil }
      subtitle = total.flatMap { row in
        value == nil ? nil : "The line shows \(row[0].formatted.lowercased()), \(row[column].formatted)."
      }
    }
  }

  func isDrawn(_ column: Int) -> Bool { column == bars }

  func width(of value: Double, column: Int) -> String? {
    guard isDrawn(column), maximum > 0 else { return nil }
    return Number.text(100 * value / maximum)
  }

  /// Returns one of five shades between the smallest and the largest value of the table.
  func shade(of value: Double, column: Int, _ table: Table) -> String? {
    guard table.look == .heat, maximum > minimum else { return nil }
    return "h\(min(4, Int(5 * (value - minimum) / (maximum - minimum))))"
  }
}

/// Numbers in drawings, with the same text on every computer.
enum Number {
  /// Returns a number with at most one decimal.
  static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? String(tenths / 10) : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
