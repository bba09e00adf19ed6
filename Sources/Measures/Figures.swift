import Registers

/// Figures of a school or a trust, from which the same tables can be made.
package protocol Figures {
  var schoolYear: SchoolYear { get }
  var asAt: Day { get }
  /// The year to date and the half-terms begun, in order.
  var periods: [Period] { get }
  var groups: [Period: [Group: GroupFigures]] { get }
  /// Every mark of pupils in the national scope, including those that measures leave out for Year 11.
  var codes: [Period: SessionTally] { get }
  /// For each code, the number of pupils in the national scope with at least one such mark.
  var pupilsByCode: [Period: SessionTally] { get }
  /// The sessions of the year to date by weekday and half of the day.
  var weekdays: [Weekday: [DayHalf: SessionFigures]] { get }
  /// The half-terms that end within the last ten school days, whose marks can still change. Source: rules, section 11.
  var provisional: Set<Period> { get }
}

extension Figures {
  /// Returns the figures of a group, or `nil` if the group has no enrolment in the period.
  package func figures(of group: Group, in period: Period) -> GroupFigures? { groups[period]?[group] }

  package func total(in period: Period) -> GroupFigures { groups[period]?[.total] ?? .zero }

  /// The half-term of the as-at date, or the last before it, or `nil` before the first.
  package var currentHalfTerm: Period? { periods.last { $0 != .yearToDate } }
  /// The half-term before the current one, or `nil` in the first.
  package var previousHalfTerm: Period? { periods.filter { $0 != .yearToDate }.dropLast().last }

  /// Returns the groups of a topic with an enrolment in the year to date, in the order of the topic.
  package func groups(of topic: Group.Topic) -> [Group] {
    (groups[.yearToDate] ?? [:]).keys.filter { $0.topic == topic }.sorted()
  }

  /// The period of a pack: `Spring 1 2025/26`.
  package var packPeriod: String { "\(currentHalfTerm?.name ?? Period.yearToDate.name) \(schoolYear.name)" }
}
