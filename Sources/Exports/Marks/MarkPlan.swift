import Registers
import Tabular

/// The columns of the marks in a table with several marks in a row.
enum MarkPlan {
  /// A column per session of the calendar.
  case dated([(session: Session, column: Int)])
  /// A column per day, each cell with the morning's and the afternoon's mark.
  case datedPairs([(day: Day, column: Int)])
  /// A column per session of a week; offsets count half-days from Monday morning.
  case weekly(start: Int, [(offset: Int, column: Int)])
  /// A column for the morning and one for the afternoon of the row's day.
  case daily(date: Int, [(half: DayHalf, column: Int, minutes: Int?)])
  /// One cell for the morning's and the afternoon's mark.
  case pair(date: Int, column: Int)
  case string(MarkString.Span, start: Int, column: Int)

  /// The number of cells for marks in a row, for rows that are refused before they are split.
  var cellsPerRow: Int {
    switch self {
    case .dated(let cells): cells.count
    case .datedPairs(let cells): 2 * cells.count
    case .weekly(_, let cells): cells.count
    case .daily(_, let cells): cells.count
    case .pair: 2
    case .string: 1
    }
  }

  /// The index of the date from which a row's sessions count, or `nil` if columns have their own dates.
  var rowDateIndex: Int? {
    switch self {
    case .dated, .datedPairs: nil
    case .weekly(let start, _), .string(_, let start, _): start
    case .daily(let date, _), .pair(let date, _): date
    }
  }

  /// The index of a string of marks, or `nil` if cells hold single marks.
  var stringIndex: Int? {
    guard case .string(_, _, let column) = self else { return nil }
    return column
  }

  init<Rows: RowReader & ~Copyable>(
    _ table: borrowing ExportTable<Rows>, layout: Layout, schoolYear: SchoolYear?,
    isOrderGiven: Bool
  ) throws(TableFailure) {
    let header = table.header
    switch layout {
    case .wide:
      if header.captions.values.contains(where: { $0.date != nil }) {
        let columns = try MarkPlan.datedColumns(table, schoolYear)
        if !isOrderGiven { try MarkPlan.refuseMonthFirst(columns.map(\.session.day), table) }
        self = .dated(columns)
        guard columns.isEmpty else { return }
        let pairs = try MarkPlan.dayColumns(table, schoolYear)
        if !isOrderGiven { try MarkPlan.refuseMonthFirst(pairs.map(\.day), table) }
        self = .datedPairs(pairs)
      } else {
        self = .weekly(
          start: try table.require(.weekStart),
          header.captions.sorted { $0.key < $1.key }.compactMap { column, caption in
            guard let weekday = caption.weekday, let half = caption.half else { return nil }
            return (weekday.rawValue * 2 + half.rawValue, column)
          })
      }
    case .day, .long:
      let date = try table.require(.date)
      let halves: [(DayHalf, Column, Column)] = [
        (.morning, .morning, .morningMinutes), (.afternoon, .afternoon, .afternoonMinutes),
      ]
      let cells = halves.compactMap { half, mark, minutes in
        header.index(of: mark).map { (half: half, column: $0, minutes: header.index(of: minutes)) }
      }
      self = cells.isEmpty ? .pair(date: date, column: try table.require(.mark)) : .daily(date: date, cells)
    case .strings:
      if let column = header.index(of: .datedMarks), let start = header.index(of: .startDate) {
        self = .string(.dates, start: start, column: column)
      } else {
        let column = try table.require(.weekMarks, orElse: .mark, .datedMarks)
        self = .string(.week, start: try table.require(.weekStart), column: column)
      }
    }
  }

  /// Refuses headers that are days in a row month first and lie in many months day first.
  private static func refuseMonthFirst<Rows: RowReader & ~Copyable>(
    _ days: [Day], _ table: borrowing ExportTable<Rows>
  ) throws(TableFailure) {
    let days = Set(days)
    let isNumeric = table.header.captions.keys.allSatisfy { column in
      let header = table.header.headers[column]
      let isYearFirst = header.split { !($0.isASCII && $0.isNumber) }.first.map { $0.count == 4 } ?? true
      return !isYearFirst && header.split { !$0.isLetter }.allSatisfy { DateReader.month(named: $0) == nil }
    }
    let swapped = days.compactMap { Day(year: $0.date.year, month: $0.date.day, day: $0.date.month) }
    guard isNumeric, DateEvidence.isCloser(swapped, than: Array(days)), let first = days.min() else { return }
    throw .unusable(
      file: table.file, location: "row \(table.header.row)",
      reason: "the dates look month first, such as \(first.date.day)/\(first.date.month)",
      remedy: "Set dates: month-first under profile in the trust file, or correct the dates.")
  }

