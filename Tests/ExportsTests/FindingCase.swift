import Registers
import TabularTestSupport
import TestSupport

@testable import Exports

/// The smallest export that breaks a rule, with the expected row and message.
struct FindingCase: Sendable {
  let rule: FindingRule
  /// `file:row`, or the file alone.
  let location: String
  let message: String
  let findings: @Sendable () throws -> [Finding]

  /// A name that must not occur in any message.
  static let canary = "Quillfeather"
  static let ann = MadeUPN.of(3)
  static let bob = MadeUPN.of(2)

  init(
    _ rule: FindingRule, _ location: String, _ message: String,
    _ findings: @escaping @Sendable () throws -> [Finding]
  ) {
    self.rule = rule
    self.location = location
    self.message = message
    self.findings = findings
  }

  /// Makes a case from rows of pupils of Year 7, from the date on, under `Date,Session,Mark,Mins Late`.
  init(
    _ rule: FindingRule, _ location: String, _ message: String, rows: [String], more: [String] = [],
    details: [String]? = nil, asAt: String? = nil, halfTerms: [HalfTerm] = []
  ) {
    self.init(rule, location, message) {
      let text = FindingCase.register(rows.map { FindingCase.row(FindingCase.ann, $0) } + more)
      return try FindingCase.findings(
        [InMemory.file(text)], details: details, asAt: asAt, halfTerms: halfTerms)
    }
  }

  static func row(_ upn: String, _ rest: String, year: String = "7") -> String {
    "\(upn),\(canary),Zebedee,\(year),\(rest)"
  }

  static func register(_ rows: [String]) -> String {
    (["UPN,Surname,Forename,Year,Date,Session,Mark,Mins Late"] + rows).joined(separator: "\n") + "\n"
  }

  static func findings(
    _ files: [ExportFile], details: [String]? = nil, asAt: String? = nil, halfTerms: [HalfTerm] = []
  ) throws -> [Finding] {
    let pupils = details.map { [InMemory.file($0.joined(separator: "\n") + "\n", "pupils.csv")] } ?? []
    return try Reading(files, pupils: pupils, asAt: asAt, halfTerms: halfTerms).result.schools.flatMap(
      \.findings)
  }
}

extension FindingCase {
  /// One case for each rule.
  static var all: [FindingCase] { rowCases + roleCases + schoolCases + timeCases + fileCases }

