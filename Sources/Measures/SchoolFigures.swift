import Policies
import Registers

/// Every figure of one school, by period and group, by code, by session, and by pupil.
package struct SchoolFigures: Figures, Sendable {
  package let school: School
  package let schoolYear: SchoolYear
  package let asAt: Day
  package let policy: Policy
  /// The national thresholds and the policy's.
  package let thresholds: [Threshold]
  package let halfTerms: [HalfTerm]
  /// The year to date and the half-terms begun, in order.
  package let periods: [Period]
  /// The figures of pupils in the national scope by group. Two groups go beyond it: all on roll, and years outside the
  /// scope.
  package private(set) var groups: [Period: [Group: GroupFigures]]
  /// For each period, every mark of pupils in the national scope, including those that measures leave out for Year 11.
  package private(set) var codes: [Period: SessionTally]
  /// For each period and code, the number of pupils in the national scope with at least one such mark.
  package private(set) var pupilsByCode: [Period: SessionTally]
  /// The sessions of pupils in the national scope by school week, weekday and half of the day.
  package private(set) var weeks: [WeekFigures]
  package private(set) var weekdays: [Weekday: [DayHalf: SessionFigures]]
  /// The register, for reports that show marks, or `nil` in figures of groups only.
  package private(set) var register: Register?
  /// The weekday with more absence than chance explains, or `nil` if there is none.
  package let weekdayWithMostAbsence: Weekday?
  package let lateness: SchoolLateness
  /// The last day with a mark up to the as-at date, or `nil` if there is none.
  package let lastMark: Day?
  /// The year to date in the national scope by kind of pupil: year, SEN, disadvantage and sex.
  package let caseMix: [CaseMixAdjustment.Kind: GroupFigures]
  /// The numbers of pupils for reports without pupils.
  package private(set) var counts: PupilCounts
  let plan: CalendarIndex
  let absence: SchoolAbsence
  /// The pupils in the order of the register.
  package private(set) var pupils: [PupilFigures]
  /// The first day with provisional marks, which are those of the last ten school days. Source: rules, section 11.
  package let provisionalFrom: Day?

  /// The sessions of pupils in the national scope in a school week.
  package struct WeekFigures: Sendable {
    package let monday: Day
    package let halfTerm: HalfTerm.Name?
    package var sessions: SessionFigures
  }
}

extension SchoolFigures {
  /// Computes the figures of a register up to the as-at date, in one pass over its marks.
  ///
  /// - Parameters:
  ///   - schoolYear: The year of the figures, or `nil` for the year of the as-at date.
  ///   - elsewhere: Unauthorised marks at other schools of the trust, by the pupil's position in the register.
  package init(
    _ register: Register, asAt: Day, policy: Policy, schoolYear: SchoolYear? = nil,
    elsewhere: [Int: [MarkEntry]] = [:]
  ) {
    let plan = CalendarIndex(
      register, asAt: asAt, schoolYear: schoolYear ?? SchoolYear(containing: asAt))
    let tellsAges = register.pupils.contains(where: \.tellsAge)
    let inputs = register.pupils.enumerated().map { position, pupil in
      PupilInput(
        of: position, in: register, isInScope: !tellsAges || pupil.isInNationalScope(in: plan.schoolYear),
        plan: plan)
    }
    var absence = SchoolAbsence(register, plan: plan)
    for input in inputs { absence.add(input.marks.year) }
    let patterns = WeekPattern.beyondChance(inputs, school: absence, register: register, plan: plan)
    let thresholds = Threshold.all(by: policy)
    let namesakes = register.namesakes
    let pupils = inputs.map { input in
      PupilFigures(
        input, elsewhere: elsewhere[input.position] ?? [],
        hasNamesake: namesakes.contains(input.position), pattern: patterns[input.position],
        policy: policy, thresholds: thresholds, register: register, plan: plan)
    }
    self.init(
      register, plan: plan, sums: GroupAccumulator(inputs, of: register, plan: plan), pupils: pupils,
      absence: absence, policy: policy, thresholds: thresholds)
  }

