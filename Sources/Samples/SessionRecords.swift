import Registers

/// The registers of a school whose system hands over records that name pupil and code by their ids.
struct SessionRecords {
  let pupils: [SamplePupil]
  let style: ExportStyle

  func files(of rows: [RegisterRow]) -> [ExportedFile] {
    let dirt = rows.enumerated().compactMap { position, row in
      row.dirt.map { ExportedFile.Place(row: position + 1, kind: $0) }
    }
    let sessions = JSONText.file(of: rows.map(record))
    return [
      ExportedFile(name: "attendance-codes.json", content: .text(codes), dirt: []),
      ExportedFile(name: "session-attendance.json", content: .text(sessions), dirt: dirt),
    ]
  }

  private func record(of row: RegisterRow) -> JSONText {
    let date = JSONText.object([
      ("date", JSONText("\(row.session.day.iso) 00:00:00.000000")), ("timezone_type", JSONText(3)),
      ("timezone", JSONText("UTC")),
    ])
    return .object([
      ("student_id", JSONText(style.systemID(pupils[row.pupil]))), ("date", date),
      ("session", JSONText(row.session.half.name)), ("attendance_code_id", JSONText(id(of: row))),
      ("comment", JSONText(row.comment)), ("minutes_late", Int(row.minutes).map { JSONText($0) } ?? .null),
    ])
  }

  /// Missing: empty for a blank mark.
  private func id(of row: RegisterRow) -> String {
    if row.dirt == .unknownCodeID { return "A99" }
    guard !row.mark.isEmpty, let code = AttendanceCode(mark: row.mark) else { return "" }
    return SessionRecords.id(of: code)
  }

  private var codes: [UInt8] {
    let records = AttendanceCode.allCases.filter { $0 != .noMark }.map { code in
      JSONText.object([
        ("id", JSONText(SessionRecords.id(of: code))), ("code", JSONText(code.mark)),
        ("description", JSONText(code.meaning)),
      ])
    }
    return JSONText.file(of: records)
  }

  private static func id(of code: AttendanceCode) -> String { "A\(26 + Int(code.rawValue))" }
}