  /// Returns each column's session. A year that the caption lacks comes from the titles, else from the
  /// as-at date, else from the date of printing. A weekday in the caption must fit the date.
  private static func datedColumns<Rows: RowReader & ~Copyable>(
    _ table: borrowing ExportTable<Rows>, _ schoolYear: SchoolYear?
  ) throws(TableFailure) -> [(session: Session, column: Int)] {
    let header = table.header
    let year = MarkPlan.schoolYear(of: header, schoolYear)
    var columns: [(session: Session, column: Int)] = []
    let unreadable = header.headers.indices.first { column in
      header.captions[column].map { $0.date == nil }
        ?? SessionCaption.looksLikeSession(header.headers[column])
    }
    if let unreadable {
      throw .unusable(
        file: table.file, location: "row \(header.row), column \(unreadable + 1)",
        reason: "\(Issue.quoted(header.headers[unreadable])) has no date that can be read",
        remedy: "Correct the header, or set dates under profile in the trust file.")
    }
    for (column, caption) in header.captions.sorted(by: { $0.key < $1.key }) {
      guard let half = caption.half, let day = try day(of: caption, column, year, table) else { continue }
      columns.append((Session(day, half), column))
    }
    return columns
  }

  /// Returns the year of dates without one.
  private static func schoolYear(of header: HeaderRow, _ schoolYear: SchoolYear?) -> SchoolYear? {
    MarkPlan.schoolYear(ofTitles: header.titles.filter { !SessionCaption.isPrinting($0) }) ?? schoolYear
      ?? MarkPlan.schoolYear(ofTitles: header.titles)
  }

  /// Returns the day of each column whose cells hold the marks of a morning and an afternoon.
  ///
  /// - Throws: A failure if the cells hold one mark a day, which says nothing of sessions.
  private static func dayColumns<Rows: RowReader & ~Copyable>(
    _ table: borrowing ExportTable<Rows>, _ schoolYear: SchoolYear?
  ) throws(TableFailure) -> [(day: Day, column: Int)] {
    let year = MarkPlan.schoolYear(of: table.header, schoolYear)
    var columns: [(day: Day, column: Int)] = []
    for (column, caption) in table.header.captions.sorted(by: { $0.key < $1.key }) {
      if let day = try day(of: caption, column, year, table) { columns.append((day, column)) }
    }
    let captions = table.header.captions
    let cells = table.first.flatMap { row in
      row.indices.filter { captions[$0] != nil && !row[$0].isEmpty }.map { row[$0] }
    }
    let marks = MarkReader()
    let single = cells.count { $0.utf8.count == 1 || marks.result(of: $0).code != nil && $0 != "\\\\" }
    guard !cells.isEmpty, 2 * single < cells.count else {
      throw .unusable(
        file: table.file, location: "row \(table.header.row)",
        reason:
          "the columns are days and each cell has one mark, but attendance is recorded by session, AM and PM",
        remedy: "Export the register with a column for each morning (AM) and each afternoon (PM).")
    }
    return columns
  }

  /// Returns the day of a column's caption. A weekday in the caption must fit the date.
  private static func day<Rows: RowReader & ~Copyable>(
    of caption: SessionCaption, _ column: Int, _ year: SchoolYear?, _ table: borrowing ExportTable<Rows>
  ) throws(TableFailure) -> Day? {
    let header = table.header
    guard let date = caption.date else { return nil }
    let index = "row \(header.row), column \(column + 1)"
    guard let day = date.day(in: year) else {
      throw .unusable(
        file: table.file, location: index, reason: "the date \"\(header.headers[column])\" has no year",
        remedy: "Set as_at in the trust file, or export the register with its dates in the title.")
    }
    if let weekday = caption.weekday, weekday != day.weekday {
      throw .unusable(
        file: table.file, location: index,
        reason: "\(day.formatted) is a \(day.weekday.name), but the header says \(weekday.name)",
        remedy: "Set dates under profile, or as_at, in the trust file.")
    }
    return day
  }

  /// Returns the school year of the earliest date in the titles above a table, or `nil` if they have none.
  /// The date of printing is later than the register's own dates.
  private static func schoolYear(ofTitles titles: [String]) -> SchoolYear? {
    let earliest = titles.flatMap(SessionCaption.days).min()
    return earliest.map(SchoolYear.init(containing:))
  }
}