  private init(
    _ register: Register, plan: CalendarIndex, sums: GroupAccumulator, pupils: [PupilFigures],
    absence: SchoolAbsence, policy: Policy, thresholds: [Threshold]
  ) {
    school = register.school
    self.plan = plan
    schoolYear = plan.schoolYear
    self.absence = absence
    asAt = plan.asAt
    self.policy = policy
    self.thresholds = thresholds
    halfTerms = plan.halfTerms
    periods = sums.periods
    groups = sums.groupsByPeriod(register)
    codes = Dictionary(uniqueKeysWithValues: zip(sums.periods, sums.codes))
    pupilsByCode = Dictionary(uniqueKeysWithValues: zip(sums.periods, sums.pupilsByCode))
    weeks = sums.weeks(register)
    weekdays = sums.weekdays(register)
    weekdayWithMostAbsence = sums.weekdayWithMostAbsence(register)
    self.pupils = pupils
    lateness = SchoolLateness(pupils)
    caseMix = pupils.reduce(into: [:]) { kinds, pupil in
      guard let tally = pupil.national(plan), tally.possible > 0 else { return }
      kinds[CaseMixAdjustment.Kind(pupil.pupil), default: .zero] += GroupFigures(pupil: tally)
    }
    counts = PupilCounts(pupils, policy: policy, thresholds: thresholds, plan: plan) { $0.national(plan) }
    self.register = register
    let days = register.calendar.days.filter { $0 <= plan.asAt }
    provisionalFrom = days.suffix(10).first
    lastMark = days.last
  }
}

extension Register {
  /// The positions of pupils with the same name, year and form as another.
  fileprivate var namesakes: Set<Int> {
    let indices = Dictionary(grouping: pupils.indices) { index in
      let pupil = pupils[index]
      return [
        pupil.surname.unredacted, pupil.forename.unredacted, pupil.year?.name ?? "", pupil.registrationGroup,
      ]
    }
    return Set(indices.filter { $0.key[0...1] != ["", ""] && $0.value.count > 1 }.values.joined())
  }
}

extension SchoolFigures {
  /// The figures without pupils and marks, for reports on groups only.
  package var withoutPupils: SchoolFigures {
    var figures = self
    figures.pupils = []
    figures.register = nil
    return figures
  }

  /// Returns a pupil's sessions in a period as national figures count them, without Summer 2 of Year 11.
  ///
  /// The result is `nil` outside the national scope. Source: rules, section 3.
  package func national(_ pupil: PupilFigures, in period: Period = .yearToDate) -> SessionTally? {
    guard period != .yearToDate, let index = periods.firstIndex(of: period) else {
      return pupil.national(plan)
    }
    guard pupil.isInScope else { return nil }
    return pupil.leavesOutSummer2(plan) && index - 1 == plan.summer2 ? .zero : pupil.halfTerms[index - 1]
  }

  /// Returns the figures of the pupils who satisfy a condition, each by the sessions of the days on which it is true,
  /// as national figures count them.
  package func figures(in period: Period, where condition: (Pupil) -> Bool) -> GroupFigures {
    pupils.reduce(into: .zero) { sum, pupil in
      if let tally = national(pupil, in: period, where: condition) { sum += GroupFigures(pupil: tally) }
    }
  }

  /// Returns a pupil's sessions of the days on which a condition is true, or `nil` if there are none.
  private func national(
    _ pupil: PupilFigures, in period: Period, where condition: (Pupil) -> Bool
  ) -> SessionTally? {
    guard let register, pupil.isInScope, !register.pupils[pupil.position].datedStatuses.isEmpty else {
      return condition(pupil.pupil) ? national(pupil, in: period) : nil
    }
    let details = register.pupils[pupil.position]
    let parts = plan.parts(
      of: pupil.position, in: register, onRoll: register.sessionsOnRoll(details),
      changes: details.daysOfChange)
    let place = period == .yearToDate ? nil : periods.firstIndex(of: period).map { $0 - 1 }
    return parts.filter { condition($0.pupil) }.reduce(into: .zero) { sum, part in
      for (index, tally) in part.tallies.enumerated() where place.map({ $0 == index }) ?? true {
        if !(pupil.leavesOutSummer2(plan) && index == plan.summer2) { sum += tally }
      }
    }
  }

  package var provisional: Set<Period> {
    guard let provisionalFrom else { return [] }
    return Set(halfTerms.filter { $0.last >= provisionalFrom }.map { .halfTerm($0.name) })
  }
}

extension SchoolFigures {
  /// Returns the pupils on roll who have reached a threshold or are near it, in the order of the register.
  package func pupils(_ state: Threshold.State, _ id: Threshold.ID) -> [PupilFigures] {
    pupils.filter { $0.result(of: id)?.state == state }
  }

  package func threshold(_ id: Threshold.ID) -> Threshold? { thresholds.first { $0.id == id } }
}
