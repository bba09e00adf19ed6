/// A school year, from 1 August to 31 July.
package struct SchoolYear: Hashable, Comparable, Sendable {
  /// The calendar year it starts in: 2025 for 2025/26.
  package let start: Int

  package init(start: Int) { self.start = start }

  package init(containing day: Day) {
    let (year, month, _) = day.date
    start = month >= 8 ? year : year - 1
  }

  /// `2025/26`.
  package var name: String { "\(start)/\(ending)" }
  /// DfE's `time_period`: `202526`.
  package var timePeriod: String { "\(start)\(ending)" }

  package var firstDay: Day { Day(year: start, month: 8, day: 1) ?? Day(number: 0) }
  package var lastDay: Day { Day(year: start + 1, month: 7, day: 31) ?? Day(number: 0) }

  private var ending: String {
    let two = (start + 1) % 100
    return two < 10 ? "0\(two)" : "\(two)"
  }

  package static func < (left: SchoolYear, right: SchoolYear) -> Bool { left.start < right.start }
}

extension SchoolYear {
  /// Returns a pupil's age in whole years on 31 August at the start of the school year.
  ///
  /// Source: DfE absence methodology; rules, section 3.
  package func age(of dateOfBirth: Day) -> Int {
    let (year, month, _) = dateOfBirth.date
    return start - year - (month > 8 ? 1 : 0)
  }
}
