import Registers

/// What a board may not see of the figures of a school or a trust.
package struct Withholding: Sendable {
  package var groups: [Period: [Group: GroupFigures.Withheld]]
  /// In every period.
  package var codes: CodeSet
  package var counts: Set<PupilCounts.Key>
  /// The half-terms whose weeks are withheld; nil for weeks of none.
  package var weeks: Set<HalfTerm.Name?> = []
  /// Why pupils left, of those schools whose leavers may be counted. Missing: empty for a school.
  package var leavers: [LeaverGroup] = []
  /// Whether sessions by weekday and half of the day are withheld.
  package var isByWeekdayWithheld = false

  package init(
    groups: [Period: [Group: GroupFigures.Withheld]] = [:], codes: CodeSet = CodeSet([]),
    counts: Set<PupilCounts.Key> = []
  ) {
    self.groups = groups
    self.codes = codes
    self.counts = counts
  }

  func applied(to figures: [Period: [Group: GroupFigures]]) -> [Period: [Group: GroupFigures]] {
    var shown = figures
    for (period, groups) in groups {
      for (group, withheld) in groups {
        if let figure = figures[period]?[group] { shown[period]?[group] = figure.withholding(withheld) }
      }
    }
    return shown
  }

  func applied(
    to weekdays: [Weekday: [DayHalf: SessionFigures]]
  ) -> [Weekday: [DayHalf: SessionFigures]] {
    isByWeekdayWithheld ? weekdays.mapValues { $0.mapValues { _ in .withheld } } : weekdays
  }

  func applied(to tallies: [Period: SessionTally]) -> [Period: SessionTally] {
    tallies.mapValues { tally in
      var shown = tally
      for code in codes.codes { shown[code] = 0 }
      return shown
    }
  }
}
