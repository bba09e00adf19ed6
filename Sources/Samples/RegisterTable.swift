import Registers

/// The register of a school as a SIMS-style report: a row for each pupil and session.
struct RegisterTable {
  let plan: SchoolPlan
  let pupils: [SamplePupil]

  private static let header = [
    "Adm No", "UPN", "Surname", "Forename", "Year", "Reg", "Date", "Session", "Mark", "Mins Late", "Comments",
  ]

  func file(of rows: [RegisterRow]) -> ExportedFile {
    let dirt = rows.enumerated().compactMap { position, row in
      row.dirt.map { ExportedFile.Place(row: position + 2, kind: $0) }
    }
    return ExportedFile(name: "attendance-2025-26.csv", content: .text(bytes(of: rows)), dirt: dirt)
  }

  private func bytes(of rows: [RegisterRow]) -> [UInt8] {
    let end = plan.style.lineEnd
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * 90)
    bytes.append(row: RegisterTable.header, end: end)
    for row in rows {
      let fields = fields(of: row)
      // A ragged row breaks off before its mark.
      bytes.append(row: row.dirt == .tooFewFields ? Array(fields.prefix(fields.count - 3)) : fields, end: end)
    }
    return plan.style.encoding.bytes(bytes)
  }

  private func fields(of row: RegisterRow) -> [String] {
    let pupil = pupils[row.pupil]
    let date =
      row.impossibleDate.map { "\($0.day)/\($0.month)/2025" } ?? DateStyle.dayFirst.text(row.session.day)
    return [
      pupil.admissionText, pupil.upn, pupil.name.surname, pupil.name.forename, plan.style.year(pupil.year),
      pupil.form, date, row.session.half.name, row.mark, row.minutes, row.comment,
    ]
  }
}
