import Testing

@testable import Policies

/// Source: rules, section 7.
@Suite struct DaysLostTests {
  private func lateness() throws -> Policy.Lateness {
    try Policy(
      name: "m", yaml: try #require(Policy.shipped["mason-moor-primary"]), file: "m"
    ).lateness
  }

  /// The school's own table: minutes a day of a year of 190 days, in days and lessons.
  @Test(arguments: [
    (5, 35, 20), (10, 70, 41), (15, 100, 55), (20, 145, 82), (30, 220, 123),
    // Between the rows, from nothing, and past the end along the last slope.
    (0, 0, 0), (25, 183, 103), (40, 295, 164),
  ])
  func `the table is read for a whole year`(minutes: Int, tenths: Int, lessons: Int) throws {
    let lateness = try lateness()
    let total = minutes * 190
    #expect(lateness.daysLostByTable(minutes: total, daysDue: 190)?.tenths == tenths)
    let lost = try #require(lateness.lessonsLost(minutes: total, daysDue: 190))
    #expect((lost.tenths + 5) / 10 == lessons)
  }

  /// Half a year of the same lateness costs half as much.
  @Test(arguments: [(5, 175), (10, 350), (15, 500), (20, 725), (30, 1100)])
  func `the table is scaled to the days due in`(minutes: Int, hundredths: Int) throws {
    let lost = try #require(try lateness().daysLostByTable(minutes: minutes * 95, daysDue: 95))
    #expect(lost.part * 100 == hundredths * lost.whole)
  }

  @Test func `below the first row the table starts at zero`() throws {
    let lost = try #require(try lateness().daysLostByTable(minutes: 190, daysDue: 190))
    #expect(lost.part * 10 == 7 * lost.whole)
    #expect(try lateness().daysLostByTable(minutes: 10, daysDue: 0) == nil)
  }

  @Test func `without a table, days are minutes divided by taught minutes`() throws {
    let policy = try Policy(
      name: "a", yaml: "title: A\ntaught_minutes: 275\nlateness: {lesson_minutes: 55}\n", file: "a")
    let lost = policy.lateness.daysLost(minutes: 550)
    #expect(lost.part == 2 * lost.whole)
    #expect(policy.lateness.daysLostByTable(minutes: 550, daysDue: 100) == nil)
    #expect(policy.lateness.lessonsLost(minutes: 550, daysDue: 100)?.tenths == 100)
  }

  /// 95, 90, 85 and 80% of 190 days, against a poster of a year of 200.
  @Test(arguments: [(95, "9.5", 10), (90, "19", 20), (85, "28.5", 30), (80, "38", 40)])
  func `days missed of 190 are given beside those of 200`(attendance: Int, days: String, poster: Int) throws {
    let policy = try Policy(
      name: "a", yaml: "title: A\ndays_missed: [{attendance: \(attendance), days: \(poster)}]\n", file: "a")
    #expect(policy.remarks == ["\(attendance)% attendance is \(days) days of 190, not \(poster)."])
    let right = try Policy(
      name: "a", yaml: "title: A\ndays_missed: [{attendance: \(attendance), days: \(days)}]\n", file: "a")
    #expect(right.remarks.isEmpty)
  }
}
