import Registers
import Tabular

/// Holds the totals a row gives of its own marks against the marks: they are no marks, but they should agree.
struct RowTotals: Sendable {
  private let places: [(column: Column, place: Int)]
  private var written: [(column: Column, value: Double)] = []
  private var possible = 0
  private var attended = 0
  private var authorised = 0

  init(_ header: HeaderRow) {
    places = Column.totals.compactMap { column in header.place(of: column).map { (column, $0) } }
  }

  /// Notes what the row says, before its marks are read.
  mutating func open(_ rows: borrowing some RowReader & ~Copyable) {
    written = []
    (possible, attended, authorised) = (0, 0, 0)
    for (column, place) in places {
      var text = rows.text(place)
      if text.hasSuffix("%") { text.removeLast() }
      if let value = Double(text.filter { $0 != " " }), value >= 0, value < 10_000 {
        written.append((column, value))
      }
    }
  }

  mutating func count(_ code: AttendanceCode) {
    guard !written.isEmpty, CodeSet.possible.contains(code) else { return }
    possible += 1
    if CodeSet.attendance.contains(code) { attended += 1 }
    if CodeSet.authorised.contains(code) { authorised += 1 }
  }

  /// Whether a total disagrees with the marks of the row. Missing: nil when all agree, or none was given.
  mutating func close() -> Issue? {
    defer { written = [] }
    for (column, value) in written {
      let counted =
        switch column {
        case .sessionsPossible: possible
        case .sessionsAttended: attended
        case .sessionsAuthorised: authorised
        case .sessionsUnauthorised: possible - attended - authorised
        default: -1
        }
      if counted >= 0 {
        guard value != Double(counted) else { continue }
        return .totalDisagrees("\(Int(value)) \(RowTotals.words(column))", marks: "\(counted)")
      }
      guard possible > 0 else { continue }
      let percent = 100 * Double(attended) / Double(possible)
      // A spreadsheet may hold 92.3% as 0.923; systems round or cut the last digit.
      let agrees = [value, value * 100].contains { abs($0 - percent) < 0.11 } || value == percent.rounded()
      guard !agrees else { continue }
      let tenths = Int((percent * 10).rounded())
      return .totalDisagrees(
        "\(value <= 1 ? value * 100 : value)% attended", marks: "\(tenths / 10).\(tenths % 10)%")
    }
    return nil
  }

  static func words(_ column: Column) -> String {
    switch column {
    case .sessionsPossible: "possible sessions"
    case .sessionsAttended: "sessions attended"
    case .sessionsAuthorised: "sessions of authorised absence"
    default: "sessions of unauthorised absence"
    }
  }
}
