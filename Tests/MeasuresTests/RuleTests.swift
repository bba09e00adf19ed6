import Measures
import Policies
import Registers
import TestSupport
import Testing

/// Each rule on a register small enough to count by hand.
@Suite struct RuleTests {
  static let monday = Day("2025-09-08")

  static func figures(_ lines: [String], pupils: [Pupil]? = nil, asAt: Day? = nil) throws -> SchoolFigures {
    let register = Register(lines, from: monday, pupils: pupils)
    return SchoolFigures(
      register, asAt: asAt ?? register.calendar.days.last ?? monday, policy: try LawTests.dfe())
  }

  static func marks(_ parts: (String, Int)...) -> String {
    parts.flatMap { Array(repeating: $0.0, count: $0.1) }.joined(separator: " ")
  }

  /// Source: rules, section 2.
  @Test(arguments: [(9, false), (10, true)])
  func `exactly 10% missed is persistent, less is not`(missed: Int, isPersistent: Bool) throws {
    let year = try Self.figures([Self.marks(("I", missed), ("/", 100 - missed))]).total(in: .yearToDate)
    #expect(year.persistent == (isPersistent ? 1 : 0))
    #expect(year.severe == 0)
  }

  /// Source: rules, section 2.
  @Test(arguments: [(49, 0), (50, 1)])
  func `exactly 50% missed is severe, and persistent too`(missed: Int, severe: Int) throws {
    let year = try Self.figures([Self.marks(("O", missed), ("/", 100 - missed))]).total(in: .yearToDate)
    #expect(year.severe == severe)
    #expect(year.persistent == 1)
  }

  /// Source: rules, section 2.
  @Test
  func `a rate is a ratio of sums, never a mean of percentages`() throws {
    let figures = try Self.figures([Self.marks(("/", 10)), Self.marks(("I", 2), ("X", 8))])
    let year = figures.total(in: .yearToDate)
    #expect(year.tally.attendanceRate == Rate(10, of: 12))
    #expect(year.enrolments == 2)
  }

  /// Source: rules, section 2.
  @Test
  func `a pupil without a possible session is not an enrolment and has no rate`() throws {
    let figures = try Self.figures([Self.marks(("D", 4), ("X", 4)), Self.marks(("/", 8))])
    #expect(figures.total(in: .yearToDate).enrolments == 1)
    #expect(figures.pupils[0].year.attendanceRate == nil)
    #expect(figures.pupils[0].stage == nil)
  }

  /// Source: rules, section 1.
  @Test(arguments: [
    ("/", "attending"), ("\\", "attending"), ("L", "attending"), ("B", "attending"), ("K", "attending"),
    ("P", "attending"), ("V", "attending"), ("W", "attending"), ("J", "attending"), ("C", "authorised"),
    ("C1", "authorised"), ("C2", "authorised"), ("E", "authorised"), ("I", "authorised"),
    ("J1", "authorised"), ("M", "authorised"), ("R", "authorised"), ("S", "authorised"),
    ("T", "authorised"),
    ("H", "authorised"), ("F", "authorised"), ("G", "unauthorised"), ("N", "unauthorised"),
    ("O", "unauthorised"), ("U", "unauthorised"), ("D", "none"), ("X", "none"), ("Q", "none"),
    ("Y1", "none"),
    ("Y7", "none"), ("Y", "none"), ("#", "none"), ("Z", "none"), ("-", "none"),
  ])
  func `each code has its statistical class`(mark: String, counts: String) throws {
    // A second pupil is present, so that the session is in school time.
    let tally = try Self.figures([mark, "/"]).pupils[0].year
    #expect(tally.attending == (counts == "attending" ? 1 : 0))
    #expect(tally.authorised == (counts == "authorised" ? 1 : 0))
    #expect(tally.unauthorised == (counts == "unauthorised" ? 1 : 0))
    #expect(tally.possible == (counts == "none" ? 0 : 1))
    #expect(tally.late == (mark == "L" || mark == "U" ? 1 : 0))
  }

  /// Source: rules, section 5.
  @Test
  func `a missing mark is counted only if others were at school`() throws {
    let figures = try Self.figures(["/ - # -", "/ / # -"], asAt: Self.monday + 4)
    #expect(figures.codes[.yearToDate]?[.noMark] == 1)
    #expect(figures.codes[.yearToDate]?[.plannedClosure] == 2)
  }

  /// Source: rules, section 3.
  @Test
  func `national figures count pupils aged 5 to 15 on 31 August`() throws {
    func born(_ date: String) -> Pupil {
      var pupil = Pupil.ofYear(1)
      pupil.dateOfBirth = Redacted(Day(date))
      return pupil
    }
    let pupils = [born("2020-08-31"), born("2020-09-01"), born("2009-09-01"), born("2009-08-31"), Pupil()]
    let figures = try Self.figures(pupils.map { _ in "/ /" }, pupils: pupils)
    #expect(figures.pupils.map(\.isInScope) == [true, false, true, false, false])
    #expect(figures.total(in: .yearToDate).enrolments == 2)
    #expect(figures.figures(of: .allOnRoll, in: .yearToDate)?.enrolments == 5)
  }

