import Registers
import Tabular

/// The columns of the marks in a table with several marks in a row.
enum MarkPlan {
  /// A column per session of the calendar.
  case dated([(session: Session, column: Int)])
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
    case .weekly(_, let cells): cells.count
    case .daily(_, let cells): cells.count
    case .pair: 2
    case .string: 1
    }
  }

  /// The index of the date from which a row's sessions count, or `nil` if columns have their own dates.
  var rowDateIndex: Int? {
    switch self {
    case .dated: nil
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
    _ table: borrowing ExportTable<Rows>, layout: Layout, schoolYear: SchoolYear?
  ) throws(TableFailure) {
    let header = table.header
    switch layout {
    case .wide:
      if header.captions.values.contains(where: { $0.date != nil }) {
        self = .dated(try MarkPlan.datedColumns(table, schoolYear))
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

  /// Returns each column's session. A year that the caption lacks comes from the titles, else from the
  /// as-at date, else from the date of printing. A weekday in the caption must fit the date.
  private static func datedColumns<Rows: RowReader & ~Copyable>(
    _ table: borrowing ExportTable<Rows>, _ schoolYear: SchoolYear?
  ) throws(TableFailure) -> [(session: Session, column: Int)] {
    let header = table.header
    let isPrinting = { (title: String) in
      ["print", "generated", "exported", "created", "run on"].contains { title.lowercased().contains($0) }
    }
    let year =
      MarkPlan.schoolYear(ofTitles: header.titles.filter { !isPrinting($0) }) ?? schoolYear
      ?? MarkPlan.schoolYear(ofTitles: header.titles)
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
      guard let date = caption.date, let half = caption.half else { continue }
      let index = "row \(header.row), column \(column + 1)"
      guard let day = date.day(in: year) else {
        throw .unusable(
          file: table.file, location: index, reason: "the date \"\(header.headers[column])\" has no year",
          remedy: "Set as_at in the trust file, or export the register with its dates in the title.")
      }
      if let weekday = caption.weekday, weekday != day.weekday {
        throw .unusable(
          file: table.file, location: index,
          reason: "\(day.formatted) is a \(day.weekday.name), and the header says \(weekday.name)",
          remedy: "Set dates under profile, or as_at, in the trust file.")
      }
      columns.append((Session(day, half), column))
    }
    return columns
  }

  /// Returns the school year of the earliest date in the titles above a table, or `nil` if they have none.
  /// The date of printing is later than the register's own dates.
  private static func schoolYear(ofTitles titles: [String]) -> SchoolYear? {
    var dates = DateReader(order: nil)
    var earliest: Day?
    for title in titles {
      let words = title.split { " ,;:()".contains($0) }.map(String.init)
      for index in words.indices {
        for length in [3, 1] where index + length <= words.count {
          let text = words[index..<(index + length)].joined(separator: " ")
          guard text.contains(where: \.isNumber), text.utf8.count >= 8, let day = dates.day(of: text) else {
            continue
          }
          earliest = min(earliest ?? day, day)
        }
      }
    }
    return earliest.map(SchoolYear.init(containing:))
  }
}
