import Registers
import Tabular

/// A total of sessions that a file gives for a pupil, such as a census return: no mark, but something to hold marks against.
struct PupilTotal {
  /// A pupil by identifiers: the marks may stand in a file behind this one.
  struct Keys {
    let school: Int
    let upn: PupilKey?
    let pupilID: PupilKey?
    let admissionNumber: PupilKey?
  }

  let keys: Keys
  let column: Column
  /// Unit: sessions; of `percentAttended`, per cent.
  let value: Double
  let row: Int

  /// The codes whose marks the total counts.
  var counts: CodeSet {
    switch column {
    case .sessionsAttended: .attendance
    case .sessionsAuthorised: .authorised
    case .sessionsUnauthorised: .unauthorised
    default: .possible
    }
  }

  /// The totals of a table, and how many rows it has.
  static func read<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>, schools: [RegisterBuilder], profile: SourceProfile
  ) throws(TableFailure) -> (totals: [PupilTotal], rows: Int) {
    var table = table
    let pupils = try RowPupils(table, schools: schools, profile: profile)
    let places = Column.totals.filter { $0 != .percentAttended }.compactMap { column in
      table.header.place(of: column).map { (column, $0) }
    }
    var totals: [PupilTotal] = []
    var rows = 0
    while try table.rows.next() {
      guard table.filledCells(atMost: 1) > 0 else { continue }
      rows += 1
      guard let keys = pupils.keys(in: table.rows) else { continue }
      for (column, place) in places {
        guard let value = Double(table.rows.text(place)), 0..<10_000 ~= value else { continue }
        totals.append(PupilTotal(keys: keys, column: column, value: value, row: table.rows.row))
      }
    }
    return (totals, rows)
  }
}
