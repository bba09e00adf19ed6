import Registers

/// The management information system that an export imitates.
enum ExportStyle: Sendable {
  /// A report in the style of SIMS, with a row for each pupil and session, in Windows-1252.
  case sims
  /// A row for each pupil and week with the marks in one string, and a file for each half-term.
  case weekStrings
  /// A workbook of printed registers, with a sheet for each class.
  case registerWorkbook
  /// The records of the Wonde API in JSON, with identifiers for pupils and codes.
  case wonde
  /// A row for each pupil and session in UTF-8, for trusts of any size.
  case plain
}

extension ExportStyle {
  var encoding: ExportEncoding {
    switch self {
    case .sims: .windows1252
    case .weekStrings: .utf8WithByteOrderMark
    case .registerWorkbook, .wonde, .plain: .utf8
    }
  }

  var lineEnd: String { self == .sims ? "\r\n" : "\n" }

  /// The filename extension of the exports.
  var fileExtension: String {
    switch self {
    case .sims, .weekStrings, .plain: "csv"
    case .registerWorkbook: "xlsx"
    case .wonde: "json"
    }
  }

  /// The filename of the pupil file.
  var pupilFileName: String { (self == .wonde ? "students." : "pupils.") + fileExtension }

  /// Returns the name of a national curriculum year in this system.
  func yearLabel(_ year: Int) -> String {
    switch (self, year) {
    case (.sims, 1...): "Year  \(year)"
    case (_, ..<0): "N2"
    case (_, 0): "R"
    case (.registerWorkbook, _): "Year \(year)"
    case (.weekStrings, _): "Yr \(year)"
    case (.wonde, _), (.plain, _), (.sims, _): "\(year)"
    }
  }

  /// Returns the identifier of a pupil in this system.
  func systemID(of pupil: SamplePupil) -> String {
    (self == .wonde ? "A1039" : "") + String(pupil.systemID)
  }

  /// The format of the values in the pupil file.
  var pupilValueFormat: PupilValueFormat {
    switch self {
    case .sims: PupilValueFormat(yes: "T", no: "F", dates: .dayFirst)
    case .weekStrings, .registerWorkbook: PupilValueFormat(yes: "Yes", no: "No", dates: .dayFirst)
    case .wonde, .plain: PupilValueFormat(yes: "Y", no: "N", dates: .iso)
    }
  }

  /// Returns a random office comment on a mark, which is empty for most marks.
  func comment(on code: AttendanceCode, using random: inout SplitMix64) -> String {
    switch self {
    case .sims: random.bool(percent: 4) ? random.element(of: code.comments) : ""
    case .wonde: random.bool(percent: 2) ? random.element(of: code.comments) : ""
    case .weekStrings, .registerWorkbook, .plain: ""
    }
  }
}

extension AttendanceCode {
  /// The comments that a school office could add to the code.
  fileprivate var comments: [String] {
    switch self {
    case .illness:
      [
        "sickness bug", "temperature, kept at home", "Mum rang: \"sick in the night\"", "chesty cough",
        "Left message 9.10\nrang back 9.40, still poorly", "headache, sent home at 12",
        "Père phoned – unwell",
      ]
    case .medical: ["dentist", "hospital appointment, card seen", "orthodontist 10.15", "optician"]
    case .lateBeforeClose: ["bus late, again", "overslept", "traffic", "brother's school first"]
    case .lateAfterClose: ["arrived after 9.30", "\"overslept\", no note"]
    case .otherUnauthorised: ["no reply to calls", "reason given not accepted", "no contact, text sent"]
    case .reasonNotEstablished: ["text sent, no reply", "left message"]
    case .holidayNotGranted: ["leave request refused, letter sent"]
    case .exceptionalLeave: ["funeral", "family wedding, one day granted"]
    case .noMark, .presentMorning, .presentAfternoon, .arrangedByLocalAuthority, .visitOrTrip,
      .sportingActivity, .workExperience, .approvedActivity, .dualRegistered, .regulatedPerformance,
      .interview,
      .studyLeave, .notRequired, .partTimeTimetable, .parentTravelling, .religiousObservance, .suspended,
      .lackOfAccess, .noTransport, .travelDisruption, .premisesPartClosed, .siteClosed, .detained,
      .publicHealth,
      .otherUnavoidable, .notYetOnRegister, .plannedClosure, .retiredFamilyHoliday, .retiredInterview,
      .retiredExtendedHoliday, .retiredUnableToAttend:
      [""]
    }
  }
}

/// A file of a showcase school's export, with the positions of its seeded errors.
struct ExportedFile {
  /// The filename in the school's folder.
  let name: String
  let content: Content
  var errors: [SeededError] = []

  enum Content {
    case text([UInt8])
    case workbook(SampleWorkbook)
  }

  /// Returns the bytes of the file.
  ///
  /// - Throws: `SampleFailure` if libxlsxwriter cannot write a workbook.
  func bytes() throws(SampleFailure) -> [UInt8] {
    switch content {
    case .text(let bytes): bytes
    case .workbook(let workbook): try WorkbookWriter.bytes(of: workbook, named: name)
    }
  }
}
