import Registers
import Tabular

/// Reads a pupil-details file into the schools it is listed for.
struct PupilDetails: TableVisitor {
  let file: ExportFile
  let intakes: [RegisterBuilder]
  /// Unit: pupils listed.
  private(set) var count = 0
  private(set) var decisions: [TableDecision] = []

  init(_ file: ExportFile, into intakes: [RegisterBuilder]) {
    self.file = file
    self.intakes = intakes
  }

  mutating func run() throws(TableFailure) { try file.visitTables(for: .pupilDetails, &self) }

  mutating func skip(sheet: String, isHidden: Bool) {
    intakes[0].note(.sheetNotRead(sheet, isHidden: isHidden), file.name, nil)
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
    if let place = header.place(of: .inCareUnclear) {
      for intake in intakes {
        intake.note(.unclearCare(header: header.headers[place]), file.name, header.row)
      }
    }
    var fields = PupilFields(
      header: header, dates: file.profile.dates, countsFrom1904: table.facts.countsFrom1904)
    let router = SchoolResolver(table, schools: intakes, profile: file.profile)
    let groups = intakes.map { $0.findGroups(in: header) }
    for intake in intakes where intake.detailsFile == nil { intake.detailsFile = file.name }
    while try table.rows.next() {
      guard table.filledCells(atMost: 1) > 0, !table.repeatsHeader else { continue }
      let place = MarkPlace(sheet: table.facts.sheet, row: table.rows.row)
      if !Rows.hasFixedWidth, table.filledCells(atMost: 2) < 2 { continue }
      if PupilDetails.closes(table) { continue }
      count += 1
      guard let school = router.school(of: table.rows) else {
        intakes[0].note(
          .rowOfAnotherSchool(written: router.written(in: table.rows)), file.name, at: place)
        continue
      }
      let intake = intakes[school]
      if let misfit = table.misfit {
        intake.note(misfit, file.name, at: place)
        continue
      }
      let reading = fields.read(table.rows, groups: groups[school])
      intake.noteUnclear(reading, header, file.name, at: place)
      guard
        !(reading.pupil.upn.unredacted.isEmpty && reading.pupil.pupilID.unredacted.isEmpty
          && reading.pupil.admissionNumber.unredacted.isEmpty)
      else {
        intake.note(.noPupil, file.name, at: place)
        continue
      }
      guard intake.pupils.count < RegisterBuilder.mostPupils else {
        intake.note(.tooManyPupils, file.name, at: place)
        continue
      }
      intake.addFromDetails(reading.pupil, file: file.name, at: place)
    }
    for row in table.rows.openQuotes { intakes[0].note(.unclosedQuote, file.name, row) }
    decisions.append(TableDecision(table, kind: .pupils, file: file.name))
  }

  /// Whether the row is a closing line, such as a total: two cells at most, and no identifier behind its first words.
  private static func closes<Rows: RowReader & ~Copyable>(_ table: borrowing ExportTable<Rows>) -> Bool {
    let isIdentified = Column.identifiers.contains { column in
      table.header.place(of: column).map { $0 > 0 && !table.rows.bytes($0).trimmed.isEmpty } ?? false
    }
    return !isIdentified && table.filledCells(atMost: 3) < 3 && OtherRow.isClosing(table.rows.text(0))
  }
}
