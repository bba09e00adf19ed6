import Registers

/// Reads a pupil-details file into the schools it is listed for.
enum PupilDetails {
  static func read(_ file: ExportFile, into intakes: [SchoolIntake]) throws(ExportFailure) -> Int {
    var table = try ExportTable(file, content: .pupilDetails)
    let header = table.header
    guard header.first(of: [.upn, .pupilID, .admissionNumber]) != nil else {
      throw .missingColumn(
        file: file.name, row: header.row, column: "UPN", found: header.headers,
        remedy: "A pupil file needs a UPN, a pupil id or an admission number to join it to the register.")
    }
    var fields = PupilFields(header: header, dates: file.profile.dates)
    let router = SchoolRouter(header: header, schools: intakes)
    var count = 0
    while try table.rows.next() {
      guard table.rows.count > 1 || !table.rows.bytes(0).trimmed.isEmpty else { continue }
      count += 1
      guard let school = router.school(of: table.rows) else {
        intakes[0].note(
          .rowOfAnotherSchool, file.name, table.rows.row,
          "the row is of school \"\(router.written(in: table.rows))\", which this file is not listed for")
        continue
      }
      let intake = intakes[school]
      if let (rule, message, kind) = table.misfit {
        intake.note(rule, file.name, table.rows.row, message, kind: kind)
        continue
      }
      let reading = fields.read(table.rows)
      intake.noteUnclear(reading, header, file.name, table.rows.row)
      guard
        !(reading.pupil.upn.exposed.isEmpty && reading.pupil.pupilID.exposed.isEmpty
          && reading.pupil.admissionNumber.exposed.isEmpty)
      else {
        intake.note(.noPupil, file.name, table.rows.row, "the row has no UPN, pupil id or admission number")
        continue
      }
      intake.addFromDetails(reading.pupil, file: file.name, row: table.rows.row)
    }
    for row in table.rows.openQuotes {
      intakes[0].note(.openQuote, file.name, row, "a quotation mark opens and does not close")
    }
    return count
  }
}
