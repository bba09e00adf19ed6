import Registers
import TestSupport
import Testing

@testable import Comparators

/// The half-terms of days and the distances between days.
@Suite struct TermTimelineTests {
  @Test(
    arguments: [
      ("2026-02-13", "2026-02-13", 0), ("2026-02-13", "2026-02-20", 0), ("2026-01-30", "2026-02-22", 14),
      ("2026-01-31", "2026-02-13", 13), ("2026-02-13", "2026-02-23", nil), ("2025-08-20", "2025-09-01", nil),
      ("2026-07-10", "2026-08-30", 11), ("2025-12-19", "2026-01-04", 0),
    ] as [(String, String, Int?)])
  func `days are near each other only within a half-term`(left: String, right: String, days: Int?) {
    let timeline = TermTimeline(.at("2026-02-13"), given: HalfTerm.southampton)
    #expect(timeline.distance(Day(left), Day(right)) == days)
    #expect(timeline.distance(Day(right), Day(left)) == days)
  }

  /// The last half-term in marks ends at the as-at date, so its usual end is used.
  @Test(arguments: [
    ("2026-01-09", 35), ("2026-01-30", 14), ("2026-02-02", 11), ("2026-02-13", 0), ("2026-02-20", 0),
  ])
  func `the last half-term ends on its usual last day`(asAt: String, days: Int) {
    let timeline = TermTimeline(.at(asAt), given: [])
    #expect(timeline.distance(of: Day(asAt), toEndOf: .spring1) == days)
    #expect(timeline.distance(of: Day(asAt), toEndOf: .autumn2) == nil)
  }

  @Test func `half-terms of the trust file replace the usual ones`() {
    let late = [
      HalfTerm(.autumn1, from: Day("2025-09-01"), to: Day("2025-12-19")),
      HalfTerm(.spring1, from: Day("2026-01-05"), to: Day("2026-02-27")),
    ]
    let timeline = TermTimeline(.at("2026-02-13"), given: late)
    #expect(timeline.distance(of: Day("2026-02-13"), toEndOf: .spring1) == 14)
    #expect(
      !timeline.hasEnded(.spring1, by: Day("2026-02-13"))
        && timeline.hasEnded(.autumn1, by: Day("2026-02-13")))
    #expect(timeline.position(of: Day("2026-03-20")) == nil)
  }

  @Test func `a day long after the last mark is in no half-term`() {
    let school = ComparedSchool(
      phase: .primary, localAuthority: nil, schoolYear: SchoolYear(start: 2025), asAt: Day("2026-06-30"),
      halfTerms: Array(HalfTerm.southampton.prefix(3)))
    #expect(TermTimeline(school, given: []).position(of: school.asAt) == nil)
  }

  @Test(arguments: [
    (HalfTerm.Name.autumn1, ["2023-10-20", "2024-10-25", "2025-10-24", "2026-10-23"]),
    (.autumn2, ["2023-12-22", "2024-12-20", "2025-12-19", "2026-12-18"]),
    (.spring1, ["2024-02-09", "2025-02-14", "2026-02-13", "2027-02-12"]),
    (.spring2, ["2024-03-29", "2025-03-28", "2026-03-27", "2027-03-26"]),
    (.summer1, ["2024-05-24", "2025-05-23", "2026-05-22", "2027-05-28"]),
    (.summer2, ["2024-07-21", "2025-07-21", "2026-07-21", "2027-07-21"]),
  ])
  func `usual ends are Fridays, and 21 July for Summer 2`(name: HalfTerm.Name, days: [String]) {
    #expect((2023...2026).map { name.usualEnd(in: SchoolYear(start: $0)).iso } == days)
  }
}
