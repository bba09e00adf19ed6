import Measures
import Policies
import Registers
import TestSupport
import Testing

/// First and last days of weeks, half-terms and school years. Source: rules, sections 3, 5, 8 and 11.
@Suite struct YearEdgeTests {
  private static func pupil(_ line: String, _ days: [Day]) throws -> PupilFigures {
    try Shipped.figures(Register([line], on: days)).pupils[0]
  }

  /// Ten school weeks, the last of them the first of the school year: the week after has lost the oldest.
  @Test func `a window that ends in the first week of the year is of the year`() throws {
    let days: [Day] = .school("2025-05-19", "2025-07-18") + .school("2025-09-01", "2025-09-12")
    let line = MadeMarks.of(("O", 10), ("/", 2 * days.count - 10))
    let pupil = try Self.pupil(line, days)
    #expect(pupil.windows.maxUnauthorisedIn10Weeks == 10 && pupil.windows.unauthorisedIn10WeeksNow == 0)
  }

  /// 1 August 2025 is a Friday: a school in session that week has begun its year.
  @Test func `the week of the first of August is of the new year`() throws {
    let days: [Day] = .school("2025-05-26", "2025-08-01") + .school("2025-09-01", "2025-09-05")
    let figures = try Shipped.figures(Register([MadeMarks.of(("O", 10), ("/", 100))], on: days))
    #expect(figures.pupils[0].windows.maxUnauthorisedIn10Weeks == 10)
    #expect(figures.pupils[0].year.possible == 12)
    #expect(figures.schoolWeeks == [Day("2025-07-28"), Day("2025-09-01")])
  }

  /// The first possible session of the year is the eightieth of a window that begins with ten of U.
  @Test func `a window of sessions that ends with the first of the year is of the year`() throws {
    let days: [Day] = .school("2025-05-26", "2025-07-18") + .school("2025-09-01", "2025-09-05")
    // Eighty sessions of last year. Where one of them is not possible all ten are in the window, otherwise the oldest
    // has expired.
    for (line, count) in [
      (MadeMarks.of(("X", 1), ("U", 10), ("/", 79)), 10), (MadeMarks.of(("U", 10), ("/", 80)), 9),
    ] {
      #expect(try Self.pupil(line, days).windows.maxLateAfterCloseIn80 == count)
    }
  }

  /// In August, before a school day of the year, no window has ended in it; the one that ends now is that of July.
  @Test func `before the first school day no window has ended in the year`() throws {
    let days: [Day] = .school("2025-07-14", "2025-07-18") + .school("2025-09-01", "2025-09-05")
    let figures = try Shipped.figures(
      Register([MadeMarks.of(("O", 10), ("/", 10))], on: days), asAt: Day("2025-08-15"))
    #expect(figures.pupils[0].evidence[0].now.count == 10)
    #expect(figures.pupils[0].windows.maxUnauthorisedIn10Weeks == 0)
  }

  @Test func `windows that ended last year do not count this year`() throws {
    let days: [Day] = .school("2025-05-05", "2025-07-18") + .school("2025-09-01", "2025-09-05")
    #expect(days.count == 60)
    for mark in ["O", "U"] {
      let pupil = try Self.pupil(MadeMarks.of((mark, 10), ("/", 110)), days)
      #expect(pupil.windows.maxUnauthorisedIn10Weeks == 0)
      #expect(pupil.windows.maxLateAfterCloseIn80 == 0)
    }
  }

  /// The as-at date is a Monday, on which a school week begins.
  @Test func `a week begins on its Monday`() throws {
    let figures = try Shipped.figures(
      Register([MadeMarks.of(("O", 1), ("/", 9), ("O", 1), ("/", 9))], from: Day("2025-09-08")),
      asAt: Day("2025-09-15"))
    let pupil = figures.pupils[0]
    #expect(pupil.windows.unauthorisedIn10WeeksNow == 2 && pupil.evidence[0].now.count == 2)
    #expect(pupil.weeks.inSession == 2 && pupil.weeks.broken == 2)
    #expect(pupil.evidence[0].weeksUntilOldestDrops == 9)
    #expect(figures.schoolWeeks == [Day("2025-09-08"), Day("2025-09-15")])
    #expect(figures.lastSchoolDays(2) == [Day("2025-09-12"), Day("2025-09-15")])
    #expect(figures.schoolDays(after: Day("2025-09-12")) == 1 && figures.schoolDays(after: figures.asAt) == 0)
  }

  private static func policy(_ span: String) -> String {
    """
    title: P
    windows: [{name: Two, sessions: 2, codes: unauthorised, within: \(span)}]
    stages: [{name: Two, window: Two}]
    """
  }

  /// On the sixth school day, a Monday, the day five school days before is the Monday of the week before.
  @Test func `a week ago may be the first day`() throws {
    let register = Register([MadeMarks.of(("O", 2), ("/", 10))], from: Day("2025-09-08"))
    let pupil = try Shipped.figures(register, by: Self.policy("{school_weeks: 1}")).pupils[0]
    #expect(pupil.stage == nil && pupil.stageIndexWeekAgo == 0)
  }

  private static let halfTerms = [
    HalfTerm(.autumn1, from: Day("2025-09-01"), to: Day("2025-10-24")),
    HalfTerm(.autumn2, from: Day("2025-11-03"), to: Day("2025-12-19")),
  ]

