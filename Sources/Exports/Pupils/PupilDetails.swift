import Registers
import Tabular

/// A pass through a pupil-details file, which adds its pupils to the schools it is listed for.
struct PupilDetails: TableVisitor {
  let file: ExportFile
  let builders: [RegisterBuilder]
  /// The number of pupils listed.
  private(set) var count = 0
  private(set) var decisions: [TableDecision] = []

  init(_ file: ExportFile, into builders: [RegisterBuilder]) {
    self.file = file
    self.builders = builders
  }

  mutating func run() throws(TableFailure) { try file.visitTables(for: .pupilDetails, &self) }

  mutating func skip(sheet: String, isHidden: Bool) {
    builders[0].report(.sheetNotRead(sheet, isHidden: isHidden), file.name, nil)
  }

  mutating func visit<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>
  ) throws(TableFailure) {
    var table = table
    let header = table.header
    guard header.first(of: Column.identifiers) != nil else {
      throw .missingColumn(
        file: file.name, row: header.row, column: "UPN", found: header.quotable,
        remedy: "A pupil file needs a UPN, a pupil id or an admission number to join it to the register.")
    }
    if let index = header.index(of: .inCareUnclear) {
      for builder in builders {
        builder.report(.inCareUnclear(header: header.headers[index]), file.name, header.row)
      }
    }
    var fields = PupilFields(
      header: header, profile: file.profile, countsFrom1904: table.facts.countsFrom1904)
    let resolver = SchoolResolver(table, schools: builders, profile: file.profile)
    let groups = builders.map { $0.findGroupColumns(in: header) }
    var values = ColumnValues(header)
    for builder in builders where builder.detailsFile == nil { builder.detailsFile = file.name }
    while try table.rows.next() {
      guard table.filledCells(upTo: 1) > 0, !table.repeatsHeader else { continue }
      let location = FileLocation(sheet: table.facts.sheet, row: table.rows.row)
      if !Rows.hasFixedWidth, table.filledCells(upTo: 2) < 2 { continue }
      if PupilDetails.closes(table) { continue }
      count += 1
      let isOfAnySchool = resolver.namesNoSchool && hasUPN(table)
      guard let school = resolver.school(of: table.rows) ?? (isOfAnySchool ? 0 : nil) else {
        builders[0].report(
          .rowOfAnotherSchool(written: resolver.written(in: table.rows)), file.name, at: location)
        continue
      }
      let builder = builders[school]
      if let rowIssue = table.rowIssue {
        builder.report(rowIssue, file.name, at: location)
        continue
      }
      let input = fields.read(table.rows, groups: groups[school])
      builder.checkValues(of: input, header, file.name, at: location, isReportingValues: false)
      values.add(input, table.rows, school: school, at: location)
      guard
        !(input.pupil.upn.unredacted.isEmpty && input.pupil.pupilID.unredacted.isEmpty
          && input.pupil.admissionNumber.unredacted.isEmpty)
      else {
        builder.report(.noPupilIdentifier, file.name, at: location)
        continue
      }
      guard builder.pupils.count < RegisterBuilder.maxPupils else {
        builder.report(.tooManyPupils, file.name, at: location)
        continue
      }
      guard isOfAnySchool else {
        builder.addFromDetails(input.pupil, file: file.name, at: location)
        continue
      }
      for builder in builders {
        builder.addFromDetails(input.pupil, file: file.name, at: location, isPlaced: false)
      }
    }
    for row in table.rows.openQuotes { builders[0].report(.openQuote(isClosedLater: false), file.name, row) }
    for (column, count) in fields.datesOfNone.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let header = header.index(of: column).map { header.headers[$0] } ?? column.label
      builders[0].report(.datesThatMeanNone(under: header, count), file.name, nil)
    }
    values.report(to: builders, file: file.name, blankMeansNo: file.profile.blankMeansNo)
    var decision = TableDecision(table, kind: .pupils, file: file.name)
    decision.columns = TableDecision.Columns(header)
    decisions.append(decision)
  }

  /// Returns whether the row has a UPN, by which a pupil is found at whichever school has marks of the pupil.
  private func hasUPN<Rows: RowReader & ~Copyable>(_ table: borrowing ExportTable<Rows>) -> Bool {
    table.header.index(of: .upn).map { !table.rows.bytes($0).trimmed.isEmptyValue } ?? false
  }

  /// Returns whether the row is a closing line such as a total: at most two cells, and no identifier after
  /// its first words.
  private static func closes<Rows: RowReader & ~Copyable>(_ table: borrowing ExportTable<Rows>) -> Bool {
    let isIdentified = Column.identifiers.contains { column in
      table.header.index(of: column).map { $0 > 0 && !table.rows.bytes($0).trimmed.isEmpty } ?? false
    }
    return !isIdentified && table.filledCells(upTo: 3) < 3 && OtherRow.isClosing(table.rows.text(0))
  }
}