  /// Cases about single rows.
  static let rowCases: [FindingCase] = [
    FindingCase(.unknownCode, "autumn.csv:2", "\"?\" is not an attendance code", rows: ["08/09/2025,AM,?,"]),
    FindingCase(
      .unknownSession, "autumn.csv:2", "\"x\" is neither the morning nor the afternoon session",
      rows: ["08/09/2025,x,/,"]),
    FindingCase(
      .impossibleDate, "autumn.csv:2",
      "\"31/11/2025\" is not a date, or is not written like the dates above it",
      rows: ["31/11/2025,AM,/,"]),
    FindingCase(
      .raggedRow, "autumn.csv:2", "the row has 6 fields but the header has 8", rows: ["08/09/2025,AM"]),
    FindingCase(
      .openQuote, "autumn.csv:2", "a quotation mark opens and does not close",
      rows: ["08/09/2025,AM,/,\"12"]),
    FindingCase(
      .noPupilIdentifier, "autumn.csv:3", "the row has no UPN, pupil id or admission number",
      rows: ["08/09/2025,AM,/,"],
      more: [row("", "08/09/2025,PM,\\,")]),
    FindingCase(
      .markWithOtherCharacters, "autumn.csv:2",
      "2 marks are in small letters or with other characters around the code, the first here; read as the code",
      rows: ["08/09/2025,AM,'/,", "08/09/2025,PM,i - Illness,"]),
    FindingCase(
      .notNationalCodes, "autumn.csv",
      "20 of 20 marks are P and none is / or \\: these are not national codes",
      rows: (8...12).flatMap { day in ["AM", "PM"].map { "\(day < 10 ? "0" : "")\(day)/09/2025,\($0),P," } }
        + (15...19).flatMap { day in ["AM", "PM"].map { "\(day)/09/2025,\($0),P," } }),
    FindingCase(.subcode, "autumn.csv:2", "a subcode of I is read as I", rows: ["08/09/2025,AM,I02,"]),
    FindingCase(
      .retiredCode, "autumn.csv:2", "code H was retired after 18 August 2024", rows: ["08/09/2025,AM,H,"]),
    FindingCase(
      .codeBeforeItsDate, "autumn.csv:2", "code K came into use on 19 August 2024",
      rows: ["16/08/2024,AM,K,"]),
    FindingCase(
      .minutesOnOtherCode, "autumn.csv:2", "5 minutes late on code /", rows: ["08/09/2025,AM,/,5"]),
    FindingCase(
      .impossibleMinutes, "autumn.csv:2",
      "a text of 12 characters is not a number of minutes late from 0 to 300",
      rows: ["08/09/2025,AM,L,\(canary)"]),
    FindingCase(
      .weekendMark, "autumn.csv", "1 mark on Saturday 13 September 2025", rows: ["13/09/2025,AM,/,"]),
    FindingCase(
      .duplicateMark, "autumn.csv:3", "1 repeated mark, the first here",
      rows: ["08/09/2025,AM,/,", "08/09/2025,AM,/,"]),
    FindingCase(
      .conflictingMarks, "autumn.csv:3", "two marks for one session: / in row 2, and I here, which is used",
      rows: ["08/09/2025,AM,/,", "08/09/2025,AM,I,"]),
    FindingCase(
      .closureAgainstMark, "autumn.csv:3", "Z or # against a mark: / in row 2, and # here, which is used",
      rows: ["08/09/2025,AM,/,", "08/09/2025,AM,#,"]),
    FindingCase(
      .datesInUniversalTime, "autumn.csv",
      "1 date in universal time (23:00 of the day before), read as the day that is meant",
      rows: ["2025-09-07T23:00:00Z,AM,/,"]),
    FindingCase(
      .lessonPeriods, "autumn.csv", "1 mark of lessons left out",
      rows: ["08/09/2025,AM,/,", "08/09/2025,P3,/,"]),
    FindingCase(
      .notAUPN, "autumn.csv:3",
      "the UPN (2 characters) is not a letter, eleven digits, and a digit or letter",
      rows: ["08/09/2025,AM,/,"], more: [row("A1", "08/09/2025,AM,/,")]),
    FindingCase(
      .textCut, "autumn.csv:3",
      "the text under UPN is longer than 255 characters, and the first 255 are used",
      rows: ["08/09/2025,AM,/,"],
      more: [row(String(repeating: "7", count: 256), "08/09/2025,AM,/,")]),
    FindingCase(
      .upnCheckLetter, "autumn.csv:3", "the check letter of the UPN does not match its other characters",
      rows: ["08/09/2025,AM,/,"], more: [row("B801200016001", "08/09/2025,AM,/,")]),
    FindingCase(
      .temporaryUPN, "autumn.csv:3", "the UPN is temporary", rows: ["08/09/2025,AM,/,"],
      more: [row("H80120001600A", "08/09/2025,AM,/,")]),
  ]

