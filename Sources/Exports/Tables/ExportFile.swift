import Registers
import Tabular

/// A register export and the schools its rows may belong to.
package struct ExportFile {
  package let source: SourceFile
  package let profile: SourceProfile

  /// The path by which findings name the file.
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

/// Takes the tables of a file one after the other, each of the type of row its form has.
protocol TableVisitor {
  mutating func visit<Rows: RowReader & ~Copyable>(_ table: consuming ExportTable<Rows>) throws(TableFailure)
  /// A sheet that is hidden, or holds no table with a header that is known.
  mutating func skip(sheet: String, isHidden: Bool)
}

extension ExportFile {
  /// Finds the tables of the file and lets the visitor take each.
  ///
  /// Throws: where the file cannot be read, or no table of it has a header that is known.
  func visitTables(
    for content: Content, _ visitor: inout some TableVisitor
  ) throws(TableFailure) {
    let read = try source.open()
    var opening = [UInt8](repeating: 0, count: FileForm.openingLength)
    let count = try opening.fill(from: read)
    opening.removeSubrange(count...)
    let form = try FileForm(opening, file: name)
    switch form {
    case .delimited(let text): try visitText(text, opening, read, for: content, &visitor)
    case .workbook: try visitSheets(for: content, &visitor)
    case .json:
      try visit(try JSONRecords(file: name, open: source.open), form, sheet: nil, for: content, &visitor)
    case .xml:
      try visit(
        try XMLRecords(file: name, names: .ofRegisters, open: source.open), form, sheet: nil, for: content,
        &visitor)
    }
  }

  private func visitText(
    _ text: FileForm.TextForm, _ opening: [UInt8], _ rest: @escaping ByteFeed.Read, for content: Content,
    _ visitor: inout some TableVisitor
  ) throws(TableFailure) {
    var read = UTF8Feed.prefixed(opening, rest)
    if text.isUTF16 { read = try UTF8Feed.read(read) }
    var rows = CSVRows(ByteFeed(read: read), file: name)
    var best: (header: HeaderRow, delimiter: UInt8)?
    for delimiter in [UInt8.comma, UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|")] {
      let head = try rows.head(rows: RowBatch.headRows, delimiter: delimiter)
      let numbered = head.enumerated().map { (row: $0 + 1, texts: $1) }
      guard let header = try header(in: numbered, countsFrom1904: false) else { continue }
      if header.score > best?.header.score ?? 0 { best = (header, delimiter) }
    }
    guard var header = best?.header, let delimiter = best?.delimiter else {
      throw noHeader(try rows.head(rows: 1, delimiter: .comma).first ?? [], row: 1)
    }
    try header.overrule(with: profile.columns, content: content, file: name)
    let head = try rows.head(rows: RowBatch.headRows, delimiter: delimiter)
    let form = text == .utf8 ? try rows.textForm() : text
    let facts = TableFacts(form: .delimited(form), delimiter: delimiter)
    for _ in 0..<header.row { _ = try rows.next() }
    try visitor.visit(
      ExportTable(
        rows, header: header, first: Array(head.dropFirst(header.row)), facts: facts, file: name))
  }

  private func visitSheets(for content: Content, _ visitor: inout some TableVisitor) throws(TableFailure) {
    let workbook = try Workbook(try WholeFile.bytes(of: try source.open(), file: name), file: name)
    let wanted = workbook.sheets.indices.filter { place in
      profile.sheet.map { $0 == workbook.sheets[place].name } ?? !workbook.sheets[place].isHidden
    }
    guard !workbook.sheets.isEmpty else {
      throw .unusable(
        file: name, place: nil, reason: "the workbook has no sheet", remedy: WorkbookParts.remedy)
    }
    guard !wanted.isEmpty else {
      throw .unusable(
        file: name, place: nil,
        reason: profile.sheet.map { "there is no sheet \"\($0)\"" } ?? "every sheet is hidden",
        remedy: "Its sheets are \(workbook.sheets.map(\.name).joined(separator: ", ")).")
    }
    var taken = false
    var firstRow: (row: Int, texts: [String])?
    for place in wanted {
      var rows = BatchRows(try workbook.rows(ofSheet: place))
      let head = try rows.head(rows: RowBatch.headRows)
      if firstRow == nil { firstRow = head.first }
      let sheet = workbook.sheets[place].name
      guard var header = try header(in: head, countsFrom1904: workbook.usesDatesFrom1904),
        header.isLikely || wanted.count == 1
      else {
        visitor.skip(sheet: sheet, isHidden: false)
        continue
      }
      try header.overrule(with: profile.columns, content: content, file: name)
      var facts = TableFacts(form: .workbook)
      facts.sheet = wanted.count > 1 ? sheet : nil
      facts.sheetName = sheet
      facts.countsFrom1904 = workbook.usesDatesFrom1904
      try visit(rows, head, header, facts, &visitor)
      taken = true
    }
    if profile.sheet == nil {
      for sheet in workbook.sheets where sheet.isHidden { visitor.skip(sheet: sheet.name, isHidden: true) }
    }
    if !taken { throw noHeader(firstRow?.texts ?? [], row: firstRow?.row ?? 1) }
  }

  private func visit(
    _ records: any RowSource, _ form: FileForm, sheet: String?, for content: Content,
    _ visitor: inout some TableVisitor
  ) throws(TableFailure) {
    var rows = BatchRows(records)
    let head = try rows.head(rows: RowBatch.headRows)
    guard let names = head.first else { throw .empty(file: name) }
    var header = HeaderRow(row: names.row, headers: names.texts.map(HeaderRow.withoutSteps))
    guard !header.places.isEmpty else { throw noHeader(names.texts, row: names.row) }
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

  /// The header that is likeliest, or the one the trust file's profile names. Missing: nil when there is none.
  private func header(
    in head: [(row: Int, texts: [String])], countsFrom1904: Bool
  ) throws(TableFailure) -> HeaderRow? {
    if let wide = head.first(where: { $0.texts.count >= RowBatch.mostCells }) {
      throw .unusable(
        file: name, place: "row \(wide.row)", reason: "the row has \(RowBatch.mostCells) columns or more",
        remedy:
          "A register of a whole year has some 400. Export a shorter time, or look at what parts the columns."
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
        file: name, place: "row \(row)", reason: "the row holds no column names that are known",
        remedy: "Correct header_row under profile in the trust file, or name the columns there.")
    }
    return .missingColumn(
      file: name, row: row, column: "Mark", found: [HeaderRow.counted(found)],
      remedy: "The first 30 rows hold no column names that are known.")
  }
}

extension RecordElements {
  /// The records of registers, pupil files and totals.
  static let ofRegisters = RecordElements(
    leaves: [
      [
        "attendancemark", "attendancemarks", "mark", "markcode", "sessionmark", "weekmarks", "rawmark",
        "statutorymark", "registrationmark", "attendancecode", "attendancecodeid", "sessionmarkid", "am",
        "pm",
        "ammark", "pmmark", "marks",
      ],
      // A list of codes may be in a file with the marks, so this name counts only where no other does.
      ["code"],
      ["sessionspossible", "possiblesessions", "sessionsattended"],
    ],
    listLeaves: ["upn", "uniquepupilnumber", "personid", "pupilid", "studentid"],
    // A census keeps a pupil's UPN and name in an element beside the one that has the attendance.
    partsOfParent: ["pupilidentifiers"])
}
