import Mustache
import ReportModel

extension Page {
  /// Rows of a long working list that stand on a page; the workbook has them all.
  static let mostListed = 30
  /// A list of at most so many rows stands on its page whole.
  private static let shortList = 40

  /// A table of at most so many rows is kept on one printed page.
  private static let briefRows = 14

  /// Rows of a list of sentences that are a screen.
  private static let screen = 12

  private static func mostShown(of table: Table) -> Int {
    switch table.look {
    case .list: table.rows.count > shortList ? mostListed : table.rows.count
    case .words: screen
    case .plain, .heat, .bars, .wideList, .sheet, .excerpt: table.rows.count
    }
  }

  static func values(of table: Table, under heading: String) -> PageValues {
    let shown = Array(table.rows.prefix(mostShown(of: table)))
    let scale = Scale(table)
    let left = table.rows.count - shown.count
    return [
      "title": table.title, "same": table.title == heading,
      "hasSubtitle": scale.subtitle != nil, "subtitle": scale.subtitle ?? "",
      "look": [
        scale.name, shown.count <= briefRows ? "brief" : "",
        table.columns.count > 10 ? "wide" : table.columns.count < 5 && table.look == .plain ? "narrow" : "",
      ]
      .filter { !$0.isEmpty }.joined(separator: " "),
      "columns": table.columns.enumerated().map { place, column in
        let style = column.unit == .text ? "t" : scale.isDrawn(place) ? "drawn" : ""
        return ["header": column.header, "hasClass": !style.isEmpty, "class": style] as PageValues
      },
      "rows": shown.enumerated().map { place, row in
        [
          "name": row.first?.formatted ?? "", "total": table.total == place,
          "cells": row.enumerated().dropFirst().map { values(of: $1, column: $0, table, scale) },
        ] as PageValues
      } + (shown.isEmpty ? [emptyRow(table)] : []),
      "hasMore": left > 0,
      "more": "\(left) more \(left == 1 ? "row stands" : "rows stand") in the workbook.",
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

/// What the templates ask for in a cell. Pages are mostly cells, and this is found faster than the keys of a dictionary.
struct CellValues: MustacheParent {
  let text: String
  let style: String
  let bar: [BarValues]

  static let names = ["text", "class", "bar"]

  func child(named name: String) -> Any? {
    switch name {
    case "text": PageWords(renderText: text)
    case "class": PageWords(renderText: style)
    case "bar": bar.isEmpty ? PageNothing() : bar
    default: nil
    }
  }
}

/// What the templates ask for in a bar beside a figure.
struct BarValues: MustacheParent {
  let number: String
  /// Unit: per cent of the longest.
  let width: String
  /// Where the line of the whole stands. Missing: nil for no line.
  let mark: String?

  static let names = ["number", "width", "mark", "at"]

  func child(named name: String) -> Any? {
    switch name {
    case "number": PageWords(renderText: number)
    case "width": PageWords(renderText: width)
    case "mark": mark.map { ["at": $0] as PageValues } ?? PageNothing()
    default: nil
    }
  }
}

/// How the values of a table are drawn into its cells.
private struct Scale {
  let name: String
  private let bars: Int?
  private let most: Double
  private let least: Double
  /// Where the line of the whole stands. Missing: nil for no line.
  let mark: String?
  let subtitle: String?

  init(_ table: Table) {
    switch table.look {
    case .plain, .list, .wideList, .words, .sheet, .excerpt:
      name = table.look == .list ? "list" : table.look == .words ? "words" : "plain"
      (bars, most, least, mark, subtitle) = (nil, 0, 0, nil, nil)
    case .heat:
      name = "heat"
      let values = table.rows.flatMap { $0.dropFirst().compactMap(\.value) }
      (bars, most, least) = (nil, values.max() ?? 0, values.min() ?? 0)
      (mark, subtitle) = (nil, "The darker, the more is missed.")
    case .bars(let column):
      name = "bars"
      let values = table.rows.compactMap { column < $0.count ? $0[column].value : nil }
      let top = values.max() ?? 0
      (bars, most, least) = (column, top, 0)
      let whole = table.total.flatMap { table.rows.indices.contains($0) ? table.rows[$0] : nil }
      let value = whole.flatMap { $0[column].value }
      mark = value.flatMap { top > 0 ? Number.text(100 * $0 / top) : nil }
      subtitle = whole.flatMap { row in
        value == nil ? nil : "The line is \(row[0].formatted.lowercased()), \(row[column].formatted)."
      }
    }
  }

  func isDrawn(_ column: Int) -> Bool { column == bars }

  func width(of value: Double, column: Int) -> String? {
    guard isDrawn(column), most > 0 else { return nil }
    return Number.text(100 * value / most)
  }

  /// One of five shades between the least and the most of the table.
  func shade(of value: Double, column: Int, _ table: Table) -> String? {
    guard table.look == .heat, most > least else { return nil }
    return "h\(min(4, Int(5 * (value - least) / (most - least))))"
  }
}

/// Numbers of a drawing, the same on every machine.
enum Number {
  /// With at most one decimal.
  static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? String(tenths / 10) : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
