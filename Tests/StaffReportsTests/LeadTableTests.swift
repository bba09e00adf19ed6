import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports
@testable import ReportModel

/// The lists and cards of a lead's report add up pupil by pupil. Source: rules, sections 1, 6 and 7; `LeadTables`.
@Suite struct LeadTableTests {
  /// The pupils of a report by name, with a table of it.
  private static func rows(
    _ report: Report, _ name: String, _ school: SchoolFigures
  ) throws -> [(pupil: PupilFigures, cells: [String: Cell])] {
    let table = try #require(report.tables.first { $0.name == name }, "\(name)")
    let byName = Dictionary(uniqueKeysWithValues: school.pupils.map { ($0.pupil.surname.unredacted, $0) })
    return try table.rows.map { row in
      let cells = zip(table.columns.map(\.header), row).map { ($0, $1) }
      return (try #require(byName[row[0].formatted]), Dictionary(uniqueKeysWithValues: cells))
    }
  }

  private static func sessions(_ cells: [String: Cell], _ headers: [String]) -> Int {
    headers.reduce(0) { $0 + Int(cells[$1]?.value ?? -1000) }
  }

  @Test(arguments: LawSeeds.all) func `the reasons add up to the absence`(seed: UInt64) throws {
    let school = try LeadReportTests.school(seed)
    let report = Report.disadvantagedReport(school)
    let authorised = [
      "Illness (I)", "Medical (M)", "Part-time timetable (C2)", "Suspended (E)", "Exceptional leave (C)",
      "Other authorised",
    ]
    let unauthorised = [
      "Holiday not granted (G)", "No reason yet (N)", "Other unauthorised (O)", "Late after close (U)",
    ]
    for (pupil, cells) in try Self.rows(report, "Reasons", school) {
      #expect(Self.sessions(cells, authorised) == pupil.year.authorised, "seed \(seed)")
      #expect(Self.sessions(cells, unauthorised) == pupil.year.unauthorised, "seed \(seed)")
      #expect(cells["Absent sessions"] == .sessions(pupil.year.absence, of: 1))
      let c2 = pupil.year[.partTimeTimetable]
      #expect(
        cells["Excluding part-time timetables (%)"]
          == .rate(Rate(pupil.year.absence - c2, of: pupil.year.possible - c2), of: 1))
      let offSite = [AttendanceCode.approvedActivity, .arrangedByLocalAuthority, .dualRegistered].reduce(0) {
        $0 + pupil.year[$1]
      }
      #expect(cells["Off site (B, K, D)"] == .sessions(offSite, of: 1))
    }
    for (pupil, cells) in try Self.rows(report, "Pupils_by_half_term", school) {
      #expect(Self.sessions(cells, ["Authorised sessions", "Unauthorised sessions"]) == pupil.year.absence)
      for (halfTerm, tally) in zip(school.halfTerms, pupil.halfTerms) {
        #expect(cells["\(halfTerm.name.rawValue) (%)"] == .rate(tally.attendanceRate, of: 1), "seed \(seed)")
      }
    }
  }

  @Test(arguments: LawSeeds.all) func `weeks, absences and weekdays are those of the pupil`(seed: UInt64)
    throws
  {
    let school = try LeadReportTests.school(seed)
    let report = Report.sencoReport(school)
    for (pupil, cells) in try Self.rows(report, "Weeks_and_lateness", school) {
      let spells = school.spells(of: pupil)
      #expect(
        cells["Weeks with an absence"] == .number(pupil.weeks.broken), "the policy has no rule of its own")
      #expect(cells["Separate absences"] == .number(spells.count), "seed \(seed)")
      #expect(
        cells["Late marks with minutes recorded"]
          == .text("\(pupil.lateness.marksWithMinutes) of \(pupil.lateness.marks)"))
      // The register has no minutes: a blank is never 0.
      let hasMarks = pupil.lateness.marks > 0
      #expect(cells["Minutes late"] == (hasMarks ? .shorthand(.notAvailable) : .minutes(0, of: 1)))
    }
    for (pupil, cells) in try Self.rows(report, "Weekdays", school) {
      let rates = Weekday.allCases.filter(\.isSchoolDay).compactMap { day -> Rate? in
        if case .rate(let rate, _) = cells["\(day.name) (%)"] { rate } else { nil }
      }
      #expect(rates.reduce(0) { $0 + $1.part } == pupil.year.absence, "seed \(seed)")
      #expect(rates.reduce(0) { $0 + $1.whole } == pupil.year.possible, "seed \(seed)")
      let halves = ["Mornings (%)", "Afternoons (%)"].compactMap { header -> Rate? in
        if case .rate(let rate, _) = cells[header] { rate } else { nil }
      }
      #expect(halves.reduce(0) { $0 + $1.part } == pupil.year.absence)
    }
  }

  @Test(arguments: LawSeeds.all) func `a card agrees with the lists`(seed: UInt64) throws {
    let school = try LeadReportTests.school(seed)
    let byName = Dictionary(uniqueKeysWithValues: school.pupils.map { ($0.pupil.surname.unredacted, $0) })
    for lead in LeadReportTests.leads {
      for card in lead.make(school).sections.flatMap(\.cards) {
        let pupil = try #require(byName[card.name])
        #expect(card.attendance == .rate(pupil.year.attendanceRate, of: 1))
        #expect(card.flags.count == LeadFlag.all(of: pupil, school).count)
        let reasons = try #require(card.lines.first).split(separator: ";")[0].split(separator: ": ")
        #expect(reasons[0] == "Absent for \(pupil.year.absence) of \(pupil.year.possible) sessions")
        let parts = reasons[1].split(separator: ", ").compactMap { Int($0.split(separator: " ").last ?? "") }
        #expect(parts.reduce(0, +) == pupil.year.absence && parts == parts.sorted(by: >), "seed \(seed)")
        let change = pupil.change.map { $0 == 0 ? "same as " : $0 < 0 ? "down " : "up " } ?? ""
        #expect(card.change.hasPrefix(change) && card.change.isEmpty == (pupil.change == nil))
      }
    }
  }

  /// The complete text of a pupil's card.
  @Test func `a card has the name, the figures and the reasons`() throws {
    let pupil = Pupil.made {
      ($0.surname, $0.forename, $0.registrationGroup) = (Redacted("Ash"), Redacted("Ann"), "5A")
      ($0.senProvision, $0.senNeed) = (.support, "SEMH")
    }
    let line = MadeMarks.days(20, but: [0: "I", 2: "L L", 3: "C2 \\", 9: "/ O", 12: "L \\", 13: "B D"])
    let school = try Listed(
      Register([line, MadeMarks.days(20, but: [:])], from: Day("2025-09-08"), pupils: [pupil, .ofYear(5)]),
      by: "dfe-2024"
    ).school
    let card = try #require(Report.sencoReport(school).sections.flatMap(\.cards).first)
    #expect(card.name == "Ash, Ann" && card.details == "Year 5, 5A, SEN support, SEMH")
    #expect(card.attendance.formatted == "89.7%" && card.change == "" && card.flags == [])
    #expect(
      card.lines == [
        "Absent for 4 of 39 sessions: illness 2, other authorised 1, other unauthorised 1; 1 of these for a "
          + "part-time timetable (C2)",
        "3 absences, 2 beside a weekend or holiday, in 2 of 4 weeks", "Late 3 times",
        "Off site or dual registered (B, K, D): 2 sessions",
      ])
    #expect(card.strip.formatted == "Absent on 3 days: 8 Sep I, 11 Sep AM C2, 19 Sep PM O.")
  }
}
