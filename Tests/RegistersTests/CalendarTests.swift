import Registers
import TestSupport
import Testing

@Suite struct CalendarTests {
  @Test func `days are consecutive over leap years and centuries`() {
    var day = Day("1999-12-28")
    for _ in 0..<200_000 {
      let (year, month, dayOfMonth) = day.date
      #expect(Day(year: year, month: month, day: dayOfMonth) == day)
      #expect((day + 1).weekday.rawValue == (day.weekday.rawValue + 1) % 7)
      day = day + 1
    }
    #expect(Day("2025-09-08").weekday == .monday)
    #expect(Day("1969-12-31").weekday == .wednesday)
    #expect(Day("2025-09-08").number == 20_339)
  }

  @Test(arguments: ["2025-02-29", "2025-13-01", "2025-00-10", "2025-9-8", "25-09-08", "2025-09-08x", ""])
  func `an impossible date is refused`(text: String) {
    #expect(Day(iso: text) == nil)
  }

  @Test func `a day has a readable form`() {
    #expect(Day("2025-09-08").formatted == "8 September 2025")
    #expect(Day("2025-09-08").iso == "2025-09-08")
  }

  @Test func `half-terms are found at gaps of five weekdays`() {
    let sessions = RandomRegister.schoolDays.map { Session($0, .morning) }
    let halfTerms = SchoolCalendar(sessionsInSchoolTime: sessions).halfTerms
    #expect(halfTerms.map(\.name) == HalfTerm.Name.allCases)
    #expect(halfTerms.map(\.first.iso).prefix(3) == ["2025-09-03", "2025-11-03", "2026-01-05"])
    #expect(halfTerms.map(\.last.iso).prefix(3) == ["2025-10-24", "2025-12-19", "2026-02-13"])
  }

  @Test func `a closure of four weekdays separates nothing and one of a week keeps the name`() {
    let days = RandomRegister.schoolDays
    let fourOut = days.filter { !(Day("2025-11-10")...Day("2025-11-13") ~= $0) }
    let weekOut = days.filter { !(Day("2025-11-10")...Day("2025-11-14") ~= $0) }
    for days in [fourOut, weekOut] {
      let halfTerms = SchoolCalendar(sessionsInSchoolTime: days.map { Session($0, .morning) }).halfTerms
      #expect(halfTerms.map(\.name) == HalfTerm.Name.allCases)
      #expect(halfTerms[1].first == Day("2025-11-03"))
    }
  }

  @Test(arguments: [
    ("2025-10-20", HalfTerm.Name.autumn1), ("2025-11-03", .autumn2), ("2024-01-08", .spring1),
    ("2026-02-09", .spring1), ("2024-02-19", .spring2), ("2026-03-24", .spring2), ("2024-04-15", .summer1),
    ("2026-06-01", .summer2), ("2025-09-01", .autumn1), ("2026-08-27", .autumn1),
  ])
  func `a few days have the half-term of their middle`(first: String, name: HalfTerm.Name) {
    let sessions = (0..<4).map { Session(Day(first) + $0, .morning) }
    #expect(SchoolCalendar(sessionsInSchoolTime: sessions).halfTerms.map(\.name) == [name])
  }

  /// Exports may lack months: the days on either side are not one half-term.
  @Test(arguments: [
    (("2025-09-08", "2025-09-12"), ("2026-01-08", "2026-01-09"), ["Autumn 1", "Spring 1"]),
    (("2025-09-08", "2025-10-03"), ("2025-11-20", "2025-12-12"), ["Autumn 1", "Autumn 2"]),
    (("2025-11-10", "2025-11-14"), ("2026-06-08", "2026-06-12"), ["Autumn 2", "Summer 2"]),
  ])
  func `a gap in the exports separates half-terms`(
    before: (String, String), after: (String, String), names: [String]
  ) {
    #expect(Self.halfTerms([before, after]).map { String($0.prefix(8)) } == names)
  }

  static func halfTerms(_ spans: [(String, String)]) -> [String] {
    let days = spans.flatMap { first, last in
      (0...(Day(last) - Day(first))).map { Day(first) + $0 }.filter(\.weekday.isSchoolDay)
    }
    return SchoolCalendar(sessionsInSchoolTime: days.map { Session($0, .morning) }).halfTerms
      .map { "\($0.name.rawValue) \($0.first) \($0.last)" }
  }