  @Test func `a half-term begins with its first day`() throws {
    let days: [Day] = .school("2025-10-20", "2025-10-24") + .school("2025-11-03", "2025-11-10")
    let line = MadeMarks.of(("/", 10), ("O", 2), ("/", 10))
    let register = Register([line], on: days, halfTerms: Self.halfTerms)
    let first = try Shipped.figures(register, by: Self.policy("half_term"), asAt: Day("2025-11-03"))
    #expect(first.halfTerms.map(\.name) == [.autumn1, .autumn2])
    #expect(first.pupils[0].stage?.name == "Two")
    #expect(first.pupils[0].before?.attendanceRate == Rate(10, of: 10))
    // Five school days later, what was so on that first day is of the new half-term too.
    let later = try Shipped.figures(register, by: Self.policy("half_term"), asAt: Day("2025-11-10"))
    #expect(later.pupils[0].stageIndexWeekAgo == 0)
  }

  @Test func `attendance at the end of the half-term before is not absence`() throws {
    let days: [Day] = .school("2025-10-20", "2025-10-24") + .school("2025-11-03", "2025-11-07")
    let before = try #require(try Self.pupil(MadeMarks.of(("/", 7), ("I", 13)), days).before)
    #expect(before.attendanceRate == Rate(7, of: 10) && before.absenceRate == Rate(3, of: 10))
  }

  /// A week in session between two half-terms as planned belongs to neither.
  @Test func `days outside half-terms are not in the current one`() throws {
    let halfTerms = [
      HalfTerm(.autumn1, from: Day("2025-09-08"), to: Day("2025-09-12")),
      HalfTerm(.autumn2, from: Day("2025-09-22"), to: Day("2025-09-26")),
    ]
    let register = Register(
      [MadeMarks.of(("/", 10), ("O", 4), ("/", 16))], on: .school("2025-09-08", "2025-09-26"),
      halfTerms: halfTerms)
    let pupil = try Shipped.figures(register, by: Self.policy("half_term")).pupils[0]
    #expect(pupil.evidence[1].now.isEmpty && pupil.stage == nil)
    #expect(pupil.year.absence == 4)
  }

  /// Source: rules, section 11.
  @Test(arguments: [
    ("2025-11-13", "2025-10-24", [HalfTerm.Name.autumn1, .autumn2]),
    ("2025-11-14", "2025-11-03", [.autumn2]), ("2025-11-12", "2025-10-23", [.autumn1, .autumn2]),
  ])
  func `the last ten school days are provisional, and a half-term that ends within them`(
    asAt: String, from: String, names: [HalfTerm.Name]
  ) throws {
    let days: [Day] = .school("2025-10-06", "2025-10-24") + .school("2025-11-03", "2025-11-14")
    let figures = try Shipped.figures(
      Register([MadeMarks.of(("/", 2 * days.count))], on: days), asAt: Day(asAt))
    #expect(figures.provisionalFrom == Day(from))
    #expect(figures.provisional == Set(names.map { Period.halfTerm($0) }))
  }

  /// Source: rules, section 3.
  @Test
  func `summer 2 has no national session of a pupil of Year 11, whose status changed or not`() throws {
    let days = RandomRegister.schoolDays
    var changed = Pupil.ofYear(11)
    changed.datedStatuses = [DatedStatus(.senProvision(.support), from: Day("2026-01-05"), to: nil)]
    let line = MadeMarks.of(("I", 2 * days.count))
    let pupils = [Pupil.ofYear(11), changed, .ofYear(10)]
    let figures = try Shipped.figures(
      Register(Array(repeating: line, count: 3), on: days, pupils: pupils), asAt: Day("2026-07-21"))
    let (all, summer2) = (2 * days.count, 2 * days.count { $0 >= Day("2026-06-01") })
    #expect(figures.pupils.map { figures.national($0)?.possible } == [all - summer2, all - summer2, all])
    #expect(
      figures.pupils.map { figures.national($0, in: .halfTerm(.summer2))?.possible } == [0, 0, summer2])
    #expect(figures.total(in: .yearToDate).tally.possible == 3 * all - 2 * summer2)
    #expect(figures.total(in: .halfTerm(.summer2)).tally.possible == summer2)
    #expect(
      figures.weekdays.values.flatMap(\.values).reduce(0) { $0 + $1.tally.possible } == 3 * all - 2 * summer2)
  }

  /// Source: rules, section 5.
  @Test
  func `missing marks of a pupil whose status changed are counted where others were at school`() throws {
    var pupil = Pupil.ofYear(5)
    pupil.datedStatuses = [DatedStatus(.lookedAfter(.yes), from: Day("2025-09-09"), to: nil)]
    let register = Register(["/ - - /", "/ / / /"], from: Day("2025-09-08"), pupils: [pupil, .ofYear(5)])
    let figures = try Shipped.figures(register)
    #expect(figures.codes[.yearToDate]?[.noMark] == 2)
    let tally = figures.tally(of: figures.pupils[0], from: Day("2025-09-09"), to: Day("2025-09-09"))
    #expect(tally.missing == 1 && tally.possible == 1)
  }
}
