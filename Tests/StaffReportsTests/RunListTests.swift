import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports

/// Runs of days, illness and N, at, just under and just over. Source: rules, section 8; Docs/Policies.md, Returns.
@Suite struct RunListTests {
  private static let days = [Day].weekdays(40, from: "2025-09-08")

  /// Returns pupils absent for the last days of 40.
  private static func absent(_ days: [Int], _ mark: String, by policy: String) throws -> Listed {
    let lines = days.map { MadeMarks.days(40, mark, on: (40 - $0)..<40) }
    return try Listed(Register(lines, on: Self.days), by: policy)
  }

  @Test(arguments: Policy.shipped.keys.sorted())
  func `ten unauthorised days need a return`(policy: String) throws {
    let listed = try Self.absent([9, 10, 11], "O", by: policy)
    #expect(listed[Titles.attendanceReturn] == [2, 1])
    #expect(try listed.cell(Titles.attendanceReturn, "Days in a row", of: 1) == "10")
    #expect(try listed.cell(Titles.attendanceReturn, "Still going", of: 1) == "Yes")
  }

  @Test(arguments: ["I", "C", "E", "C2", "B"]) func `ten days of other codes need no return`(mark: String)
    throws
  {
    #expect(try Self.absent([11], mark, by: "bramhall-high")[Titles.attendanceReturn] == [])
  }

  /// Docs/Policies.md, Returns: 5 days of any absence, a home visit or contact.
  @Test(
    arguments: [
      (
        "music-stuff-education", "5 or more school days absent in a row: Home visit",
        "Visit the pupil at home"
      ),
      (
        "mason-moor-primary", "5 or more school days absent in a row: Contact parents", "Contact the parents"
      ),
      ("dfe-2024", "5 or more school days absent in a row", "Make contact or visit the home"),
      ("st-albans-mat", "5 or more school days absent in a row", "Make contact or visit the home"),
    ], ["I", "O", "M", "E"])
  func `five days of any absence need contact`(
    _ rule: (policy: String, title: String, action: String), mark: String
  )
    throws
  {
    let listed = try Self.absent([4, 5, 6], mark, by: rule.policy)
    #expect(listed[rule.title] == [2, 1])
    #expect(try listed.list(rule.title).members.last?.task?.action == rule.action)
  }

  /// Docs/Policies.md, Penalty line: unauthorised leave of 5 days or more without warning.
  @Test func `bramhall lists five days unauthorised`() throws {
    let title = "Own line: Unauthorised leave without warning"
    #expect(try Self.absent([4, 5, 6], "G", by: "bramhall-high")[title] == [2, 1])
    #expect(try Self.absent([6], "I", by: "bramhall-high")[title] == [])
  }

  /// Rules, section 8: E for more than 5 consecutive days.
  @Test func `a suspension of more than five days is listed`() throws {
    #expect(try Self.absent([5, 6], "E", by: "dfe-2024")[Titles.suspended] == [1])
    #expect(try Self.absent([6], "I", by: "dfe-2024")[Titles.suspended] == [])
  }

