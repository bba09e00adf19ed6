import Registers

/// A made-up trust, byte for byte the same for a seed on every machine.
///
/// Nobody in it exists. Every school and pupil has random numbers of its own, so that a change to one leaves the
/// others as they were.
package struct SampleTrust: Sendable {
  package let name: String
  /// The last day of the registers.
  package let asAt: Day
  let plans: [SchoolPlan]
  let seed: UInt64

  /// The showcase trust of four schools when neither schools nor pupils are given, else a trust of that size.
  ///
  /// The showcase runs to 13 February 2026 and holds a few dozen rows that are wrong on purpose; a trust of any other
  /// size runs to 21 July 2026 and holds none. Schools are held to 1...480, pupils a school to 1...3000, and the last
  /// day to 12 September 2025...21 July 2026. Missing: 4 schools, or 300 pupils, when only the other is given.
  package init(schools: Int? = nil, pupils: Int? = nil, seed: UInt64, until: Day? = nil) {
    let isShowcase = schools == nil && pupils == nil
    let last = until ?? (isShowcase ? SampleCalendar.endOfSpring1 : SampleCalendar.lastDay)
    asAt = min(max(last, SampleCalendar.day(9, 12)), SampleCalendar.lastDay)
    self.seed = seed
    if isShowcase {
      name = ShowcaseTrust.name
      plans = ShowcaseTrust.schools(until: asAt)
    } else {
      name = LargeTrust.name
      plans = LargeTrust.schools(
        min(max(schools ?? 4, 1), 480), pupils: min(max(pupils ?? 300, 1), 3000), until: asAt)
    }
  }

  /// Makes every file and hands it over, one school at a time; paths are relative, with `/` between their parts.
  ///
  /// Throws: what `file` throws, and `SampleFailure` when a workbook cannot be made.
  package func write(_ file: (_ path: String, _ bytes: [UInt8]) throws -> Void) throws {
    try file("trust.yaml", TrustFile(name: name, asAt: asAt, schools: plans).bytes)
    var buffer: [UInt8] = []
    for plan in plans {
      try SampleSchool(plan, seed: seed).write(using: &buffer, file)
    }
  }
}