  /// Cases about pupil details, by themselves or against the marks.
  static var roleCases: [FindingCase] {
    let mark = ["09/09/2025,AM,/,"]
    return [
      FindingCase(
        .markBeforeAdmission, "autumn.csv:2", "a mark on 8 September 2025, before the pupil's admission date",
        rows: ["08/09/2025,AM,/,"] + mark, details: ["UPN,Admission Date", "\(ann),09/09/2025"]),
      FindingCase(
        .markAfterLeaving, "autumn.csv:3", "a mark on 10 September 2025, after the pupil's leaving date",
        rows: mark + ["10/09/2025,AM,/,"], details: ["UPN,Leaving Date", "\(ann),09/09/2025"]),
      FindingCase(
        .leavesBeforeAdmission, "pupils.csv:3", "the leaving date is before the admission date", rows: mark,
        details: ["UPN,Admission Date,Leaving Date", "\(ann),,", "\(bob),09/09/2025,08/09/2025"]),
      FindingCase(
        .pupilNotInDetails, "autumn.csv:2", "a pupil with marks from this row on is not in the pupil details",
        rows: mark, details: ["UPN,Surname", "\(bob),\(canary)"]),
      FindingCase(
        .pupilWithoutMarks, "pupils.csv:2", "a pupil with no mark in the registers", rows: mark,
        details: ["UPN,Surname", "\(bob),\(canary)"]),
      FindingCase(
        .pupilListedTwice, "pupils.csv:3", "this pupil is listed in row 2 with a different value under Form",
        rows: mark, details: ["UPN,Form", "\(ann),7A", "\(ann),7B"]),
      FindingCase(
        .pupilRepeated, "pupils.csv:3", "the row repeats a pupil of an earlier row", rows: mark,
        details: ["UPN,Surname", "\(ann),\(canary)", "\(ann),\(canary)"]),
      FindingCase(
        .guestPupils, "pupils.csv", "1 pupil with the enrolment status Guest, not in the figures", rows: mark,
        details: ["UPN,Enrolment Status", "\(ann),C", "\(bob),Guest"]),
      FindingCase(
        .leaversWithoutDate, "pupils.csv",
        "1 pupil with the enrolment status Leaver and no leaving date, counted up to the last mark",
        rows: mark, details: ["UPN,Enrolment Status", "\(ann),Leaver"]),
      FindingCase(
        .datesThatMeanNone, "pupils.csv",
        "column \"Leaving Date\": 1 date such as 01/01/1900 or 31/12/9999, read as no date", rows: mark,
        details: ["UPN,Leaving Date", "\(ann),31/12/9999"]),
      FindingCase(
        .markBetweenSpells, "autumn.csv:2",
        "a mark on 9 September 2025, after the pupil left and before the pupil came back",
        rows: mark + ["11/09/2025,AM,/,"],
        details: [
          "UPN,Admission Date,Leaving Date", "\(ann),10/09/2025,", "\(ann),01/09/2025,08/09/2025",
        ]),
      FindingCase(
        .ageAgainstYear, "pupils.csv:2",
        "the pupil is in Year 7, but by date of birth would usually be in year 11", rows: mark,
        details: ["UPN,DOB,Year", "\(ann),02/01/2010,7"]),
      FindingCase(
        .ageUnknown, "autumn.csv:3", "a pupil without a date of birth or a year group", rows: mark,
        more: [row(bob, mark[0], year: "")]),
      FindingCase(
        .agesUnknown, "autumn.csv",
        "no pupil has a date of birth or a year group, so every pupil counts as aged 5 to 15",
        rows: [], more: [row(bob, "08/09/2025,AM,/,", year: "")]),
      FindingCase(
        .unclearValue, "pupils.csv:2", "the value under \"EAL\" is not understood", rows: mark,
        details: ["UPN,EAL", "\(ann),\(canary)"]),
      FindingCase(
        .valuesNotUnderstood, "pupils.csv:2",
        "column \"EAL\": 2 of 2 values are not understood: \"Polish\" (2)", rows: mark,
        details: ["UPN,EAL", "\(ann),Polish", "\(bob),Polish"]),
      FindingCase(
        .blanksNotKnown, "pupils.csv:1",
        "column \"Pupil Premium?\" has only yes and blanks: 1 pupil not known. If blank means no, set blank_means: "
          + "{disadvantaged: no} under profile in the trust file",
        rows: mark, details: ["UPN,Pupil Premium?", "\(ann),Y", "\(bob),"]),
      FindingCase(
        .columnNotUsed, "pupils.csv:1", "not used: \"FSM history note\"", rows: mark,
        details: ["UPN,FSM history note", "\(ann),see file"]),
      FindingCase(
        .classLooksLikeADate, "pupils.csv:2", "the class \"01-Feb\" looks like a date", rows: mark,
        details: ["UPN,Class", "\(ann),46054"]),
      FindingCase(
        .yearAgainstRegister, "pupils.csv:2",
        "the year group differs from the register for 1 pupil, the first here: Year 8, and Year 7 in the register",
        rows: mark, details: ["UPN,Year", "\(ann),8"]),
      FindingCase(
        .inCareUnclear, "pupils.csv:1",
        "the column \"Is looked after or adopted from care\" does not separate looked-after from adopted pupils, so it "
          + "counts as neither",
        rows: mark, details: ["UPN,Is looked after or adopted from care", "\(ann),Y"]),
      FindingCase(
        .groupColumnMissing, "pupils.csv",
        "no pupil file has the column \"Concern\" that the policy names for \"Groups of concern\""
      ) {
        try Reading(
          [InMemory.file(register([row(ann, mark[0])]))],
          pupils: [InMemory.file("UPN,Surname\n\(ann),\(canary)\n", "pupils.csv")],
          groupColumns: [[GroupColumnTests.concern]]
        ).result.schools[0].findings
      },
    ]
  }
}