  @Test
  func `ages unknown`() throws {
    let figures = try Self.figures(["/ /", "I /"], pupils: [Pupil(), Pupil()])
    #expect(figures.total(in: .yearToDate).enrolments == 2)
  }

  @Test
  func `reception and sixth form have only their own row (contract, measures.csv)`()
    throws
  {
    let figures = try Self.figures(["/ /", "I I", "/ /"], pupils: [.ofYear(0), .ofYear(12), .ofYear(3)])
    #expect(figures.groups(of: .ncYear).map(\.breakdown) == ["Reception", "Year 3", "Year 12"])
    #expect(
      figures.groups(of: .sex).compactMap { figures.figures(of: $0, in: .yearToDate)?.enrolments } == [1])
  }

  /// Source: rules, section 3.
  @Test
  func `marks outside the time on roll do not count`() throws {
    var joiner = Pupil.ofYear(4)
    joiner.admitted = Self.monday + 1
    joiner.left = Self.monday + 2
    let figures = try Self.figures(
      [Self.marks(("I", 10)), Self.marks(("/", 10))], pupils: [joiner, .ofYear(4)])
    #expect(figures.pupils[0].year.possible == 4)
    #expect(figures.pupils[0].weeks.inSession == 1)
  }

  /// Source: rules, section 7.
  @Test
  func `minutes: blank is never 0, U adds nothing to minutes lost`() throws {
    let register = Register(
      ["L L U /", "L / / /", "/ / / /"], from: Self.monday,
      minutes: [
        Register.LateMinutes(pupil: 0, session: 0, minutes: 12),
        Register.LateMinutes(pupil: 0, session: 2, minutes: 45),
      ])
    let pupils = SchoolFigures(register, asAt: Self.monday + 4, policy: try LawTests.dfe()).pupils
    #expect(pupils[0].lateness.minutesLate == 57)
    #expect(pupils[0].lateness.minutesLost == 12)
    #expect(pupils[0].lateness.coverage == Rate(2, of: 3))
    #expect(pupils[1].lateness.minutesLate == nil)
    #expect(pupils[1].lateness.minutesLost == nil)
    #expect(pupils[2].lateness.minutesLate == 0)
  }

  @Test
  func `the stage is the highest reached (policy dfe-2024)`() throws {
    let lines = [(0, 20), (2, 18), (10, 10)].map { Self.marks(("I", $0.0), ("/", $0.1)) }
    let stages = try Self.figures(lines).pupils.map { $0.stage?.name ?? "" }
    #expect(stages == ["", "Persistent absence", "Severe absence"])
  }

  /// Source: rules, section 3.
  @Test
  func `year 11 leaves out the second half of the summer term, in measures only`() throws {
    let days = RandomRegister.schoolDays
    let sessions = days.flatMap { [Session($0, .morning), Session($0, .afternoon)] }
    let marks = [UInt8](repeating: AttendanceCode.illness.rawValue, count: sessions.count * 2)
    let register = Register(
      school: School(name: "Test"), pupils: [.ofYear(11), .ofYear(10)], sessions: sessions, marks: marks,
      minutes: [])
    let figures = SchoolFigures(register, asAt: Day("2026-07-21"), policy: try LawTests.dfe())
    let summer2 = sessions.count { $0.day >= Day("2026-06-01") }
    let year11 = try #require(figures.figures(of: Group(.ncYear, "Year 11"), in: .yearToDate))
    #expect(year11.tally.possible == sessions.count - summer2)
    #expect(figures.figures(of: Group(.ncYear, "Year 11"), in: .halfTerm(.summer2)) == nil)
    #expect(
      figures.figures(of: Group(.ncYear, "Year 10"), in: .halfTerm(.summer2))?.tally.possible == summer2)
    #expect(figures.codes[.yearToDate]?[.illness] == sessions.count * 2)
    #expect(figures.pupils[0].year.possible == sessions.count)
  }

  /// Source: rules, section 2.
  @Test
  func `a rate is rounded once, half away from zero`() {
    #expect(Rate(19, of: 20)?.formatted == "95.0%")
    #expect(Rate(1, of: 2000)?.formatted == "0.1%")
    #expect(Rate(1, of: 2001)?.formatted == "0.0%")
    #expect(Rate(2, of: 3)?.data == "66.666667")
    #expect(Rate(1, of: 2)?.data == "50")
    #expect(Rate.divide(-5, by: 2) == -3)
    #expect(Rate.decimal(-7, places: 1) == "-0.7")
    #expect(Rate(1, of: 0) == nil)
  }
}
