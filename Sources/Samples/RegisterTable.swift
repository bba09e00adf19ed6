import Registers

/// The columns of a showcase register, as the system it imitates writes them.
struct RegisterTable {
  let plan: SchoolPlan
  let pupils: [SamplePupil]

  func bytes(of rows: [RegisterRow]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * 90)
    bytes.append(row: header, end: lineEnd)
    for row in rows {
      let fields = fields(of: row)
      // A ragged row breaks off before its mark.
      bytes.append(
        row: row.dirt == .tooFewFields ? Array(fields.prefix(fields.count - 3)) : fields, end: lineEnd)
    }
    return plan.style.encoding.bytes(bytes)
  }

  private var lineEnd: String { plan.style.lineEnd }

  private var header: [String] {
    switch plan.style {
    case .sims:
      [
        "Adm No", "UPN", "Surname", "Forename", "Year", "Reg", "Date", "Session", "Mark", "Mins Late",
        "Comments",
      ]
    case .lean:
      ["UPN", "Date", "Session", "Mark", "Minutes Late"]
    case .arbor:
      ["STUDENT_ID", "APPLICATION_ID", "RAW_MARK", "MARK_CODE", "MINUTES_LATE", "PERIOD", "DATE"]
    case .go4schools:
      [
        "UPN", "GFSID", "Surname.Forename.Reg", "Year.Group", "Reg", "Gender", "Date", "Session",
        "Session.Mark",
        "Session.Label", "Session.Late.Minutes", "Session.Notes",
      ]
    case .plain:
      PlainRegister.header
    }
  }

  private func fields(of row: RegisterRow) -> [String] {
    let pupil = pupils[row.pupil]
    let date = date(of: row)
    let half = row.session.half
    switch plan.style {
    case .sims:
      return [
        pupil.admissionText, pupil.upn, pupil.name.surname, pupil.name.forename, plan.style.year(pupil.year),
        pupil.form, date, half.name, row.mark, row.minutes, row.comment,
      ]
    case .lean:
      return [pupil.upn, date, half.name, row.mark, row.minutes]
    case .arbor:
      return [
        String(pupil.systemID), "uk_swd_\(plan.urn)", row.mark.isEmpty ? "NULL" : row.mark,
        MarkLabels.arbor(row.mark), row.minutes.isEmpty ? "NULL" : row.minutes,
        half == .morning ? "MORNING" : "AFTERNOON", date,
      ]
    case .go4schools:
      return [
        pupil.upn, String(pupil.systemID),
        "\(pupil.name.surname.uppercased()) \(pupil.name.forename) (\(pupil.form))",
        plan.style.year(pupil.year), pupil.form, pupil.sex == .female ? "F" : "M", date, half.name,
        row.mark.isEmpty ? "NA" : row.mark, MarkLabels.go4schools(row.mark),
        row.minutes.isEmpty ? "NA" : row.minutes, row.comment.isEmpty ? "NA" : row.comment,
      ]
    case .plain:
      return []
    }
  }

  private func date(of row: RegisterRow) -> String {
    guard let (month, day) = row.impossibleDate else { return plan.style.dates.text(row.session.day) }
    switch plan.style.dates {
    case .iso: return "2025-\(month)-\(day)"
    case .dayFirst: return "\(day)/\(month)/2025"
    }
  }
}

extension ExportStyle {
  var encoding: TextEncoding {
    switch self {
    case .sims: .windows1252
    case .lean: .utf8WithMark
    case .arbor, .go4schools, .plain: .utf8
    }
  }

  var lineEnd: String {
    switch self {
    case .sims: "\r\n"
    case .lean, .arbor, .go4schools, .plain: "\n"
    }
  }

  var dates: DateStyle {
    switch self {
    case .sims: .dayFirst
    case .lean, .arbor, .go4schools, .plain: .iso
    }
  }

  /// A national curriculum year in the system's words.
  func year(_ number: Int) -> String {
    switch (self, number) {
    case (.sims, 1...): "Year  \(number)"
    case (_, ..<0): "N2"
    case (_, 0): "R"
    case (.arbor, _): "Year \(number)"
    case (.lean, _): "Yr \(number)"
    case (.go4schools, _), (.plain, _), (.sims, _): "\(number)"
    }
  }
}

extension SamplePupil {
  /// The admission number with the leading zeros that spreadsheets lose.
  var admissionText: String {
    var bytes: [UInt8] = []
    bytes.appendDecimal(admissionNumber, width: 6)
    return String(decoding: bytes, as: UTF8.self)
  }
}