  /// Rules, section 8: 20 school days of continuous unauthorised absence, an enquiry.
  @Test func `an enquiry is advised from twenty days`() throws {
    let listed = try Self.absent([19, 20, 21], "O", by: "dfe-2024")
    let tasks = try listed.list(Titles.attendanceReturn).members.map { ($0.pupil.position, $0.task?.action) }
    let enquiry = "Make the return and a children-missing-education enquiry"
    #expect(tasks.map(\.0) == [2, 1, 0])
    #expect(
      tasks.map(\.1) == [
        enquiry, enquiry, "Tell the local authority of continuous unauthorised absence",
      ])
    let ill = try Self.absent([25], "I", by: "dfe-2024")
    #expect(ill[Titles.attendanceReturn] == [])
    let task = try #require(try ill.list("5 or more school days absent in a row").members[0].task)
    #expect(task.urgency == .absentNow && task.action == "Make contact or visit the home")
  }

  @Test func `a run that has ended is listed without a task`() throws {
    let line = MadeMarks.days(40, "O", on: 5..<25)
    let listed = try Listed(Register([line], on: Self.days), by: "dfe-2024")
    #expect(try listed.cell(Titles.attendanceReturn, "Still going") == "No")
    #expect(try listed.list(Titles.attendanceReturn).members[0].task == nil)
  }

  /// Rules, section 8: 30 sessions of I in the school year, in a row or not; approaching from 20.
  @Test(arguments: ["dfe-2024", "bramhall-high", "st-albans-mat", "beckfoot-trust"])
  func `fifteen days of illness need a return`(policy: String) throws {
    let counts = [19, 20, 29, 30, 31]
    // Every other session, so that none are consecutive.
    let lines = counts.map { count in
      (0..<80).map { $0.isMultiple(of: 2) && $0 / 2 < count ? "I" : "/" }.joined(separator: " ")
    }
    let listed = try Listed(Register(lines, on: Self.days), by: policy)
    #expect(listed[Titles.sickness] == [4, 3])
    #expect(listed[Titles.nearSickness] == [2, 1])
    #expect(try listed.cell(Titles.sickness, "School days", of: 3) == "15.0")
    let medical = try Listed(Register([MadeMarks.of(("M", 80))], on: Self.days), by: policy)
    #expect(medical[Titles.sickness] == [] && medical[Titles.nearSickness] == [])
  }

  /// A return is a task while there is illness in the last five school days.
  @Test(arguments: [(34, false), (35, true), (39, true)])
  func `a sickness return is a task while it is new`(last: Int, isNew: Bool) throws {
    let line = MadeMarks.days(40, "I", on: Array(0..<15) + [last])
    let listed = try Listed(Register([line], on: Self.days), by: "dfe-2024")
    let task = try listed.list(Titles.sickness).members[0].task
    #expect((task?.urgency == .sicknessReturn) == isNew)
    #expect(task == nil || task?.reason == "32 sessions of illness this year")
  }

  /// Rules, section 8: N is to be resolved within 5 school days of the session.
  @Test(arguments: Policy.shipped.keys.sorted()) func `an N older than five days is listed`(policy: String)
    throws
  {
    // On the day with this number of school days after it.
    let lines = [4, 5, 6, 7].map { MadeMarks.days(40, but: [39 - $0: "N \\"]) }
    let listed = try Listed(Register(lines, on: Self.days), by: policy)
    #expect(listed[Titles.toResolve] == [2, 3])
    #expect(try listed.cell(Titles.toResolve, "School days since the oldest", of: 2) == "6")
  }

  @Test func `only the old marks of N are counted`() throws {
    let line = MadeMarks.days(40, but: [3: "N", 33: "/ N", 34: "N", 39: "N"])
    let listed = try Listed(Register([line], on: Self.days), by: "dfe-2024")
    #expect(try listed.cell(Titles.toResolve, "N marks") == "3")
    #expect(try listed.cell(Titles.toResolve, "Dates") == "11 Sep N, 23 Oct PM N")
  }

  /// The evidence has only marks that count, not those before compulsory school age (rules, section 3).
  @Test func `only dates of illness that count are listed`() throws {
    // Five on 1 October 2025, and so of compulsory school age from 31 December.
    let pupil = Pupil.made { $0.dateOfBirth = Redacted(Day("2020-10-01")) }
    let days: [Day] = .weekdays(5, from: "2025-12-01") + .weekdays(20, from: "2026-01-05")
    let register = Register([MadeMarks.of(("I", 40), ("/", 10))], on: days, pupils: [pupil])
    let listed = try Listed(register, by: "dfe-2024")
    #expect(try listed.cell(Titles.sickness, "Sessions of illness") == "30")
    let dates = try listed.cell(Titles.sickness, "Dates")
    #expect(dates == "5 Jan to 23 Jan I")
  }

  /// A run continues while it includes the pupil's last possible session (`DayRun.isOngoing`).
  @Test func `a run ends if the pupil is back after the leaving day`() throws {
    // The last Friday of June 2026 is the 26th; the pupil of Year 11 is back from the 29th on.
    let line = MadeMarks.days(25, "O", on: 0..<20)
    let listed = try Listed(
      Register([line], on: .weekdays(25, from: "2026-06-01"), pupils: [.ofYear(11)]), by: "dfe-2024")
    #expect(listed[Titles.attendanceReturn] == [0])
    let isOngoing = try listed.cell(Titles.attendanceReturn, "Still going")
    #expect(isOngoing == "No")
  }
}
