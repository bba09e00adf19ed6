import Measures
import Policies
import Registers
import TestSupport
import Testing

@testable import StaffReports
@testable import ReportModel

/// The order of lists, movement across thresholds, and the weekly tables. Source: rules, section 8; Docs/Policies.md,
/// Reports.
@Suite struct ActionReportTests {
  private static func listed(_ seed: UInt64, by policy: String) throws -> Listed {
    try Listed(RandomRegister(seed: seed, pupils: 40).register, by: policy)
  }

  @Test(arguments: LawSeeds.all.prefix(2), Policy.shipped.keys.sorted())
  func `every list has a rule, a source and a cell for each column`(seed: UInt64, policy: String) throws {
    let listed = try Self.listed(seed, by: policy)
    #expect(Set(listed.lists.map(\.name)).count == listed.lists.count)
    #expect(Set(listed.lists.map(\.title)).count == listed.lists.count)
    for list in listed.lists {
      #expect(!list.rule.isEmpty && !list.source.isEmpty, "\(list.title)")
      #expect(list.rule.hasSuffix("."), "\(list.rule)")
      #expect(Set(list.columns.map(\.id)).count == list.columns.count, "\(list.title)")
      let pupils = list.members.map(\.pupil.position)
      if list.name != "Entered_or_left" { #expect(Set(pupils).count == pupils.count, "\(list.title)") }
    }
    let tables = Report.attendanceActions(listed.school).tables
    #expect(Set(tables.map(\.name)).count == tables.count)
    for table in tables {
      let ids = table.columns.map(\.id)
      #expect(Set(ids).count == ids.count && !ids.contains(""), "\(table.name)")
    }
    // Each list is a table, or is in the table of lists with no pupils.
    let empty = tables.first { $0.name == "Empty_lists" }?.rows.map { $0[0].formatted } ?? []
    let named = Set(tables.map(\.title))
    #expect(
      listed.lists.allSatisfy { $0.members.isEmpty ? empty.contains($0.title) : named.contains($0.title) })
  }

  /// The lists that are sorted by their first number.
  private static let byNumber = [
    "Ten_in_ten_weeks", "Approaching_ten_in_ten", "Sickness_return", "Approaching_sickness_return",
    "N_to_resolve", "Exceptional_leave", "Part_time_timetable", "Travelling",
  ]

