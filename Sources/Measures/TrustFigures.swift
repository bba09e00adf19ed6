import Registers

/// The figures of a trust: the sum of its schools.
package struct TrustFigures: Figures, Sendable {
  package let name: String
  package let schoolYear: SchoolYear
  package let asAt: Day
  package private(set) var periods: [Period] = []
  package private(set) var groups: [Period: [Group: GroupFigures]] = [:]
  package private(set) var codes: [Period: SessionTally] = [:]
  package private(set) var pupilsByCode: [Period: SessionTally] = [:]
  package private(set) var weekdays: [Weekday: [DayHalf: SessionFigures]] = [:]
  package private(set) var caseMix: [CaseMixAdjustment.Kind: GroupFigures] = [:]

  package private(set) var provisional: Set<Period> = []
  /// - Parameter schoolYear: The year of the figures, or `nil` for the year of the as-at date.
  package init(name: String, asAt: Day, schoolYear: SchoolYear? = nil) {
    self.name = name
    self.asAt = asAt
    self.schoolYear = schoolYear ?? SchoolYear(containing: asAt)
  }

  /// Adds up the figures of schools.
  package init(of schools: [SchoolFigures], name: String, asAt: Day) {
    self.init(name: name, asAt: asAt, schoolYear: schools.first?.schoolYear)
    for school in schools { add(school) }
  }

  package mutating func add(_ school: SchoolFigures) {
    provisional.formUnion(school.provisional)
    periods = Set(periods + school.periods).sorted()
    for (period, figures) in school.groups {
      for (group, figure) in figures { groups[period, default: [:]][group, default: .zero] += figure }
    }
    for (kind, figures) in school.caseMix { caseMix[kind, default: .zero] += figures }
    for (period, tally) in school.codes { codes[period, default: .zero] += tally }
    for (period, pupils) in school.pupilsByCode { pupilsByCode[period, default: .zero] += pupils }
    for (weekday, halves) in school.weekdays {
      for (half, figures) in halves { weekdays[weekday, default: [:]][half, default: .zero] += figures }
    }
  }
}
