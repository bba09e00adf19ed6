import Tabular

/// The header of a table: which column holds what. It is one row, or two with dates merged over AM and PM.
struct HeaderRow: Sendable {
  /// The header's last row, as a spreadsheet counts it; the rows of the table stand below.
  let row: Int
  /// Texts above the header: a school, a range of dates, when it was printed.
  var titles: [String] = []
  /// 1 or 2.
  private(set) var height = 1
  let headers: [String]
  /// Columns of which each holds one session's marks.
  let captions: [Int: SessionCaption]
  private(set) var places: [Column: Int] = [:]

  func place(of column: Column) -> Int? { places[column] }
  func has(_ column: Column) -> Bool { places[column] != nil }

  /// The first place any of the columns stands at. Missing: nil when the table has none of them.
  func first(of columns: [Column]) -> Int? { columns.compactMap(place).min() }

  /// Whether a column is the start of a week, and not of a pupil's time at the school.
  var isWeekly: Bool {
    place(of: .weekStart).map { headers[$0].reducedToLettersAndDigits != "startdate" } ?? false
      || has(.weekStart) && has(.mark) && !has(.session)
  }

  /// How sure it is that this row is the header: how many names are known, sessions counting up to four.
  var score: Int { 2 * (places.count + min(captions.count, 4)) + (height - 1) }

  init(row: Int, headers: [String], captions: [Int: SessionCaption] = [:]) {
    self.row = row
    self.headers = headers
    self.captions = captions
    var sureness: [Column: Int] = [:]
    for (place, header) in headers.enumerated() where captions[place] == nil {
      guard let (column, rank) = HeaderRow.columns[header.reducedToLettersAndDigits] else { continue }
      if rank < sureness[column] ?? .max {
        sureness[column] = rank
        places[column] = place
      }
    }
    // In a table of marks it may number the rows, so that each mark would be a pupil's of its own.
    let holdsMarks = !captions.isEmpty || [.date, .weekStart, .startDate].contains(where: has)
    if holdsMarks, let place = places[.pupilID], headers[place].reducedToLettersAndDigits == "id" {
      places[.pupilID] = nil
    }
    // In a transfer file it is the school year of the marks, not the pupil's year group.
    if has(.datedMarks), let year = places[.year], headers[year].reducedToLettersAndDigits == "year" {
      places[.year] = nil
    }
  }

  /// The column each known header names, and how sure it is, 0 being the surest.
  private static let columns: [String: (column: Column, rank: Int)] = {
    var columns: [String: (column: Column, rank: Int)] = [:]
    for column in Column.allCases {
      for (rank, synonym) in column.synonyms.enumerated() { columns[synonym] = (column, rank) }
    }
    return columns
  }()

  /// The header among the first rows of a table: the one with most known names, those a profile knows among them.
  ///
  /// Missing: nil when no row has a known name.
  static func find(
    in head: [(row: Int, texts: [String])], dates: DateReader, columns: [Column: String] = [:]
  ) -> HeaderRow? {
    var best: HeaderRow?
    let rows = head.map { CaptionedRow($0.row, $0.texts, dates) }
    for (place, row) in rows.enumerated() {
      var candidates = [row.header]
      if place + 1 < rows.count, let double = double(row, below: rows[place + 1]) {
        candidates.append(double)
      }
      for var candidate in candidates {
        candidate.take(columns)
        guard candidate.score > best?.score ?? 0 else { continue }
        candidate.titles = head[..<place].flatMap(\.texts).filter { !$0.isEmpty }
        best = candidate
      }
    }
    return best
  }

  /// A row of a table's head, each text looked at for a session once.
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

    /// The row as a header by itself.
    var header: HeaderRow {
      var sessions: [Int: SessionCaption] = [:]
      for case (let place, let caption?) in captions.enumerated() where caption.isSession {
        sessions[place] = caption
      }
      return HeaderRow(row: row, headers: texts, captions: sessions)
    }
  }

  /// Two rows, the upper with dates or weekdays over AM and PM, the names in either. Missing: nil where they are not that.
  private static func double(_ upper: CaptionedRow, below lower: CaptionedRow) -> HeaderRow? {
    var captions: [Int: SessionCaption] = [:]
    var above: SessionCaption?
    var headers = lower.texts
    for place in 0..<max(upper.texts.count, lower.texts.count) {
      let top = place < upper.texts.count ? upper.texts[place] : ""
      if !top.isEmpty { above = upper.captions[place] }
      if place >= headers.count { headers.append("") }
      let below = place < lower.captions.count ? lower.captions[place] : nil
      if let above, above.date != nil || above.weekday != nil, let half = below?.half, below?.date == nil {
        var caption = above
        caption.half = half
        captions[place] = caption
        headers[place] = "\(top) \(headers[place])"
      } else if headers[place].isEmpty {
        headers[place] = top
      } else if above == nil, below?.half != nil, below?.date == nil, !top.isEmpty {
        headers[place] = "\(top) \(headers[place])"
      }
    }
    guard !captions.isEmpty else { return nil }
    var header = HeaderRow(row: lower.row, headers: headers, captions: captions)
    header.height = 2
    return header
  }

  /// Whether the table is about pupils or the ids of codes, and no legend or summary.
  var isLikely: Bool {
    if first(of: [.pupilID, .codeID]) != nil, has(.mark) { return true }
    return first(of: Column.identifiers + Column.names) != nil && (places.count > 2 || captions.count > 1)
      || first(of: Column.identifiers) != nil && !captions.isEmpty
  }

  /// Headers as a message may quote them: without known names beside them they may be a pupil's, and so may any with a number.
  var quotable: [String] {
    guard places.count > 1 else { return [HeaderRow.counted(headers)] }
    // A quotation mark that does not close takes rows of pupils into a header, and their cells stand behind it.
    let isWhole = headers.allSatisfy { $0.utf8.count <= 60 }
    let named = headers.indices.filter { place in
      headers[place].count { $0.isASCII && $0.isNumber } < 4 && (isWhole || places.values.contains(place))
    }.prefix(20)
    return named.map { headers[$0] }
      + (named.count < headers.count ? ["and \(headers.count - named.count) more"] : [])
  }

  /// A row none of whose texts may be quoted.
  static func counted(_ texts: [String]) -> String {
    "\(Issue.count(texts.count, "column")) with names that are not known"
  }

  private mutating func take(_ columns: [Column: String]) {
    guard !columns.isEmpty else { return }
    let reduced = headers.map(\.reducedToLettersAndDigits)
    for (column, header) in columns {
      let wanted = header.reducedToLettersAndDigits
      if !wanted.isEmpty, let place = reduced.firstIndex(of: wanted) { places[column] = place }
    }
  }

  /// Lets a trust file's profile say which header holds a column.
  ///
  /// Throws: where the file is the column's own and has no such header.
  mutating func overrule(
    with columns: [Column: String], content: ExportFile.Content, file: String
  ) throws(TableFailure) {
    take(columns)
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

  /// The name of a record's field without the steps to it that say nothing: `student.data.upn` is the pupil's UPN.
  static func withoutSteps(_ path: String) -> String {
    let steps = path.split(separator: ".").filter { $0 != "data" }
    guard steps.count > 1, ["student", "pupil", "learner", "person"].contains(steps[0].lowercased()) else {
      return steps.isEmpty ? path : steps.joined(separator: ".")
    }
    return steps.count == 2 && steps[1].lowercased() == "id"
      ? "student_id" : steps.dropFirst().joined(separator: ".")
  }
}
