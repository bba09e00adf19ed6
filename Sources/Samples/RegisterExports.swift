import Registers

/// A row of a showcase register, before it is written in an export style.
struct RegisterRow: CorruptibleRow {
  /// The index of the pupil in the roster.
  let pupil: Int
  let session: Session
  /// The index of the half-term in the calendar.
  let halfTerm: Int
  var mark: String
  /// The minutes late as text. Empty if none are recorded.
  var minutes = ""
  var comment = ""
  /// An invalid date that the export contains instead of the session's.
  var impossibleDate: (month: Int, day: Int)?
  var errors: [SeededError.Kind] = []

  var isPresent: Bool {
    mark == AttendanceCode.presentMorning.mark || mark == AttendanceCode.presentAfternoon.mark
  }
}

/// The rows of a showcase school, by pupil and then by session, with the seeded errors.
struct RegisterRows {
  private(set) var rows: [RegisterRow] = []
  private let plan: SchoolPlan
  private let seed: UInt64

  init(of plan: SchoolPlan, pupils: [SamplePupil], seed: UInt64) {
    self.plan = plan
    self.seed = seed
    var generator = MarkGenerator(plan: plan, seed: seed)
    for (index, pupil) in pupils.enumerated() {
      generator.generate(for: pupil)
      append(generator.marks, ofPupil: index, pupil)
      if plan.exportsPlannedClosures { appendTrainingDays(ofPupil: index, pupil) }
    }
    if plan.exportsPlannedClosures { rows.sort { ($0.pupil, $0.session) < ($1.pupil, $1.session) } }
    guard plan.hasSeededErrors else { return }
    var corruption = RowCorruption(of: rows, plan: plan, seed: seed, purpose: .rowErrors)
    corruption.corruptRegister(of: pupils)
    rows = corruption.rows
  }

  private mutating func append(_ marks: SessionMarks, ofPupil index: Int, _ pupil: SamplePupil) {
    var random = SplitMix64(seed: seed, school: plan.number, pupil: pupil.number, for: .comments)
    let calendar = plan.calendar
    for (session, code) in marks.codes.enumerated() where code != .noMark {
      let day = session / 2
      let minutes = marks.minutesLate[session]
      rows.append(
        RegisterRow(
          pupil: index, session: Session(calendar.days[day], session % 2 == 0 ? .morning : .afternoon),
          halfTerm: calendar.halfTermIndices[day], mark: code.mark,
          minutes: minutes > 0 ? String(minutes) : "",
          comment: plan.style.comment(on: code, using: &random),
          errors: pupil.arrangements.contains(.missingFromPupilFile) ? [.pupilNotInPupilFile] : []))
    }
  }

  private mutating func appendTrainingDays(ofPupil index: Int, _ pupil: SamplePupil) {
    guard pupil.arrangements.isDisjoint(with: [.withoutMarks, .missingFromPupilFile]) else { return }
    for day in plan.calendar.trainingDays where pupil.isOnRoll(on: day) {
      let halfTerm = plan.calendar.halfTerms.firstIndex { $0.contains(day) } ?? 0
      for half in DayHalf.allCases {
        rows.append(
          RegisterRow(
            pupil: index, session: Session(day, half), halfTerm: halfTerm,
            mark: AttendanceCode.plannedClosure.mark))
      }
    }
  }
}

/// The register of a school as a report in the style of SIMS: a row for each pupil and session.
struct SIMSRegister {
  let plan: SchoolPlan
  let pupils: [SamplePupil]

  private static let header = [
    "Adm No", "UPN", "Surname", "Forename", "Year", "Reg", "Date", "Session", "Mark", "Mins Late", "Comments",
  ]

  func files(of rows: [RegisterRow]) -> [ExportedFile] {
    let end = plan.style.lineEnd
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * 90)
    bytes.append(row: SIMSRegister.header, end: end)
    for row in rows {
      let fields = fields(of: row)
      let isTruncated = row.errors.contains(.tooFewFields)
      bytes.append(row: isTruncated ? fields.dropLast(3) : fields, end: end)
    }
    return [
      ExportedFile(
        name: "attendance-2025-26.csv", content: .text(plan.style.encoding.encoded(bytes)),
        errors: rows.seededErrors(firstRow: 2))
    ]
  }

  private func fields(of row: RegisterRow) -> [String] {
    let pupil = pupils[row.pupil]
    let date =
      row.impossibleDate.map { "\($0.day)/\($0.month)/2025" } ?? DateStyle.dayFirst.formatted(row.session.day)
    return [
      pupil.formattedAdmissionNumber, pupil.upn, pupil.name.surname, pupil.name.forename,
      plan.style.yearLabel(pupil.year), pupil.form, date, row.session.half.name, row.mark, row.minutes,
      row.comment,
    ]
  }
}

