import Registers
import Tabular

/// A file exported from a school's system, with the profile for reading it.
package struct ExportFile {
  package let source: SourceFile
  package let profile: SourceProfile

  /// The path that findings name.
  package var name: String { source.name }

  /// The purpose of a school's file.
  enum Content {
    case register, pupilDetails
  }

  package init(_ source: SourceFile, profile: SourceProfile = SourceProfile()) {
    self.source = source
    self.profile = profile
  }
}

/// A visitor of the tables of a file, each with the type of rows that its form has.
protocol TableVisitor {
  mutating func visit<Rows: RowReader & ~Copyable>(_ table: consuming ExportTable<Rows>) throws(TableFailure)
  /// Skips a sheet that is hidden or has no known header.
  mutating func skip(sheet: String, isHidden: Bool)
}

extension ExportFile {
  /// Finds the tables of the file and passes each to the visitor.
  ///
  /// - Throws: A failure if the file cannot be read or no table has a known header.
  func visitTables(
    for content: Content, _ visitor: inout some TableVisitor
  ) throws(TableFailure) {
    let (form, read) = try source.detectForm()
    switch form {
    case .delimited(let text): try visitText(text, read, for: content, &visitor)
    case .workbook: try visitSheets(for: content, &visitor)
    case .json:
      try visit(
        try JSONRecords(file: name, names: .ofRegisters, open: source.open), form, sheet: nil, for: content,
        &visitor)
    case .xml:
      try visit(
        try XMLRecords(file: name, names: .ofRegisters, open: source.open), form, sheet: nil, for: content,
        &visitor)
    }
  }

  private func visitText(
    _ text: FileForm.TextForm, _ read: @escaping ByteFeed.Read, for content: Content,
    _ visitor: inout some TableVisitor
  ) throws(TableFailure) {
    var rows = CSVRows(ByteFeed(read: read), file: name)
    var best: (header: HeaderRow, delimiter: UInt8)?
    for delimiter in CSVRows.delimiters {
      let head = try rows.head(rows: RowBatch.maxHeaderRows, delimiter: delimiter)
      let numbered = head.enumerated().map { (row: $0 + 1, texts: $1) }
      guard let header = try header(in: numbered, countsFrom1904: false) else { continue }
      if header.score > best?.header.score ?? 0 { best = (header, delimiter) }
    }
    guard var header = best?.header, let delimiter = best?.delimiter else {
      throw noHeader(try rows.head(rows: 1, delimiter: .comma).first ?? [], row: 1)
    }
    let head = try rows.head(rows: RowBatch.maxHeaderRows, delimiter: delimiter)
    header.chooseMark(first: Array(head.dropFirst(header.row)), profile: profile)
    try header.overrule(with: profile.columns, content: content, file: name)
    let form = text == .utf8 ? try rows.textForm() : text
    let facts = TableFacts(form: .delimited(form), delimiter: delimiter)
    for _ in 0..<header.row { _ = try rows.next() }
    try visitor.visit(
      ExportTable(
        DelimitedRows(rows), header: header, first: Array(head.dropFirst(header.row)), facts: facts,
        file: name))
  }

  private func visitSheets(for content: Content, _ visitor: inout some TableVisitor) throws(TableFailure) {
    let workbook = try Workbook(try WholeFile(reading: try source.open(), file: name), file: name)
    let wanted = workbook.sheets.indices.filter { index in
      profile.sheet.map { $0 == workbook.sheets[index].name } ?? !workbook.sheets[index].isHidden
    }
    guard !workbook.sheets.isEmpty else {
      throw .unusable(
        file: name, location: nil, reason: "the workbook has no sheet", remedy: WorkbookParts.remedy)
    }
    guard !wanted.isEmpty else {
      throw .unusable(
        file: name, location: nil,
        reason: profile.sheet.map { "there is no sheet \"\($0)\"" } ?? "every sheet is hidden",
        remedy: "Its sheets are \(workbook.sheets.map(\.name).joined(separator: ", ")).")
    }
    var isAnyVisited = false
    var firstRow: (row: Int, texts: [String])?
    for index in wanted {
      var rows = BatchRows(try workbook.rows(ofSheet: index))
      let head = try rows.head(rows: RowBatch.maxHeaderRows)
      if firstRow == nil { firstRow = head.first }
      let sheet = workbook.sheets[index].name
      guard var header = try header(in: head, countsFrom1904: workbook.usesDatesFrom1904),
        header.isLikely || wanted.count == 1
      else {
        visitor.skip(sheet: sheet, isHidden: false)
        continue
      }
      header.chooseMark(first: head.filter { $0.row > header.row }.map(\.texts), profile: profile)
      try header.overrule(with: profile.columns, content: content, file: name)
      var facts = TableFacts(form: .workbook)
      facts.sheet = wanted.count > 1 ? sheet : nil
      facts.sheetName = sheet
      facts.countsFrom1904 = workbook.usesDatesFrom1904
      try visit(rows, head, header, facts, &visitor)
      isAnyVisited = true
    }
    if profile.sheet == nil {
      for sheet in workbook.sheets where sheet.isHidden { visitor.skip(sheet: sheet.name, isHidden: true) }
    }
    if !isAnyVisited { throw noHeader(firstRow?.texts ?? [], row: firstRow?.row ?? 1) }
  }

