import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports
@testable import ReportModel

/// The list of late pupils, from marks and minutes. Source: rules, section 7; Docs/Policies.md, Lateness.
@Suite struct LateListTests {
  private static let days = Array(RandomRegister.schoolDays.prefix(190))

  /// Returns pupils late every morning, with the minutes of each mark, or `nil` for a mark without minutes.
  private static func listed(
    _ minutes: [(Int) -> Int?], mark: String = "L", by policy: String = "mason-moor-primary"
  ) throws -> Listed {
    let lines = minutes.map { _ in MadeMarks.days(190, "\(mark) \\", on: 0..<190) }
    let late = minutes.enumerated().flatMap { pupil, minutes in
      (0..<190).compactMap { day in
        minutes(day).map { Register.LateMinutes(pupil: pupil, session: 2 * day, minutes: UInt16($0)) }
      }
    }
    return try Listed(Register(lines, on: days, minutes: late), by: policy)
  }

  private static func row(_ listed: Listed, of pupil: Int = 0) throws -> [String] {
    let list = try listed.list("Late")
    let member = try #require(list.members.first { $0.pupil.position == pupil })
    return list.cells(of: member).map(\.formatted)
  }

  /// Mason Moor's printed table: minutes a day for a year of 190 days, in days and lessons.
  static let printed = [
    (5, "3.5", "20.0"), (10, "7.0", "41.0"), (15, "10.0", "55.0"), (20, "14.5", "82.0"),
    (30, "22.0", "123.0"),
  ]

  @Test(arguments: printed)
  func `the printed examples of the table are on the list`(minutes: Int, days: String, lessons: String)
    throws
  {
    let listed = try Self.listed([{ _ in minutes }])
    #expect(listed.school.pupils[0].daysDue == 190)
    // Beside it, minutes over 300 taught minutes a day, which is a different figure.
    let straight = Rate.decimal(Rate.divide(minutes * 190 * 10, by: 300), places: 1)
    let total = Cell.minutes(minutes * 190, of: 1).formatted
    #expect(
      try Self.row(listed) == ["190", "0", "190 of 190", total, "0", straight, days, lessons])
  }

  /// The table is used between its rows and beyond its end: 25 minutes a day, and 40.
  @Test(arguments: [(25, "18.3", "102.5"), (40, "29.5", "164.0"), (1, "0.7", "4.0")])
  func `the table is linear between its rows`(minutes: Int, days: String, lessons: String) throws {
    #expect(try Self.row(try Self.listed([{ _ in minutes }])).suffix(2) == [days, lessons])
  }

  /// Half the marks without minutes: the known minutes are averaged over all days due in, and coverage is shown.
  @Test func `a mark without minutes counts but adds no time`() throws {
    let half = try Self.listed([{ $0.isMultiple(of: 2) ? 10 : nil }])
    #expect(try Self.row(half) == ["190", "0", "95 of 190", "950", "0", "3.2", "3.5", "20.0"])
    let whole = try Self.listed([{ $0.isMultiple(of: 2) ? 10 : 0 }])
    #expect(try Self.row(whole) == ["190", "0", "190 of 190", "950", "0", "3.2", "3.5", "20.0"])
    #expect(try half.list("Late").notes[0].contains("Late marks without minutes add nothing"))
  }

  /// Rules, section 7: blank is never 0.
  @Test func `unknown minutes are not zero minutes`() throws {
    let unknown = try Self.row(try Self.listed([{ _ in nil }]))
    #expect(unknown == ["190", "0", "0 of 190", "[x]", "0", "[x]", "[x]", "[x]"])
    let none = try Self.row(try Self.listed([{ _ in 0 }]))
    #expect(none == ["190", "0", "190 of 190", "0", "0", "0.0", "0.0", "0.0"])
  }

  /// Rules, section 7: U already counts as an absence; its minutes are shown separately.
  @Test func `minutes on U are shown separately and add no days`() throws {
    let known = try Self.row(try Self.listed([{ _ in 45 }], mark: "U"))
    #expect(known == ["0", "190", "190 of 190", "0", "8,550", "0.0", "0.0", "0.0"])
    let unknown = try Self.row(try Self.listed([{ _ in nil }], mark: "U"))
    #expect(unknown == ["0", "190", "0 of 190", "0", "[x]", "0.0", "0.0", "0.0"])
  }

  /// The minutes of L and of U are independent.
  @Test func `minutes are known for each code separately`() throws {
    let line = MadeMarks.days(10, but: [0: "L U", 1: "L U", 2: "L U"])
    func row(_ sessions: [Int]) throws -> [String] {
      let minutes = sessions.map { Register.LateMinutes(pupil: 0, session: $0, minutes: 30) }
      let register = Register([line], from: Day("2025-09-08"), minutes: minutes)
      return try Self.row(try Listed(register, by: "dfe-2024"))
    }
    #expect(try row([0, 2]) == ["3", "3", "2 of 6", "60", "[x]", "0.2"])
    #expect(try row([1, 3]) == ["3", "3", "2 of 6", "[x]", "60", "[x]"])
    #expect(try row([0, 1]) == ["3", "3", "2 of 6", "30", "30", "0.1"])
    #expect(try row([]) == ["3", "3", "0 of 6", "[x]", "[x]", "[x]"])
  }

  @Test func `a policy without a table uses taught minutes`() throws {
    let listed = try Self.listed([{ _ in 10 }], by: "dfe-2024")
    #expect(try Self.row(listed) == ["190", "0", "190 of 190", "1,900", "0", "6.3"])
    #expect(try listed.list("Late").columns.last?.title == "Days lost, 300 minutes a day")
  }

  @Test func `five late marks are on the list and four are not`() throws {
    let lines =
      [4, 5, 6].map { MadeMarks.of(("L", $0), ("/", 20 - $0)) } + ["U L U L U " + MadeMarks.of(("/", 15))]
    let listed = try Listed(Register(lines, on: .weekdays(10, from: "2025-09-08")), by: "st-albans-mat")
    #expect(listed["Late"] == [2, 1, 3])
  }
}
