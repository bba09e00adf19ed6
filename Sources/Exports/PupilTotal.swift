import Registers

/// A total of sessions that a file gives for a pupil, such as a census return: no mark, but something to hold marks against.
struct PupilTotal {
  let school: Int
  let pupil: Int
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

  /// The totals of pupils that are known; rows of others are none of the schools'.
  static func read<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>, schools: [SchoolIntake], profile: SourceProfile
  ) throws(ExportFailure) -> [PupilTotal] {
    var table = table
    let pupils = try RowPupils(table, schools: schools, profile: profile)
    let places = Column.totals.filter { $0 != .percentAttended }.compactMap { column in
      table.header.place(of: column).map { (column, $0) }
    }
    var totals: [PupilTotal] = []
    while try table.rows.next() {
      guard let (school, pupil) = pupils.listed(in: table.rows) else { continue }
      for (column, place) in places {
        guard let value = Double(table.rows.text(place)), 0..<10_000 ~= value else { continue }
        totals.append(
          PupilTotal(school: school, pupil: pupil, column: column, value: value, row: table.rows.row))
      }
    }
    return totals
  }
}
