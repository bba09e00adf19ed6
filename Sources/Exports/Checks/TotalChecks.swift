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
      "A total in the export, such as a percentage or possible sessions, differs from the pupil's marks. "
      + "Only the marks count.",
    remedy:
      "Compare the pupil's marks in the school's system with the export: marks may be missing, or the total "
      + "may cover other dates or follow another rule.")
}

extension Issue {
  static func totalDisagrees(_ written: String, marks: String) -> Issue {
    Issue(
      .totalDisagrees, "the file says \(written), but its marks give \(marks)",
      kind: "totals that differ from the marks beside them")
  }
}

/// A number of sessions that exports give beside their marks.
enum SessionTotal: CaseIterable {
  case possible, attended, authorised, unauthorised

  var column: Column {
    switch self {
    case .possible: .sessionsPossible
    case .attended: .sessionsAttended
    case .authorised: .sessionsAuthorised
    case .unauthorised: .sessionsUnauthorised
    }
  }

  /// The codes of the marks that the total includes.
  var codes: CodeSet {
    switch self {
    case .possible: .possible
    case .attended: .attendance
    case .authorised: .authorised
    case .unauthorised: .unauthorised
    }
  }

  var label: String {
    switch self {
    case .possible: "possible sessions"
    case .attended: "sessions attended"
    case .authorised: "sessions of authorised absence"
    case .unauthorised: "sessions of unauthorised absence"
    }
  }

  /// Returns the totals that a table has, each with the index of its column.
  static func indices(in header: HeaderRow) -> [(total: SessionTotal, index: Int)] {
    allCases.compactMap { total in header.index(of: total.column).map { (total, $0) } }
  }
}

/// The totals a row gives beside its marks, and the marks counted to compare with them.
struct RowTotals: Sendable {
  private let indices: [(total: SessionTotal, index: Int)]
  private let percentIndex: Int?
  private var written: [(total: SessionTotal, value: Double)] = []
  private var writtenPercent: Double?
  private var possible = 0
  private var attended = 0
  private var authorised = 0

  init(_ header: HeaderRow) {
    indices = SessionTotal.indices(in: header)
    percentIndex = header.index(of: .percentAttended)
  }

  /// Reads the totals of a row, before its marks are read.
  mutating func begin(_ rows: borrowing some RowReader & ~Copyable) {
    written = []
    (possible, attended, authorised) = (0, 0, 0)
    for (total, index) in indices {
      if let value = RowTotals.number(rows.text(index)) { written.append((total, value)) }
    }
    writtenPercent = percentIndex.flatMap { RowTotals.number(rows.text($0)) }
  }

  private static func number(_ text: String) -> Double? {
    let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
    return Double(digits.filter { $0 != " " }).flatMap { 0..<10_000 ~= $0 ? $0 : nil }
  }

  mutating func count(_ code: AttendanceCode) {
    guard !written.isEmpty || writtenPercent != nil, CodeSet.possible.contains(code) else { return }
    possible += 1
    if CodeSet.attendance.contains(code) { attended += 1 }
    if CodeSet.authorised.contains(code) { authorised += 1 }
  }

  /// Returns the first total that disagrees with the marks of the row, or `nil` if all agree or none is given.
  mutating func issue() -> Issue? {
    defer { (written, writtenPercent) = ([], nil) }
    for (total, value) in written {
      let counted =
        switch total {
        case .possible: possible
        case .attended: attended
        case .authorised: authorised
        case .unauthorised: possible - attended - authorised
        }
      guard value == Double(counted) else {
        return .totalDisagrees("\(Int(value)) \(total.label)", marks: "\(counted)")
      }
    }
    guard let value = writtenPercent, possible > 0 else { return nil }
    let percent = 100 * Double(attended) / Double(possible)
    // A spreadsheet may hold 92.3% as 0.923, and systems round or truncate the last digit.
    let agrees = [value, value * 100].contains { abs($0 - percent) < 0.11 } || value == percent.rounded()
    guard !agrees else { return nil }
    let tenths = Int((percent * 10).rounded())
    return .totalDisagrees(
      "\(value <= 1 ? value * 100 : value)% attended", marks: "\(tenths / 10).\(tenths % 10)%")
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
  let total: SessionTotal
  /// The number of sessions.
  let value: Double
  let row: Int

  /// Returns the totals of a table and its number of rows.
  static func read<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>, schools: [RegisterBuilder], profile: SourceProfile
  ) throws(TableFailure) -> (totals: [PupilTotal], rows: Int) {
    var table = table
    let pupils = try RowPupils(table, schools: schools, profile: profile)
    let indices = SessionTotal.indices(in: table.header)
    var totals: [PupilTotal] = []
    var rows = 0
    while try table.rows.next() {
      guard table.filledCells(upTo: 1) > 0 else { continue }
      rows += 1
      guard let keys = pupils.keys(in: table.rows) else { continue }
      for (total, index) in indices {
        guard let value = Double(table.rows.text(index)), 0..<10_000 ~= value else { continue }
        totals.append(PupilTotal(keys: keys, total: total, value: value, row: table.rows.row))
      }
    }
    return (totals, rows)
  }
}

extension RegisterChecks {
  /// Compares the totals of files without marks with the marks of the present school year.
  func checkTotals() {
    let sessions = register.sessions(from: presentYear.firstDay, to: presentYear.lastDay)
    for (file, written) in builder.totals {
      let keys = written.keys
      guard
        let pupil = builder.find(
          upn: keys.upn, pupilID: keys.pupilID, admissionNumber: keys.admissionNumber),
        let row = rows[pupil]
      else { continue }
      let counted = sessions.count { written.total.codes.contains(register[row][$0]) }
      guard Double(counted) != written.value else { continue }
      builder.report(
        .totalDisagrees("\(Int(written.value)) \(written.total.label)", marks: "\(counted)"), file,
        at: FileLocation(row: written.row), pupil: pupil)
    }
  }
}
