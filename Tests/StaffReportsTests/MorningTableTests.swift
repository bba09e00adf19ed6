import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports
@testable import ReportModel

/// The page for the morning meeting. Source: `MorningTable`; rules, section 8.
@Suite struct MorningTableTests {
  /// Fifty school days, the last 25 of them a half-term of their own.
  private static let days = [Day].weekdays(50, from: "2025-09-08")
  private static let halfTerms = [
    HalfTerm(.autumn1, from: days[0], to: days[24]), HalfTerm(.autumn2, from: days[25], to: days[49]),
  ]

  /// A pupil of each urgency, the least pressing first.
  private static let urgencies: [(urgency: ActionList.Urgency, days: [Int: String])] = [
    (.toResolve, [40: "N \\"]),
    // 5 of 100 missed is 95%, and four of them this week.
    (.stage, [2: "M \\", 46: "M M", 48: "M M"]),
    // One day of the half-term before is missed, and three of this one, on days apart.
    (.planFalling, [30: "I I", 34: "M \\"]),
    (.sicknessReturn, Dictionary(uniqueKeysWithValues: (0..<30).map { (20 + $0, "I \\") })),
    (.absentNow, Dictionary(uniqueKeysWithValues: (45..<50).map { ($0, "M M") })),
    (.penaltyNotice, Dictionary(uniqueKeysWithValues: (40..<50).map { ($0, "U \\") })),
    (.attendanceReturn, Dictionary(uniqueKeysWithValues: (40..<50).map { ($0, "O O") })),
    (.missing, Dictionary(uniqueKeysWithValues: (30..<50).map { ($0, "O O") })),
  ]

  private static func register(_ change: (Int, inout Pupil) -> Void = { _, _ in }) -> Register {
    let pupils = urgencies.enumerated().map { place, one in
      Pupil.made {
        $0.surname = Redacted("Pupil \(place)")
        if one.urgency == .planFalling { $0.senProvision = .ehcPlan }
        change(place, &$0)
      }
    }
    return Register(
      urgencies.map { MadeMarks.days(50, but: $0.days) }, on: days, pupils: pupils, halfTerms: halfTerms)
  }

  private static func morning(_ listed: Listed) -> MorningTable {
    MorningTable(listed.lists, asAt: listed.school.asAt)
  }

  @Test func `the most urgent pupils come first`() throws {
    let listed = try Listed(Self.register(), by: "mason-moor-primary")
    let found = Self.morning(listed).pupils
    #expect(found.map(\.tasks.first?.urgency) == Self.urgencies.map(\.urgency).reversed())
    #expect(found.map(\.pupil.position) == Array((0..<8).reversed()))
    for (_, tasks) in found { #expect(tasks.map(\.urgency) == tasks.map(\.urgency).sorted()) }
  }

  @Test func `the table has the first task and the number of others`() throws {
    let listed = try Listed(Self.register(), by: "mason-moor-primary")
    let table = try #require(
      Report.attendanceActions(listed.school).tables.first { $0.name == "This_morning" })
    let found = Self.morning(listed).pupils
    #expect(table.rows.map { $0[0].formatted } == found.map { "Pupil \($0.pupil.position)" })
    for (row, (pupil, tasks)) in zip(table.rows, found) {
      #expect(row[3].formatted == tasks[0].action && row[4].formatted == tasks[0].reason)
      #expect(row[5] == .number(tasks.count - 1))
      #expect(row[6] == .rate(pupil.year.attendanceRate, of: 1))
      // Every task of a pupil comes from a list with the pupil.
      let all = listed.lists.flatMap(\.members).filter {
        $0.pupil.position == pupil.position && $0.task != nil
      }
      #expect(tasks.count == all.count)
    }
    #expect(table.rows[0][3].formatted == "Make the return and a children-missing-education enquiry")
    #expect(table.rows[0][5].value ?? 0 >= 2)
  }

  @Test func `a leaver is not in the morning table`() throws {
    let gone = try Listed(
      Self.register { place, pupil in if place > 3 { pupil.left = Self.days[48] } }, by: "mason-moor-primary")
    #expect(Set(Self.morning(gone).pupils.map(\.pupil.position)).isDisjoint(with: 4...7))
    let leaving = try Listed(
      Self.register { place, pupil in if place > 3 { pupil.left = Self.days[49] } }, by: "mason-moor-primary")
    #expect(Self.morning(leaving).pupils.count == 8)
  }

  @Test(arguments: [0, 1, 12, 13, 40])
  func `every pupil with a task is in the morning table`(pupils: Int) throws {
    let lines =
      (0..<pupils).map { MadeMarks.days(50, "O", on: (35 - $0 % 20)..<50) } + [MadeMarks.days(50, but: [:])]
    let report = Report.attendanceActions(
      try Listed(Register(lines, on: Self.days), by: "dfe-2024").school)
    let table = try #require(report.tables.first { $0.name == "This_morning" })
    #expect(table.rows.count == pupils)
    #expect(table.notes[0].hasPrefix("Most urgent first."))
    let headline =
      pupils == 0
      ? "No pupil needs action today."
      : "\(pupils) \(pupils == 1 ? "pupil needs" : "pupils need") action, \(pupils) urgently."
    #expect(report.headlines[0].formatted == headline)
  }

  /// A pupil absent now, or with a more pressing task, is urgent.
  @Test func `the first headline counts urgent pupils`() throws {
    let listed = try Listed(Self.register(), by: "mason-moor-primary")
    #expect(
      Report.attendanceActions(listed.school).headlines[0].formatted
        == "8 pupils need action, 4 urgently.")
  }

  /// Of pupils with equally urgent tasks, the one who missed more comes first.
  @Test func `pupils with equal urgency are sorted by absence`() throws {
    let lines = [
      MadeMarks.days(50, but: [40: "N \\"]), MadeMarks.days(50, but: [40: "N \\", 10: "M"]),
      MadeMarks.days(50, "M", on: 45..<50), MadeMarks.days(50, "M", on: [40] + Array(45..<50)),
      MadeMarks.days(50, but: [30: "N \\"].merging((45..<50).map { ($0, "M") }) { $1 }),
    ]
    let listed = try Listed(Register(lines, on: Self.days), by: "bramhall-high")
    #expect(Self.morning(listed).pupils.map(\.pupil.position) == [3, 4, 2, 1, 0])
  }

  @Test(arguments: LawSeeds.all.prefix(2), Policy.shipped.keys.sorted())
  func `every pupil is in the morning table once, in order`(seed: UInt64, policy: String) throws {
    let listed = try Listed(RandomRegister(seed: seed).register, by: policy)
    let found = Self.morning(listed).pupils
    #expect(Set(found.map(\.pupil.position)).count == found.count, "seed \(seed)")
    #expect(found.allSatisfy { !$0.tasks.isEmpty && !$0.pupil.hasLeft(by: listed.school.asAt) })
    let first = found.compactMap(\.tasks.first?.urgency)
    #expect(first == first.sorted(), "seed \(seed)")
    let asked = listed.lists.flatMap(\.members).filter {
      $0.task != nil && !$0.pupil.hasLeft(by: listed.school.asAt)
    }
    #expect(asked.count == found.reduce(0) { $0 + $1.tasks.count }, "seed \(seed)")
    #expect(Set(asked.map(\.pupil.position)) == Set(found.map(\.pupil.position)))
  }
}