  @Test func `a closure near a holiday is not the holiday`() {
    #expect(
      Self.halfTerms([
        ("2025-09-03", "2025-10-10"), ("2025-10-20", "2025-10-24"), ("2025-11-03", "2025-11-14"),
      ]) == ["Autumn 1 2025-09-03 2025-10-24", "Autumn 2 2025-11-03 2025-11-14"])
    #expect(
      Self.halfTerms([
        ("2026-02-23", "2026-03-13"), ("2026-03-24", "2026-03-27"), ("2026-04-13", "2026-04-24"),
      ])
        == ["Spring 2 2026-02-23 2026-03-27", "Summer 1 2026-04-13 2026-04-24"])
  }

  @Test func `counties with other holidays keep their names`() {
    // Leicestershire's October week; a fortnight in October; an early Easter (2024) and a late one (2025).
    #expect(
      Self.halfTerms([("2025-08-27", "2025-10-10"), ("2025-10-20", "2025-12-19")])
        == ["Autumn 1 2025-08-27 2025-10-10", "Autumn 2 2025-10-20 2025-12-19"])
    #expect(
      Self.halfTerms([("2025-09-02", "2025-10-17"), ("2025-11-03", "2025-11-21")])
        == ["Autumn 1 2025-09-02 2025-10-17", "Autumn 2 2025-11-03 2025-11-21"])
    #expect(
      Self.halfTerms([
        ("2024-02-19", "2024-03-28"), ("2024-04-15", "2024-05-24"), ("2024-06-03", "2024-07-23"),
      ])
        == [
          "Spring 2 2024-02-19 2024-03-28", "Summer 1 2024-04-15 2024-05-24",
          "Summer 2 2024-06-03 2024-07-23",
        ])
    #expect(
      Self.halfTerms([
        ("2025-02-24", "2025-04-11"), ("2025-04-28", "2025-05-23"), ("2025-06-02", "2025-07-22"),
      ])
        == [
          "Spring 2 2025-02-24 2025-04-11", "Summer 1 2025-04-28 2025-05-23",
          "Summer 2 2025-06-02 2025-07-22",
        ])
  }

  @Test(arguments: [
    ("2025-10-20", "2025-11-03", HalfTerm.Name.autumn1, HalfTerm.Name.autumn2),
    ("2026-02-09", "2026-02-23", .spring1, .spring2), ("2026-03-24", "2026-04-13", .spring2, .summer1),
  ])
  func `marks that begin a few days before a holiday keep the half-term that ends there`(
    first: String, second: String, name: HalfTerm.Name, next: HalfTerm.Name
  ) {
    let days = [first, second].flatMap { start in (0..<4).map { Day(start) + $0 } }
    let calendar = SchoolCalendar(sessionsInSchoolTime: days.map { Session($0, .morning) })
    #expect(calendar.halfTerms.map(\.name) == [name, next])
  }

  @Test func `given half-terms with a session are used`() {
    let given = [
      HalfTerm(.autumn1, from: Day("2025-09-01"), to: Day("2025-10-24")),
      HalfTerm(.autumn2, from: Day("2025-11-03"), to: Day("2025-12-19")),
    ]
    let sessions = [Session(Day("2025-09-08"), .morning)]
    #expect(SchoolCalendar(sessionsInSchoolTime: sessions, halfTerms: given).halfTerms == [given[0]])
  }

  @Test func `a session is in school time when any pupil has a mark that shows it`() {
    // Source: rules, section 5: other than #, Z or missing.
    let register = Register(["# Z - D /", "# - Z X -"], from: Day("2025-09-08"))
    #expect(register.inSchoolTime == [false, false, false, true, true])
    #expect(register.calendar.weeks == [Day("2025-09-08")])
    #expect(register.calendar.days == [Day("2025-09-09"), Day("2025-09-10")])
  }

  @Test func `a school year starts on the first of August`() {
    #expect(SchoolYear(containing: Day("2025-07-31")).timePeriod == "202425")
    #expect(SchoolYear(containing: Day("2025-08-01")).timePeriod == "202526")
    #expect(SchoolYear(start: 2099).name == "2099/00")
    #expect(SchoolYear(start: 2025).age(of: Day("2020-08-31")) == 5)
    #expect(SchoolYear(start: 2025).age(of: Day("2020-09-01")) == 4)
  }

  @Test func `personal data does not print itself`() {
    var pupil = Pupil.ofYear(7)
    pupil.surname = Redacted("Canary")
    pupil.upn = Redacted("A123456789012")
    for text in ["\(pupil)", String(reflecting: pupil), "\(pupil.surname)", String(reflecting: pupil.upn)] {
      #expect(!text.contains("Canary") && !text.contains("A1234"), "\(text)")
    }
    var dumped = ""
    dump(pupil, to: &dumped)
    #expect(!dumped.contains("Canary") && !dumped.contains("A1234"))
  }
}