  private func visit(
    _ records: any RowSource, _ form: FileForm, sheet: String?, for content: Content,
    _ visitor: inout some TableVisitor
  ) throws(TableFailure) {
    var rows = BatchRows(records)
    let head = try rows.head(rows: RowBatch.maxHeaderRows)
    guard let names = head.first else { throw .empty(file: name) }
    var header = HeaderRow(row: names.row, headers: names.texts.map(HeaderRow.shortFieldName))
    guard !header.indices.isEmpty else { throw noHeader(names.texts, row: names.row) }
    header.chooseMark(first: head.dropFirst().map(\.texts), profile: profile)
    try header.overrule(with: profile.columns, content: content, file: name)
    try visit(rows, head, header, TableFacts(form: form), &visitor)
  }

  private func visit(
    _ rows: consuming BatchRows, _ head: [(row: Int, texts: [String])], _ header: HeaderRow,
    _ facts: TableFacts, _ visitor: inout some TableVisitor
  ) throws(TableFailure) {
    var rows = rows
    let above = head.prefix { $0.row <= header.row }.count
    for _ in 0..<above { _ = try rows.next() }
    try visitor.visit(
      ExportTable(
        rows, header: header, first: head.dropFirst(above).map(\.texts), facts: facts, file: name))
  }

  /// Returns the likeliest header, or the one that the trust file's profile names, or `nil` if there is
  /// none.
  private func header(
    in head: [(row: Int, texts: [String])], countsFrom1904: Bool
  ) throws(TableFailure) -> HeaderRow? {
    if let wide = head.first(where: { $0.texts.count >= RowBatch.maxCells }) {
      throw .unusable(
        file: name, location: "row \(wide.row)", reason: "the row has \(RowBatch.maxCells) columns or more",
        remedy:
          "A register of a whole year has about 400. Export a shorter period, or check the column separator."
      )
    }
    let dates = DateReader(order: profile.dates, countsFrom1904: countsFrom1904)
    guard let row = profile.headerRow else {
      return HeaderRow.find(in: head, dates: dates, columns: profile.columns)
    }
    let given = head.drop { $0.row < row }.prefix(2)
    guard given.first?.row == row,
      var header = HeaderRow.find(in: Array(given), dates: dates, columns: profile.columns)
    else { return nil }
    header.titles = head.prefix { $0.row < row }.flatMap(\.texts).filter { !$0.isEmpty }
    return header
  }

  private func noHeader(_ found: [String], row: Int) -> TableFailure {
    if let row = profile.headerRow {
      return .unusable(
        file: name, location: "row \(row)", reason: "the row has no known column names",
        remedy: "Correct header_row under profile in the trust file, or name the columns there.")
    }
    return .missingColumn(
      file: name, row: row, column: "Mark", found: [HeaderRow.countLabel(found)],
      remedy: "The first 30 rows have no known column names.")
  }
}

extension RecordNames {
  /// The names in registers, pupil files and totals.
  static let ofRegisters = RecordNames(
    lists: [
      "data", "results", "result", "value", "values", "records", "record", "items", "rows", "marks",
      "attendance", "attendances", "students", "pupils",
    ],
    leaves: [
      [
        "attendancemark", "attendancemarks", "mark", "markcode", "sessionmark", "weekmarks", "rawmark",
        "statutorymark", "registrationmark", "attendancecode", "attendancecodeid", "sessionmarkid", "am",
        "pm",
        "ammark", "pmmark", "marks",
      ],
      // A file may hold a list of codes beside the marks, so this name counts only if no other occurs.
      ["code"],
      ["sessionspossible", "possiblesessions", "sessionsattended"],
    ],
    listLeaves: ["upn", "uniquepupilnumber", "personid", "pupilid", "studentid"],
    // A census keeps a pupil's UPN and name in an element beside the one with the attendance.
    elementsOfParent: ["pupilidentifiers"])
}

/// The settings of a trust file for a school's exports, where they overrule detection.
package struct SourceProfile: Hashable, Sendable {
  /// The layout, or `nil` to detect it.
  package var layout: Layout?
  /// The sheet of a workbook to read, or `nil` for every sheet with a table.
  package var sheet: String?
  /// The first row of the header, counted from 1, or `nil` to detect it.
  package var headerRow: Int?
  /// The exports' name for the school, or `nil` for its own name.
  package var school: String?
  /// The header of each column that is named.
  package var columns: [Column: String] = [:]
  /// The order of dates, or `nil` to detect it.
  package var dates: DateOrder?
  /// The code of each of the source's own marks, such as `I02` for `;`.
  package var marks: [String: String] = [:]
  /// The half of the day of each of the source's own names of sessions.
  package var sessions: [String: DayHalf] = [:]
  /// Columns of statuses whose blank cells mean no.
  package var blankMeansNo: Set<Column> = []

  package init() {}

  package enum DateOrder: String, CaseIterable, Sendable {
    case dayFirst = "day-first"
    case yearFirst = "year-first"
    case monthFirst = "month-first"
  }
}
