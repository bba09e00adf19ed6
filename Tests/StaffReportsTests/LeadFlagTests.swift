import Measures
import Policies
import Registers
import ReportModel
import TestSupport
import Testing

@testable import StaffReports

/// The flags of a lead's report at their thresholds, and the strip of the year. Source: rules, section 8; `LeadFlag`.
@Suite struct LeadFlagTests {
  private static let days = [Day].weekdays(100, from: "2025-09-08")
  private static let halfTerms = [
    HalfTerm(.autumn1, from: days[0], to: days[49]), HalfTerm(.autumn2, from: days[50], to: days[99]),
  ]

  /// The flags of a pupil by the marks of two half-terms of 100 sessions.
  private static func flags(
    _ before: String, _ now: String, _ change: (inout Pupil) -> Void = { _ in }
  ) throws -> [LeadFlag] {
    let lines = [before + " " + now, MadeMarks.of(("/", 200))]
    let pupils = [
      Pupil.made {
        $0.senProvision = .support; change(&$0)
      }, .ofYear(5),
    ]
    let school = try Listed(
      Register(lines, on: days, pupils: pupils, halfTerms: halfTerms), by: "dfe-2024"
    ).school
    return LeadFlag.all(of: school.pupils[0], school)
  }

  private static func missed(_ count: Int, of possible: Int = 100, by code: String = "O") -> String {
    MadeMarks.missed(count, of: possible, in: 100, by: code)
  }

  @Test(arguments: [(2, 69, false), (3, 100, true), (50, 100, true)])
  func `a fall of three points is flagged`(missed: Int, possible: Int, isFlagged: Bool) throws {
    let now = Self.missed(missed, of: possible)
    let support = try Self.flags(Self.missed(0), now)
    #expect(support.contains { $0.kind == .falling } == isFlagged)
    let plan = try Self.flags(Self.missed(0), now) { $0.senProvision = .ehcPlan }
    #expect(plan.contains { $0.kind == .planFalling } == isFlagged)
    #expect(plan.allSatisfy { $0.kind != .falling })
    if isFlagged { #expect(plan[0].action == "EHC plan: tell the local authority") }
  }

  /// Rules, section 2: differences are taken before rounding. 2 of 67 missed is a fall of 2.985 points.
  @Test func `a fall of almost three points is not flagged`() throws {
    let flags = try Self.flags(Self.missed(0), Self.missed(2, of: 67))
    #expect(flags.isEmpty)
  }

  @Test(
    arguments: [(99, [.falling, .enteredPersistent]), (100, [.severe, .falling])] as [(Int, [LeadFlag.Kind])])
  func `half of all sessions is severe`(missed: Int, kinds: [LeadFlag.Kind]) throws {
    let flags = try Self.flags(Self.missed(9), Self.missed(missed - 9))
    #expect(Set(flags.map(\.kind)) == Set(kinds))
    #expect(flags.map(\.kind.rawValue) == flags.map(\.kind.rawValue).sorted())
  }

  /// The threshold is 20 of 200 sessions; 9 of 100 in the half-term before were below it.
  @Test(arguments: [(9, 10, false), (9, 11, true), (10, 10, false), (20, 9, false)])
  func `a pupil who became persistently absent is flagged`(before: Int, now: Int, isFlagged: Bool) throws {
    let flags = try Self.flags(Self.missed(before), Self.missed(now))
    #expect(flags.contains { $0.kind == .enteredPersistent } == isFlagged)
  }

  @Test func `a joiner is not flagged as newly persistently absent`() throws {
    let flags = try Self.flags(MadeMarks.of(("X", 100)), Self.missed(20))
    #expect(flags.isEmpty)
  }

  @Test(arguments: [(29, false), (30, true)]) func `fifteen days of illness are flagged`(
    sessions: Int, isFlagged: Bool
  )
    throws
  {
    let flags = try Self.flags(Self.missed(15, by: "I"), Self.missed(sessions - 15, by: "I"))
    #expect(flags.contains { $0.kind == .illness } == isFlagged)
  }

  /// Rules, section 3: lists of returns use the legal age, as the attendance team's list does.
  @Test func `a pupil past compulsory school age needs no return`() throws {
    let flags = try Self.flags(Self.missed(30, by: "I"), Self.missed(0)) { $0.year = NCYear(12) }
    #expect(!flags.contains { $0.action.contains("sickness return") })
  }

  @Test(arguments: [(6, false), (7, true)]) func `more than six weeks part-time are flagged`(
    weeks: Int, isFlagged: Bool
  )
    throws
  {
    let line = MadeMarks.days(50, "/ C2", on: (0..<weeks).map { 5 * $0 })
    let flags = try Self.flags(line, Self.missed(0))
    #expect(flags.contains { $0.kind == .partTime } == isFlagged)
  }

  @Test func `a leaver has no flag`() throws {
    #expect(try Self.flags(Self.missed(9), Self.missed(91)) { $0.left = Self.days[98] }.isEmpty)
    #expect(try Self.flags(Self.missed(9), Self.missed(91)) { $0.left = Self.days[99] }.count == 2)
  }

  @Test(arguments: LawSeeds.all) func `the table of flags has each flag once most pressing first`(
    seed: UInt64
  ) throws {
    let school = try LeadReportTests.school(seed)
    for lead in LeadReportTests.leads {
      let report = lead.make(school)
      let rows = LeadReportTests.rows(report, "Flags")
      let named = Set(LeadReportTests.rows(report, "Pupils_by_half_term").map { $0[0].formatted })
      let flags = school.pupils.filter { named.contains($0.pupil.surname.unredacted) }
        .map { LeadFlag.all(of: $0, school) }
      #expect(rows.count == flags.reduce(0) { $0 + $1.count }, "seed \(seed)")
      let kinds = rows.compactMap { row in
        flags.joined().first { $0.concern == row[4].formatted && $0.action == row[5].formatted }?.kind
          .rawValue
      }
      #expect(kinds == kinds.sorted())
      let flagged = flags.count { !$0.isEmpty }
      #expect(
        report.headlines.contains { $0.formatted.hasPrefix("\(flagged) of \(named.count) pupils of any age") }
      )
    }
  }

