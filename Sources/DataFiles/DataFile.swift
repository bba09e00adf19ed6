import Measures
import Registers
import ReportModel

/// A CSV file made from columns: RFC 4180, UTF-8, lines ending in LF.
///
/// A count or rate that a board may not see is `c`; a value that does not exist is empty.
package struct DataFile<Row>: Sendable {
  package let name: String
  package let title: String
  package let columns: [Column<Row>]

  package init(_ name: String, title: String, columns: [Column<Row>]) {
    self.name = name
    self.title = title
    self.columns = columns
  }

  package var header: [UInt8] { Array(columns.map(\.id).joined(separator: ",").utf8) + [0x0A] }

  /// Returns a line for each row, without the header.
  package func lines(_ rows: some Sequence<Row>) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in rows {
      for (index, column) in columns.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        append(column.value(row), to: &bytes)
      }
      bytes.append(0x0A)
    }
    return bytes
  }

  private func append(_ cell: Cell, to bytes: inout [UInt8]) {
    switch cell {
    case .text(let text): append(text, to: &bytes)
    case .pupils(let count), .sessions(let count, _), .minutes(let count, _), .number(let count):
      bytes += String(count).utf8
    case .rate(let rate, _), .share(let rate): bytes += rate.data.utf8
    case .points(let tenths, _): bytes += Rate.data(tenths, over: 10).utf8
    case .decimal(let scaled, let places, _), .percent(let scaled, let places),
      .difference(let scaled, let places):
      bytes += Rate.data(scaled, over: (0..<places).reduce(1) { power, _ in power * 10 }).utf8
    case .day(let day): bytes += day.iso.utf8
    case .shorthand(.confidential): bytes.append(UInt8(ascii: "c"))
    case .shorthand(.notAvailable), .shorthand(.notApplicable): break
    }
  }

  private func append(_ text: String, to bytes: inout [UInt8]) {
    guard text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      bytes += text.utf8
      return
    }
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}

extension Column {
  static func count(
    _ id: String, _ meaning: String, _ count: @escaping @Sendable (Row) -> Int?
  ) -> Column {
    Column(id, id, .number, meaning: meaning) { row in
      count(row).map(Cell.number) ?? .shorthand(.notApplicable)
    }
  }

  static func label(
    _ id: String, _ meaning: String, _ text: @escaping @Sendable (Row) -> String
  ) -> Column {
    Column(id, id, .text, meaning: meaning) { .text(text($0)) }
  }

  /// Yes is 1, no is 0, unknown is empty.
  static func status(_ id: String, _ meaning: String, _ status: @escaping @Sendable (Row) -> Status) -> Column
  {
    Column(id, id, .flag, meaning: meaning) { row in
      switch status(row) {
      case .yes: .number(1)
      case .no: .number(0)
      case .unknown: .shorthand(.notAvailable)
      }
    }
  }

  static func flag(_ id: String, _ meaning: String, _ flag: @escaping @Sendable (Row) -> Bool) -> Column {
    Column(id, id, .flag, meaning: meaning) { .number(flag($0) ? 1 : 0) }
  }

  /// A number with up to six decimals, empty for `nil`.
  static func decimal(
    _ id: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> Double?
  ) -> Column {
    Column(id, id, .decimal, meaning: meaning) { row in
      value(row).map { .decimal(Int(($0 * 1_000_000).rounded()), places: 6, of: 0) }
        ?? .shorthand(.notApplicable)
    }
  }
}
