import Tabular
import Foundation
import Measures
import Registers
import TestSupport

@testable import Comparators

/// DfE's files in the repository, and invented ones.
enum Published {
  static let attendance = "ees-attendance-2025-26-ytd.csv"
  static let national = "national-absence.csv"
  static let socialCare = "dfe-social-care-absence.csv"

  static let july = Day(year: 2026, month: 7, day: 10)

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../SampleData/benchmarks").standardizedFileURL

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static func file(_ bytes: [UInt8], _ name: String = "made.csv", atMost most: Int = .max) -> SourceFile {
    SourceFile(name) { () throws(TableFailure) -> ByteFeed.Read in
      var place = 0
      return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
        let count = min(most, buffer.count, bytes.count - place)
        buffer.copyBytes(from: bytes[place..<(place + count)])
        place += count
        return count
      }
    }
  }

  static func read(
    _ text: String, _ name: String = "made.csv", to: Day? = nil, filter: GeographyFilter = .all
  ) throws -> Benchmarks {
    try Benchmarks.read([BenchmarkSource(file(Array(text.utf8), name), to: to)], filter: filter)
  }

  /// Returns all three files, with the end of the year to date that the trust file gives.
  static func all() throws -> Benchmarks { try everything.get() }

  private static let everything = Result { try all(to: july) }

  static func all(to: Day?) throws -> Benchmarks {
    try Benchmarks.read(
      [
        BenchmarkSource(file(try bytes(attendance), attendance), to: to),
        BenchmarkSource(file(try bytes(national), national)),
        BenchmarkSource(file(try bytes(socialCare), socialCare)),
      ], filter: .all)
  }

  /// Returns the message of an error, or `nothing` if there is none.
  static func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing"
    } catch { return "\(error)" }
  }
}

/// A table of text that a test can change and write.
struct Cells {
  var columns: [String]
  var rows: [[String]] = []

  init(_ bytes: [UInt8]) throws {
    var table = try TextTable(Published.file(bytes))
    columns = table.columns
    while try table.next() { rows.append(columns.indices.map { table.text($0) }) }
  }

  subscript(_ row: Int, _ column: String) -> String {
    columns.firstIndex(of: column).map { rows[row][$0] } ?? ""
  }

  func number(_ row: Int, _ column: String) -> Int? { Int(self[row, column]) }

  /// Returns the table with its columns in another order.
  func shuffled(by random: inout Seeded) -> Cells {
    let order = columns.indices.shuffled(using: &random)
    var cells = self
    cells.columns = order.map { columns[$0] }
    cells.rows = rows.map { row in order.map { row[$0] } }
    return cells
  }

  /// The text format of a table.
  struct Style {
    var delimiter = ","
    var lineEnd = "\n"
    var quotesAll = false
    var mark: [UInt8] = []
  }

  func bytes(_ style: Style = Style()) -> [UInt8] {
    let lines = ([columns] + rows).map { row in
      row.map { cell in
        style.quotesAll || cell.contains(style.delimiter) || cell.contains("\"")
          ? "\"\(cell.replacingOccurrences(of: "\"", with: "\"\""))\"" : cell
      }.joined(separator: style.delimiter)
    }
    return style.mark + Array((lines.joined(separator: style.lineEnd) + style.lineEnd).utf8)
  }
}

extension HalfTerm {
  /// The half-terms of 2025/26 in Southampton.
  static let southampton = [
    HalfTerm(.autumn1, from: Day("2025-09-01"), to: Day("2025-10-24")),
    HalfTerm(.autumn2, from: Day("2025-11-03"), to: Day("2025-12-19")),
    HalfTerm(.spring1, from: Day("2026-01-05"), to: Day("2026-02-13")),
    HalfTerm(.spring2, from: Day("2026-02-23"), to: Day("2026-03-27")),
    HalfTerm(.summer1, from: Day("2026-04-13"), to: Day("2026-05-22")),
    HalfTerm(.summer2, from: Day("2026-06-01"), to: Day("2026-07-21")),
  ]
}

extension ComparedSchool {
  /// A school whose half-terms were found in marks up to the as-at date.
  static func at(
    _ asAt: String, _ phase: School.Phase? = .primary, in localAuthority: String? = "Southampton",
    from first: HalfTerm.Name = .autumn1
  ) -> ComparedSchool {
    let day = Day(asAt)
    let begun = HalfTerm.southampton.filter { $0.first <= day && $0.name >= first }.map {
      HalfTerm($0.name, from: $0.first, to: min($0.last, day))
    }
    return ComparedSchool(
      phase: phase, localAuthority: localAuthority,
      schoolYear: SchoolYear(start: 2025), asAt: day, halfTerms: begun)
  }
}