  @Test(arguments: LawSeeds.all) func `the highest number comes first`(seed: UInt64) throws {
    let lists = try Self.listed(seed, by: "bramhall-high").lists
    for list in lists where Self.byNumber.contains(list.name) {
      let values = list.numbers
      #expect(values == values.sorted(by: >), "\(list.title)")
    }
    for list in lists where list.name.hasPrefix("Stage_") || list.name.contains("ersistent") {
      let rates = list.members.compactMap(\.pupil.year.absenceRate?.percent)
      #expect(rates == rates.sorted(by: >), "\(list.title)")
    }
    let late = try #require(lists.first { $0.name == "Late" }).members.map(\.pupil.lateness.marks)
    #expect(late == late.sorted(by: >) && late.allSatisfy { $0 >= 5 })
    let broken = try #require(lists.first { $0.name == "Broken_weeks" }).members.map {
      Double($0.pupil.ownWeeks.broken) / Double($0.pupil.ownWeeks.inSession)
    }
    #expect(broken == broken.sorted(by: >))
    let fell = try #require(lists.first { $0.name == "Fell_most" }).members.compactMap(\.pupil.change)
    #expect(fell == fell.sorted() && fell.allSatisfy { $0 <= -30 } && fell.count <= 25)
    let moved = try #require(lists.first { $0.name == "Entered_or_left" }).values(of: "moved")
    #expect(moved.map(\.formatted) == moved.map(\.formatted).sorted())
  }

  @Test(arguments: LawSeeds.all) func `the fullest windows come first`(seed: UInt64) throws {
    let lists = try Self.listed(seed, by: "mason-moor-primary").lists.filter {
      $0.title.contains("wn line: ")
    }
    #expect(lists.count == 4)
    for list in lists {
      let values = list.numbers
      #expect(values == values.sorted(by: >), "\(list.title)")
      let range = list.title.hasPrefix("Approaching") ? 7.0...9 : 10...200
      #expect(values.allSatisfy(range.contains), "seed \(seed) \(list.title)")
    }
  }

  @Test(arguments: LawSeeds.all) func `continuing runs come first, then longer ones`(seed: UInt64) throws {
    let lists = try Self.listed(seed, by: "bramhall-high").lists
    for list in lists where list.name == "Five_days_absent" || list.name == "Own_run_1" {
      let going = try list.values(of: "is_ongoing").map(\.formatted)
      #expect(going == going.sorted(by: >), "\(list.title)")
      for part in ["Yes", "No"] {
        let lengths = zip(list.numbers, going).filter { $1 == part }.map(\.0)
        #expect(lengths == lengths.sorted(by: >), "\(list.title)")
      }
    }
  }

  // MARK: movement across thresholds

  @Test(arguments: LawSeeds.all.prefix(2), Policy.shipped.keys.sorted())
  func `movement is the difference between two days`(seed: UInt64, policy: String) throws {
    let made = RandomRegister(seed: seed, pupils: 40)
    for end in ["2025-11-20", "2026-02-24", "2026-07-21"].map({ Day($0) }) {
      let now = try Listed(made.register, by: policy, asAt: end).school
      let last = try #require(now.halfTerms.dropLast().last).last
      let then = try Listed(made.register, by: policy, asAt: last).school
      let rows = ThresholdMovement.table(now).rows
      let thresholds = ThresholdMovement.thresholds(of: now)
      #expect(rows.count == thresholds.count && thresholds.count >= 2)
      let onRoll = Set(now.pupils.filter { $0.pupil.isOnRoll(on: end) }.map(\.position))
      for (row, threshold) in zip(rows, thresholds) {
        let was = Set(then.pupils(.reached, threshold.id).map(\.position)).intersection(onRoll)
        let stands = Set(now.pupils(.reached, threshold.id).map(\.position))
        let expected = [
          was.count, stands.subtracting(was).count, was.subtracting(stands).count, stands.count,
        ]
        #expect(
          row.dropFirst().map { $0 } == expected.map(Cell.pupils), "seed \(seed) \(end) \(threshold.name)")
      }
      let list = try #require(ActionList.all(now).first { $0.name == "Entered_or_left" })
      let moved = rows.reduce(0.0) { $0 + ($1[2].value ?? 0) + ($1[3].value ?? 0) }
      #expect(list.members.count == Int(moved), "seed \(seed) \(end)")
    }
  }

  @Test func `the first half-term has nothing to compare with`() throws {
    let made = RandomRegister(seed: 1, pupils: 40)
    let listed = try Listed(made.register, by: "dfe-2024", asAt: Day("2025-10-01"))
    let rows = ThresholdMovement.table(listed.school).rows
    #expect(rows.allSatisfy { $0[1...3].allSatisfy { $0 == .shorthand(.notApplicable) } })
    let persistent = listed.school.pupils.filter(\.year.isPersistentlyAbsent)
    #expect(rows[0][4] == .pupils(persistent.count { $0.pupil.isOnRoll(on: listed.school.asAt) }))
    let list = try listed.list("Moved across a threshold since the last half-term")
    #expect(list.members.isEmpty && list.rule == "There is no earlier half-term to compare with.")
  }

  @Test func `pupils who reached a threshold come before those no longer at one`() throws {
    let days: [Day] = .school("2025-10-20", "2025-10-24") + .school("2025-11-03", "2025-11-14")
    let lines = [
      MadeMarks.of(("I", 1), ("/", 29)), MadeMarks.of(("I", 0), ("/", 27), ("O", 3)), MadeMarks.of(("/", 30)),
    ]
    let listed = try Listed(Register(lines, on: days), by: "dfe-2024")
    let title = "Moved across a threshold since the last half-term"
    #expect(listed[title] == [1, 0])
    let list = try listed.list(title)
    let words = list.members.map { list.cells(of: $0).map(\.formatted) }
    #expect(
      words == [["Persistent absence", "Reached", "100.0%"], ["Persistent absence", "No longer", "90.0%"]])
  }

  // MARK: weekly tables

  /// The rates of a row, as parts and wholes.
  private static func rates(_ row: [Cell]) -> [Rate?] {
    row.dropFirst().map { if case .rate(let rate, _) = $0 { rate } else { nil } }
  }

  @Test(arguments: LawSeeds.all) func `the forms add up to the school`(seed: UInt64) throws {
    let made = RandomRegister(seed: seed, pupils: 40).register
    let placed = made.pupils.enumerated().map { place, pupil in
      var pupil = pupil
      pupil.centre = ["North", "South", ""][place % 3]
      pupil.commissioningSchool = ["", "Hill School", "10 Acre", "9 Acre"][place % 4]
      return pupil
    }
    let register = Register(
      school: made.school, pupils: placed, sessions: made.sessions,
      marks: made.flatMap { $0.map(\.rawValue) }, minutes: [])
    let school = try Listed(register, by: "music-stuff-education").school
    let tables = Report.attendanceActions(school).tables
    let halfTerm = school.pupils.map { $0.halfTerms.last ?? .zero }.reduce(.zero, +)
    for name in ["By_form_and_week", "By_centre_and_week", "By_commissioning_school"] {
      let rows = try #require(tables.first { $0.name == name }, "\(name)").rows
      let whole = try #require(rows.last)
      #expect(whole[0].formatted == "The school")
      let parts = rows.dropLast().map(Self.rates)
      for (column, rate) in Self.rates(whole).enumerated() {
        #expect(parts.reduce(0) { $0 + ($1[column]?.part ?? 0) } == rate?.part ?? 0, "\(name)")
        #expect(parts.reduce(0) { $0 + ($1[column]?.whole ?? 0) } == rate?.whole ?? 0, "\(name)")
      }
      #expect(Self.rates(whole).last == halfTerm.absenceRate, "\(name)")
    }
    let centres = try #require(tables.first { $0.name == "By_centre_and_week" }).rows.map { $0[0].formatted }
    #expect(centres == ["North", "South", "No centre", "The school"])
    let schools = try #require(tables.first { $0.name == "By_commissioning_school" }).rows.map {
      $0[0].formatted
    }
    #expect(schools == ["9 Acre", "10 Acre", "Hill School", "None", "The school"])
    let pupils = try #require(tables.first { $0.name == "Commissioned_pupils" }).rows
    #expect(
      pupils.count
        == school.pupils.count { pupil in
          let week = school.asAt.monday
          return !pupil.pupil.commissioningSchool.isEmpty && pupil.pupil.left ?? week >= week
        })
    #expect(pupils.map { $0[0].formatted } == pupils.map { $0[0].formatted }.sorted())
  }

  @Test func `a school without centres has no such table`() throws {
    let names = try Report.attendanceActions(Self.listed(1, by: "dfe-2024").school).tables.map(\.name)
    #expect(names.contains("By_form_and_week"))
    #expect(!names.contains("By_centre_and_week") && !names.contains("Commissioned_pupils"))
  }

  @Test func `the marks of the week are those of the last school week`() throws {
    let pupil = Pupil.made { $0.commissioningSchool = "Hill School" }
    let line = MadeMarks.of(("O", 10), ("/", 4), ("I", 1), ("X", 1))
    let listed = try Listed(Register([line], from: Day("2025-09-08"), pupils: [pupil]), by: "dfe-2024")
    let table = try #require(
      Report.attendanceActions(listed.school).tables.first { $0.name == "Commissioned_pupils" })
    let cells = table.rows[0].suffix(5).map(\.formatted)
    #expect(cells == ["/ / / / I X", "4", "5", "26.7%", "26.7%"])
  }
}