  // MARK: the strip

  /// The days named in words such as `8 Sep to 12 Sep O, 16 Sep AM N`, of 2025/26.
  private static func days(in words: String) -> [Day] {
    let months = ["Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"]
    func day(_ number: Substring, _ month: Substring) -> Day? {
      guard let place = months.firstIndex(of: String(month)), let number = Int(number) else { return nil }
      return Day(year: place < 4 ? 2025 : 2026, month: (place + 8) % 12 + 1, day: number)
    }
    return words.split(separator: ", ").flatMap { part -> [Day] in
      let words = part.split(separator: " ")
      guard words.count > 2, let first = day(words[0], words[1]) else { return [] }
      guard words.count > 5, words[2] == "to", let last = day(words[3], words[4]) else { return [first] }
      return (0...max(0, last - first)).map { first + $0 }.filter(\.weekday.isSchoolDay)
    }
  }

  @Test(arguments: LawSeeds.all) func `a strip has every week and every day of absence`(seed: UInt64) throws {
    let school = try LeadReportTests.school(seed)
    let strips = YearStrips(school)
    for pupil in school.pupils {
      let strip = strips.strip(of: pupil)
      #expect(strip.weeks.map(\.monday) == school.schoolWeeks, "seed \(seed)")
      let starts = strip.weeks.filter(\.startsHalfTerm).map(\.monday)
      #expect(starts == school.halfTerms.map(\.first.monday))
      let marks = strip.weeks.flatMap(\.marks).compactMap(\.self)
      #expect(marks.count { $0 == .authorised } == pupil.year.authorised, "seed \(seed)")
      #expect(marks.count { $0 == .unauthorised } == pupil.year.unauthorised, "seed \(seed)")
      #expect(marks.count { $0 == .late } == pupil.year[.lateBeforeClose], "seed \(seed)")
      #expect(marks.count { $0 == .attended } == pupil.year.attending - pupil.year[.lateBeforeClose])
      let absent = Set(school.marks(of: pupil, .absence).map(\.session.day)).sorted()
      guard !absent.isEmpty else {
        #expect(strip.formatted == "No absence.")
        continue
      }
      let opening = "Absent on \(absent.count) \(absent.count == 1 ? "day" : "days"): "
      #expect(strip.formatted.hasPrefix(opening))
      #expect(Self.days(in: String(strip.formatted.dropFirst(opening.count))) == absent, "seed \(seed)")
    }
  }
}
