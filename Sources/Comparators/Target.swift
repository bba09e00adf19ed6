import Registers

/// An aim a trust has set for its schools.
package struct Target: Hashable, Sendable {
  /// What the trust calls it, such as "DfE improvement expectation".
  package let name: String
  /// Missing: nil where it is of every phase.
  package let phase: School.Phase?
  package let measure: BenchmarkMeasure
  /// Unit: per cent, in tenths: 950 is 95%.
  package let tenthsOfPercent: Int
  /// Where it is from. Missing: nil where the trust file does not say.
  package let source: String?

  package init(
    name: String, phase: School.Phase?, measure: BenchmarkMeasure, tenthsOfPercent: Int, source: String?
  ) {
    self.name = name
    self.phase = phase
    self.measure = measure
    self.tenthsOfPercent = tenthsOfPercent
    self.source = source
  }

  /// Whether it is an aim for schools of a phase. A school of unknown phase has the aims of every phase only.
  package func isFor(_ phase: School.Phase?) -> Bool { self.phase == nil || self.phase == phase }

  /// Whether a rate meets it: attendance as high or higher, absence as low or lower, compared exactly.
  package func isMet(by rate: Rate) -> Bool {
    let (own, aim) = (1000 * rate.part, tenthsOfPercent * rate.whole)
    return measure == .attendance ? own >= aim : own <= aim
  }
}