/// The registers of a school as Wonde returns them: records that refer to pupils and codes by identifier.
struct WondeRegister {
  let plan: SchoolPlan
  let pupils: [SamplePupil]

  func files(of rows: [RegisterRow]) -> [ExportedFile] {
    [
      ExportedFile(name: "attendance-codes.json", content: .text(JSONText.file(of: codes))),
      ExportedFile(
        name: "session-attendance.json", content: .text(JSONText.file(of: rows.map(record))),
        errors: rows.seededErrors(firstRow: 1)),
    ]
  }

  private func record(of row: RegisterRow) -> JSONText {
    let date = JSONText.object([
      ("date", JSONText("\(row.session.day.iso) 00:00:00.000000")), ("timezone_type", JSONText(3)),
      ("timezone", JSONText("UTC")),
    ])
    return .object([
      ("student_id", JSONText(plan.style.systemID(of: pupils[row.pupil]))), ("date", date),
      ("session", JSONText(row.session.half.name)), ("attendance_code_id", JSONText(codeID(of: row))),
      ("comment", JSONText(row.comment)), ("minutes_late", Int(row.minutes).map { JSONText($0) } ?? .null),
    ])
  }

  /// Returns the identifier of the row's code, which is empty for a blank mark.
  private func codeID(of row: RegisterRow) -> String {
    if row.errors.contains(.unknownCodeID) { return "A99" }
    guard !row.mark.isEmpty, let code = AttendanceCode(mark: row.mark) else { return "" }
    return WondeRegister.id(of: code)
  }

  private var codes: [JSONText] {
    AttendanceCode.allCases.filter { $0 != .noMark }.map { code in
      .object([
        ("id", JSONText(WondeRegister.id(of: code))), ("code", JSONText(code.mark)),
        ("description", JSONText(code.meaning)),
      ])
    }
  }

  private static func id(of code: AttendanceCode) -> String { "A\(26 + Int(code.rawValue))" }
}

/// The register of a school of any size, optimised for speed.
///
/// The parts of rows that repeat are formatted once: the start for each pupil, the middle for each session
/// and the mark for each code.
struct PlainRegister {
  private static let header = [
    "School", "URN", "UPN", "Surname", "Forename", "Year", "Form", "Date", "Session", "Mark", "Minutes Late",
    "Comment",
  ]
  /// The comments as CSV fields: two on illness and one on lateness.
  private static let comments = ["sickness bug", "\"phoned, back tomorrow\"", "overslept"].map {
    Array($0.utf8)
  }

  private let plan: SchoolPlan
  private var generator: MarkGenerator
  private let seed: UInt64
  /// A text such as `2025-09-04,AM,` for each session, all of the same length.
  private let sessions: [UInt8]
  private static let sessionLength = 14

  init(of plan: SchoolPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    generator = MarkGenerator(plan: plan, seed: seed)
    var sessions: [UInt8] = []
    for day in plan.calendar.days {
      for half in DayHalf.allCases { sessions.append(text: "\(day.iso),\(half.name),") }
    }
    self.sessions = sessions
  }

  /// Appends the file to `bytes`.
  mutating func write(_ pupils: [SamplePupil], to bytes: inout [UInt8]) {
    bytes.append(row: PlainRegister.header, end: "\n")
    let marks = AttendanceCode.allCases.map { Array($0.mark.utf8) + [UInt8(ascii: ",")] }
    for pupil in pupils {
      generator.generate(for: pupil)
      var start: [UInt8] = []
      start.append(
        row: [
          plan.name, plan.urn, pupil.upn, pupil.name.surname, pupil.name.forename,
          plan.style.yearLabel(pupil.year), pupil.form,
        ], end: ",")
      var random = SplitMix64(seed: seed, school: plan.number, pupil: pupil.number, for: .comments)
      append(generator.marks, start: start, marks: marks, using: &random, to: &bytes)
    }
  }

  private func append(
    _ row: SessionMarks, start: [UInt8], marks: [[UInt8]], using random: inout SplitMix64,
    to bytes: inout [UInt8]
  ) {
    let length = PlainRegister.sessionLength
    for (index, code) in row.codes.enumerated() where code != .noMark {
      bytes.append(contentsOf: start)
      bytes.append(contentsOf: sessions[index * length..<(index + 1) * length])
      bytes.append(contentsOf: marks[Int(code.rawValue)])
      if row.minutesLate[index] > 0 { bytes.append(decimal: Int(row.minutesLate[index])) }
      bytes.append(UInt8(ascii: ","))
      if code == .illness || code == .lateBeforeClose, random.bool(percent: 5) {
        let comment = code == .illness ? random.integer(below: 2) : 2
        bytes.append(contentsOf: PlainRegister.comments[comment])
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }
}
