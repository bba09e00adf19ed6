import Registers
import Tabular

/// The header of a table, which gives the column of each field. It is one row, or two with dates merged
/// over AM and PM.
struct HeaderRow: Sendable {
  /// The header's last row, counted from 1. The rows of the table follow it.
  let row: Int
  /// Texts above the header, such as a school, a range of dates or the date of printing.
  var titles: [String] = []
  /// The number of rows, 1 or 2.
  private(set) var height = 1
  let headers: [String]
  /// The captions of columns that hold the marks of one session.
  let captions: [Int: SessionCaption]
  private(set) var indices: [Column: Int] = [:]

  /// The headers that name no known column.
  var unusedHeaders: [String] {
    let used = Set(indices.values)
    return headers.indices.filter { !used.contains($0) && captions[$0] == nil && !headers[$0].isEmpty }
      .map { headers[$0] }
  }

  func index(of column: Column) -> Int? { indices[column] }
  func has(_ column: Column) -> Bool { indices[column] != nil }

  /// Returns the first index of any of the columns, or `nil` if the table has none.
  func first(of columns: [Column]) -> Int? { columns.compactMap(index).min() }

  /// A Boolean value that indicates whether a column is the start of a week, not the start of a pupil's
  /// time at the school.
  var isWeekly: Bool {
    index(of: .weekStart).map { headers[$0].reducedToLettersAndDigits != "startdate" } ?? false
      || has(.weekStart) && has(.mark) && !has(.session)
  }

  /// The likelihood that this row is the header: the number of known names, with sessions counted up to
  /// four.
  var score: Int { 2 * (indices.count + min(captions.count, 4)) + (height - 1) }

  init(row: Int, headers: [String], captions: [Int: SessionCaption] = [:]) {
    self.row = row
    self.headers = headers
    self.captions = captions
    var ranks: [Column: Int] = [:]
    for (index, header) in headers.enumerated() where captions[index] == nil {
      guard let (column, rank) = HeaderRow.column(named: header) else { continue }
      if rank < ranks[column] ?? .max {
        ranks[column] = rank
        indices[column] = index
      }
    }
    // In a table of marks, a column `id` may number the rows, which would make each mark a pupil of its
    // own.
    let hasMarks = !captions.isEmpty || [.date, .weekStart, .startDate].contains(where: has)
    if hasMarks, let index = indices[.pupilID], headers[index].reducedToLettersAndDigits == "id" {
      indices[.pupilID] = nil
    }
    // In a transfer file the year is the school year of the marks, not the pupil's year group.
    if has(.datedMarks), let year = indices[.year], headers[year].reducedToLettersAndDigits == "year" {
      indices[.year] = nil
    }
  }

  /// Returns the column that a header names, and its rank. A header of pupil details may have words such as
  /// Status, brackets or signs beside the name: `SEND Status`, `Disadvantaged (PP)`, `FSM (Y/N)`.
  private static func column(named header: String) -> (column: Column, rank: Int)? {
    // Every cell of the first rows is tried, so cells of numbers and marks leave at once.
    guard header.utf8.count <= maxHeaderLength, header.mayHoldLetters else { return nil }
    if let known = columns[header.reducedToLettersAndDigits] { return known }
    let (outside, inside) = dividedAtBrackets(header)
    let words = outside.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    let core = words.drop { ["is", "has", "current", "pupil", "student"].contains($0) }
    let trimmed = core.reversed().drop { additions.contains($0) }.reversed()
    for name in [outside, core.joined(), trimmed.joined()] + inside {
      guard let (column, rank) = columns[name.reducedToLettersAndDigits], column.mayHaveAdditions else {
        continue
      }
      return (column, rank + 100)
    }
    return nil
  }

