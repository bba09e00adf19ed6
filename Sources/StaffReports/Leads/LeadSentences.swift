import Measures
import Registers
import ReportModel

/// The headlines of a lead's report.
struct LeadSentences {
  private let group: LeadGroup
  private let pupils: [PupilFigures]
  private let school: SchoolFigures

  init(_ group: LeadGroup, _ pupils: [PupilFigures], _ school: SchoolFigures) {
    self.group = group
    self.pupils = pupils
    self.school = school
  }

  static func unknown(_ group: LeadGroup) -> Sentence {
    """
    Your exports do not identify \(group.name), so this report is empty. List the pupil details under pupils in the \
    trust file.
    """
  }

  var all: [Sentence] {
    guard !pupils.isEmpty else { return ["The school has no \(group.name) on its registers this year."] }
    return ([level] + [flagged, persistence, why].compactMap(\.self))
  }

  /// The absence of the group compared with other pupils.
  private var level: Sentence {
    let figures = LeadComparison(group, school)
    let own = group.parts.dropLast().reduce(into: GroupFigures.zero) {
      $0 += figures.figures(of: $1, in: .yearToDate)
    }
    guard let others = group.parts.last,
      let rate = own.tally.absenceRate,
      let other = figures.figures(of: others, in: .yearToDate).tally.absenceRate
    else { return "\(Cell.pupils(pupils.count)) \(group.name) are on the registers this year." }
    let points = Rate.difference(rate, other)
    return """
      \(group.name.capitalisedFirst) missed \(Cell.rate(rate, of: own.enrolments)) of sessions this year, against \
      \(Cell.rate(other, of: own.enrolments)) for other pupils: \
      \(Cell.decimal(abs(points), places: 1, of: own.enrolments)) percentage points \(points < 0 ? "less" : "more").
      """
  }

  private var flagged: Sentence? {
    let flags = pupils.map { LeadFlag.all(of: $0, school) }
    let count = flags.count { !$0.isEmpty }
    guard count > 0 else { return nil }
    let plans = flags.count { $0.contains { $0.kind == .planFalling } }
    return """
      \(Cell.pupils(count)) of \(Cell.pupils(pupils.count)) \(pupils.count == 1 ? "pupil" : "pupils") of any age \
      \(count == 1 ? "needs" : "need") review.\
      \(plans == 0 ? "" : " Tell the local authority about \(Cell.pupils(plans)) with an EHC plan." as Sentence)
      """
  }

  private var persistence: Sentence? {
    let now = pupils.filter(\.year.isPersistentlyAbsent)
    let entered = now.count { $0.before.map { !$0.isPersistentlyAbsent && $0.possible > 0 } ?? false }
    let left = pupils.count {
      !$0.year.isPersistentlyAbsent && ($0.before?.isPersistentlyAbsent ?? false)
    }
    let who: Sentence = """
      \(Cell.pupils(now.count)) of \(Cell.pupils(pupils.count)) \(pupils.count == 1 ? "pupil" : "pupils") of any age \
      \(now.count == 1 ? "is" : "are") persistently absent
      """
    guard let before = school.previousHalfTerm else {
      return "\(who): they missed at least 10% of sessions."
    }
    return """
      \(who). Since the end of \(before.name), \(Cell.pupils(entered)) became persistently absent and \
      \(Cell.pupils(left)) no longer \(left == 1 ? "is" : "are").
      """
  }

  /// The most frequent kind of absence.
  private var why: Sentence? {
    let sum = pupils.map(\.year).reduce(.zero, +)
    let kinds = AbsenceKind.allCases.map { (kind: $0, sessions: sum[$0.codes]) }.sorted {
      $0.sessions > $1.sessions
    }
    guard let most = kinds.first, let share = Rate(most.sessions, of: sum.absence) else { return nil }
    return """
      The most frequent reason for absence is \(most.kind.shortLabel): \(Cell.rate(share, of: pupils.count)) of it.
      """
  }
}
