import Policies
import Registers

extension Policy.Standing {
  /// What decides a pupil's stage at a moment.
  init(
    _ marks: PupilMarks, at moment: CalendarIndex.Moment, policy: Policy, in register: Register,
    plan: CalendarIndex
  ) {
    self.init()
    let seen = marks.before(moment.end).drop { $0.position < plan.yearToDate.lowerBound }
    possible = seen.count
    absence = seen.count { CodeSet.absence.contains($0.code) }
    let weeks = BrokenWeeks(seen, broken: policy.brokenWeeks.codes, plan: plan)
    brokenWeeks = weeks.broken
    weeksInSession = weeks.inSession
    for case .window(let name) in policy.stages.map(\.line) {
      guard let window = policy.windows.first(where: { $0.name == name }) else { continue }
      let evidence = WindowEvidence(window, marks, in: register, plan: plan, at: moment)
      if evidence.now.count >= window.sessions { windowsReached.insert(name) }
    }
  }
}

extension BrokenWeeks {
  /// The weeks of some marks, broken by codes of a policy's own.
  init(_ marks: ArraySlice<PupilMarks.Mark>, broken codes: CodeSet, plan: CalendarIndex) {
    self.init()
    var place = marks.startIndex
    while place < marks.endIndex {
      let week = plan.weekOfSession[marks[place].position]
      let ofWeek = marks[place...].prefix { plan.weekOfSession[$0.position] == week }
      add(weekWith: ofWeek.count, absent: ofWeek.count { codes.contains($0.code) })
      place = ofWeek.endIndex
    }
  }
}
