import Registers
import Tabular

/// Checks of the totals that exports give beside their marks.
enum TotalChecks {
  static let rules: [FindingRule] = [.totalDisagrees]
}

extension FindingRule {
  static let totalDisagrees = FindingRule(
    "total-disagrees", .warns,
    meaning:
      "A total that the export itself gives for a pupil, such as a percentage or possible sessions, is "
      + "not what the marks beside it come to. The marks count; totals never do.",
    remedy:
      "Compare the pupil's marks in the school's system with the export: marks may be missing, or the "
      + "total may be of other dates or by another rule.")
}

extension Issue {
  static func totalDisagrees(_ written: String, marks: String) -> Issue {
    Issue(
      .totalDisagrees, "the file says \(written), its marks come to \(marks)",
      kind: "totals that are not what the marks beside them come to")
  }
}

/// The totals a row gives beside its marks, and the marks counted to compare with them.
struct RowTotals: Sendable {
  private let indices: [(column: Column, index: Int)]
  private var written: [(column: Column, value: Double)] = []
  private var possible = 0
  private var attended = 0
  private var authorised = 0

  init(_ header: HeaderRow) {
    indices = Column.totals.compactMap { column in header.index(of: column).map { (column, $0) } }
  }

  /// Reads the totals of a row, before its marks are read.
  mutating func begin(_ rows: borrowing some RowReader & ~Copyable) {
    written = []
    (possible, attended, authorised) = (0, 0, 0)
    for (column, index) in indices {
      var text = rows.text(index)
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

  /// Returns the first total that disagrees with the marks of the row, or `nil` if all agree or none is
  /// given.
  mutating func issue() -> Issue? {
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
        return .totalDisagrees("\(Int(value)) \(RowTotals.label(column))", marks: "\(counted)")
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

  static func label(_ column: Column) -> String {
    switch column {
    case .sessionsPossible: "possible sessions"
    case .sessionsAttended: "sessions attended"
    case .sessionsAuthorised: "sessions of authorised absence"
    default: "sessions of unauthorised absence"
    }
  }
}

/// A total of sessions that a file without marks gives for a pupil, such as a census return.
struct PupilTotal {
  /// The identifiers of a pupil, whose marks may be in a file that is read later.
  struct Keys {
    let school: Int
    let upn: PupilKey?
    let pupilID: PupilKey?
    let admissionNumber: PupilKey?
  }

  let keys: Keys
  let column: Column
  /// In sessions; for `percentAttended`, a percentage.
  let value: Double
  let row: Int

  /// The codes of the marks that the total includes.
  var codes: CodeSet {
    switch column {
    case .sessionsAttended: .attendance
    case .sessionsAuthorised: .authorised
    case .sessionsUnauthorised: .unauthorised
    default: .possible
    }
  }

  /// Returns the totals of a table and its number of rows.
  static func read<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>, schools: [RegisterBuilder], profile: SourceProfile
  ) throws(TableFailure) -> (totals: [PupilTotal], rows: Int) {
    var table = table
    let pupils = try RowPupils(table, schools: schools, profile: profile)
    let indices = Column.totals.filter { $0 != .percentAttended }.compactMap { column in
      table.header.index(of: column).map { (column, $0) }
    }
    var totals: [PupilTotal] = []
    var rows = 0
    while try table.rows.next() {
      guard table.filledCells(upTo: 1) > 0 else { continue }
      rows += 1
      guard let keys = pupils.keys(in: table.rows) else { continue }
      for (column, index) in indices {
        guard let value = Double(table.rows.text(index)), 0..<10_000 ~= value else { continue }
        totals.append(PupilTotal(keys: keys, column: column, value: value, row: table.rows.row))
      }
    }
    return (totals, rows)
  }
}

extension RegisterChecks {
  /// Compares the totals of files without marks with the marks of the present school year.
  func checkTotals() {
    let sessions = register.sessions(from: presentYear.firstDay, to: presentYear.lastDay)
    for (file, total) in builder.totals {
      let keys = total.keys
      guard
        let pupil = builder.find(
          upn: keys.upn, pupilID: keys.pupilID, admissionNumber: keys.admissionNumber),
        let row = rows[pupil]
      else { continue }
      let counted = sessions.count { total.codes.contains(register[row][$0]) }
      guard Double(counted) != total.value else { continue }
      builder.report(
        .totalDisagrees("\(Int(total.value)) \(RowTotals.label(total.column))", marks: "\(counted)"), file,
        total.row)
    }
  }
}
