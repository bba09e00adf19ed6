import Measures
import Registers

/// Which sessions by week and by weekday a board may not see.
///
/// The weeks of a half-term add up to it, and mornings and afternoons to weekdays and to the two halves of the day; all of
/// those are shown. So the weeks of a half-term go together, and so do the sessions by weekday and half of the day, whether one
/// of them is of few pupils or one of their sums is withheld. Source: rules, section 10.
struct CalendarDisclosure {
  /// The places of the half-terms in those of the weeks; nil for weeks of none.
  private(set) var weeks: Set<HalfTerm.Name?> = []
  private(set) var isByWeekdayWithheld = false

  init(
    _ school: SchoolFigures, groups: [Period: [Group: GroupFigures.Withheld]], threshold: Int
  ) {
    let year = groups[.yearToDate] ?? [:]
    func isTotalWithheld(_ period: Period) -> Bool { groups[period]?[.total]?.contains(.everything) ?? false }
    weeks = Set(school.weeks.filter { 1...threshold ~= $0.sessions.pupils }.map(\.halfTerm))
    for week in school.weeks {
      let isOfWithheld = week.halfTerm.map { isTotalWithheld(.halfTerm($0)) } ?? false
      if isOfWithheld || isTotalWithheld(.yearToDate) { weeks.insert(week.halfTerm) }
    }
    isByWeekdayWithheld = CalendarDisclosure.isByWeekdayWithheld(
      school, groups: year, threshold: threshold)
  }

  static func isByWeekdayWithheld(
    _ figures: any Figures, groups: [Group: GroupFigures.Withheld], threshold: Int
  ) -> Bool {
    let isSumWithheld = groups.contains { group, withheld in
      [.weekday, .session, .total].contains(group.topic) && withheld.contains(.everything)
    }
    return isSumWithheld
      || figures.weekdays.values.flatMap(\.values).contains { 1...threshold ~= $0.pupils }
  }
}