  /// Returns the text of a header outside brackets, with a space in place of each pair, and the texts inside.
  private static func dividedAtBrackets(_ header: String) -> (outside: String, inside: [String]) {
    guard header.utf8.contains(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }) else {
      return (header, [])
    }
    var outside = ""
    var inside: [String] = []
    var rest = header[...]
    while let open = rest.firstIndex(where: { "([".contains($0) }),
      let close = rest[open...].firstIndex(where: { ")]".contains($0) })
    {
      outside += rest[..<open] + " "
      inside.append(String(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    return (outside + rest, inside)
  }

  /// The longest header that can be the name of a known column, in bytes.
  private static let maxHeaderLength = 200

  /// Words that a header may have behind the name of its column.
  private static let additions: Set<String> = [
    "status", "flag", "indicator", "eligible", "eligibility", "marker", "current", "currently", "yn", "y",
    "n",
    "yes", "no", "or", "today", "pupil", "child",
  ]

  /// The column of each known header, and its rank, 0 for the surest.
  private static let columns: [String: (column: Column, rank: Int)] = {
    var columns: [String: (column: Column, rank: Int)] = [:]
    for column in Column.allCases {
      for (rank, synonym) in column.synonyms.enumerated() { columns[synonym] = (column, rank) }
    }
    return columns
  }()

  /// Returns the header among the first rows of a table: the one with most names known to the program or to
  /// a profile. Returns `nil` if no row has a known name.
  static func find(
    in head: [(row: Int, texts: [String])], dates: DateReader, columns: [Column: String] = [:]
  ) -> HeaderRow? {
    var best: HeaderRow?
    let rows = head.map { CaptionedRow($0.row, $0.texts, dates) }
    for (index, row) in rows.enumerated() {
      var candidates = [row.header]
      let titles = head[..<index].flatMap(\.texts).filter { !$0.isEmpty }
      let above = index > 0 ? rows[index - 1].texts : []
      if let dated = row.datedHeader(titles: titles, above: above) { candidates.append(dated) }
      if index + 1 < rows.count, let twoRowHeader = twoRowHeader(row, below: rows[index + 1]) {
        candidates.append(twoRowHeader)
        if let dated = twoRowHeader.dated(by: above, titles: titles) { candidates.append(dated) }
      }
      for var candidate in candidates {
        candidate.apply(columns)
        guard candidate.score > best?.score ?? 0 else { continue }
        candidate.titles = titles
        best = candidate
      }
    }
    return best
  }

  /// A row at the top of a table, with the sessions that its texts name.
  private struct CaptionedRow {
    let row: Int
    let texts: [String]
    let captions: [SessionCaption?]

    init(_ row: Int, _ texts: [String], _ dates: DateReader) {
      var dates = dates
      self.row = row
      self.texts = texts
      captions = texts.map { SessionCaption($0, dates: &dates) }
    }

    /// The row as a header whose columns are days: dates with 1 and 2, with times or alone, weekdays of a week
    /// that a title gives, or the days of a month that a title gives. Returns `nil` for any other row.
    func datedHeader(titles: [String], above: [String]) -> HeaderRow? {
      guard !captions.contains(where: { $0?.isSession ?? false }) else { return nil }
      var days: [Int: SessionCaption] = [:]
      for case (let index, let caption?) in captions.enumerated() where caption.date != nil {
        days[index] = caption
        days[index]?.half = SessionCaption.half(behindDate: texts[index])
      }
      if days.count > 1 {
        let isPaired = Dictionary(grouping: days.values, by: \.date).values.allSatisfy { pair in
          pair.count == 2 && Set(pair.map(\.half)) == [.morning, .afternoon]
        }
        if !isPaired { for index in days.keys { days[index]?.half = nil } }
        return HeaderRow(row: row, headers: texts, captions: days)
      }
      let weekdays = captions.enumerated().filter { $0.element?.weekday != nil }
      if weekdays.count > 2, let monday = SessionCaption.week(in: titles) {
        for case (let index, let caption?) in weekdays {
          days[index] = caption
          days[index]?.date = caption.weekday.map { .full(monday + $0.rawValue) }
        }
        return HeaderRow(row: row, headers: texts, captions: days)
      }
      return monthHeader(titles: titles, above: above)
    }

    /// The row as a header whose columns are the numbers of a month's days.
    private func monthHeader(titles: [String], above: [String]) -> HeaderRow? {
      let numbers = texts.enumerated().compactMap { index, text in
        Int(text.hasSuffix(".0") ? String(text.dropLast(2)) : text).map { (index: index, day: $0) }
      }
      guard numbers.count > 9, zip(numbers, numbers.dropFirst()).allSatisfy({ $0.day < $1.day }),
        let (year, month) = SessionCaption.month(in: titles)
      else { return nil }
      var days: [Int: SessionCaption] = [:]
      for (index, number) in numbers {
        guard let day = Day(year: year, month: month, day: number) else { return nil }
        var caption = SessionCaption(date: .full(day))
        if index < above.count {
          var dates = DateReader(order: nil)
          caption.weekday = SessionCaption(above[index], dates: &dates)?.weekday
        }
        days[index] = caption
      }
      return HeaderRow(row: row, headers: texts, captions: days)
    }

    /// The row as a header by itself.
    var header: HeaderRow {
      var sessions: [Int: SessionCaption] = [:]
      for case (let index, let caption?) in captions.enumerated() where caption.isSession {
        sessions[index] = caption
      }
      return HeaderRow(row: row, headers: texts, captions: sessions)
    }
  }

  /// Returns a header of two rows, with dates or weekdays above AM and PM and names in either row, or `nil`
  /// if the rows are not that.
  private static func twoRowHeader(_ upper: CaptionedRow, below lower: CaptionedRow) -> HeaderRow? {
    var captions: [Int: SessionCaption] = [:]
    var above: SessionCaption?
    var headers = lower.texts
    for index in 0..<max(upper.texts.count, lower.texts.count) {
      let top = index < upper.texts.count ? upper.texts[index] : ""
      if !top.isEmpty { above = upper.captions[index] }
      if index >= headers.count { headers.append("") }
      let below = index < lower.captions.count ? lower.captions[index] : nil
      if let above, above.date != nil || above.weekday != nil, let half = below?.half, below?.date == nil {
        var caption = above
        caption.half = half
        captions[index] = caption
        headers[index] = "\(top) \(headers[index])"
      } else if headers[index].isEmpty {
        headers[index] = top
      } else if above == nil, below?.half != nil, below?.date == nil, !top.isEmpty {
        headers[index] = "\(top) \(headers[index])"
      }
    }
    guard !captions.isEmpty else { return nil }
    var header = HeaderRow(row: lower.row, headers: headers, captions: captions)
    header.height = 2
    return header
  }

  /// Returns the header with the date of each weekday, from the weeks in the row above or in the titles, or
  /// `nil` if there are none or the columns have dates.
  private func dated(by above: [String], titles: [String]) -> HeaderRow? {
    guard !has(.weekStart), captions.values.allSatisfy({ $0.date == nil && $0.weekday != nil }) else {
      return nil
    }
    let weeks = above.map { SessionCaption.week(in: [$0]) }
    let week = SessionCaption.week(in: titles)
    var monday: Day?
    var dated = captions
    for index in 0..<headers.count {
      if index < weeks.count, let week = weeks[index] { monday = week }
      guard let caption = captions[index], let weekday = caption.weekday else { continue }
      guard let monday = monday ?? week else { return nil }
      dated[index]?.date = .full(monday + weekday.rawValue)
    }
    var header = HeaderRow(row: row, headers: headers, captions: dated)
    header.height = 3
    return header
  }

  /// A Boolean value that indicates whether the table is about pupils or the ids of codes, not a legend or
  /// a summary.
  var isLikely: Bool {
    if first(of: [.pupilID, .codeID]) != nil, has(.mark) { return true }
    return first(of: Column.identifiers + Column.names) != nil && (indices.count > 2 || captions.count > 1)
      || first(of: Column.identifiers) != nil && !captions.isEmpty
  }

  /// The headers that a message may quote. Without known names beside them they may be a pupil's, and so
  /// may any with a number.
  var quotable: [String] {
    guard indices.count > 1 else { return [HeaderRow.countLabel(headers)] }
    // An unclosed quotation mark makes rows of pupils part of a header.
    let isIntact = headers.allSatisfy { $0.utf8.count <= 60 }
    let named = headers.indices.filter { index in
      headers[index].count { $0.isASCII && $0.isNumber } < 4 && (isIntact || indices.values.contains(index))
    }.prefix(20)
    return named.map { headers[$0] }
      + (named.count < headers.count ? ["and \(headers.count - named.count) more"] : [])
  }

  /// Returns a message for a row whose texts may not be quoted.
  static func countLabel(_ texts: [String]) -> String {
    "\(Issue.count(texts.count, "column")) with unknown names"
  }

  /// Selects the column with codes if several are named as the mark, such as Mark with words and Code
  /// with codes. A name in the profile is kept.
  mutating func chooseMark(first: [[String]], profile: SourceProfile) {
    guard profile.columns[.mark] == nil, let present = indices[.mark] else { return }
    let named = headers.indices.filter { index in
      captions[index] == nil && HeaderRow.columns[headers[index].reducedToLettersAndDigits]?.column == .mark
    }
    guard named.count > 1 else { return }
    let marks = MarkReader(marks: profile.marks)
    func codes(_ index: Int) -> Int {
      first.count { row in
        guard index < row.count, let code = marks.result(of: row[index]).code else { return false }
        return code != .noMark
      }
    }
    let best = named.max { (codes($0), $1) < (codes($1), $0) }
    if let best, codes(best) > 2 * codes(present) { indices[.mark] = best }
  }

  private mutating func apply(_ columns: [Column: String]) {
    guard !columns.isEmpty else { return }
    let reduced = headers.map(\.reducedToLettersAndDigits)
    for (column, header) in columns {
      let wanted = header.reducedToLettersAndDigits
      if !wanted.isEmpty, let index = reduced.firstIndex(of: wanted) { indices[column] = index }
    }
  }

  /// Applies the column names of a trust file's profile.
  ///
  /// - Throws: A failure if the file lacks a header that its kind must have.
  mutating func overrule(
    with columns: [Column: String], content: ExportFile.Content, file: String
  ) throws(TableFailure) {
    apply(columns)
    let reduced = headers.map(\.reducedToLettersAndDigits)
    for (column, header) in columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      if column.home == content, !reduced.contains(header.reducedToLettersAndDigits) {
        throw .unknownHeader(
          file: file, row: row,
          reason: "the trust file's profile says that \(column.rawValue) is in \"\(header)\"",
          found: quotable,
          remedy: "Correct the profile's columns.")
      }
    }
  }

  /// Returns the name of a record's field without the uninformative parts of its path: `student.data.upn`
  /// is the pupil's UPN.
  static func shortFieldName(_ path: String) -> String {
    let steps = path.split(separator: ".").filter { $0 != "data" }
    guard steps.count > 1, ["student", "pupil", "learner", "person"].contains(steps[0].lowercased()) else {
      return steps.isEmpty ? path : steps.joined(separator: ".")
    }
    return steps.count == 2 && steps[1].lowercased() == "id"
      ? "student_id" : steps.dropFirst().joined(separator: ".")
  }
}
