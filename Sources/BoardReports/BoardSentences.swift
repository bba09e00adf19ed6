import Measures
import Registers
import ReportModel

/// The five sentences of page one: level and change, persistent absence, the widest gap, who misses most, what improved.
struct BoardSentences {
  let school: SchoolFigures
  /// How the level stands against England's. Missing: nil where there is no comparator.
  var compared: Sentence?
  private var say: FigureSentences { FigureSentences(figures: school) }

  var all: [Sentence] {
    let year = school.total(in: .yearToDate)
    guard year.enrolments > 0 || year.isWithheld else {
      return [
        "No pupil aged 5 to 15 has had a session yet: national figures leave out nursery, Reception and sixth form."
      ]
    }
    guard !year.isWithheld else {
      return ["So few pupils are on roll that any figure would tell of one of them: all are withheld."]
    }
    let level: Sentence = compared.map { "\(say.level()) \($0)" } ?? say.level()
    let found = [level, persistence(), say.widestGap(), most(), improved()].compactMap(\.self)
    let more = [weekday(), say.reasons()].compactMap(\.self).filter { !found.contains($0) }
    return found + more.prefix(5 - found.count)
  }

  /// How many are persistently absent, and how many came to it and left it.
  private func persistence() -> Sentence {
    guard !school.total(in: .yearToDate).persistentIsWithheld else {
      return "How many pupils are persistently absent is withheld, so that none can be recognised."
    }
    guard school.weeks.count > BoardSentences.earlyWeeks else {
      return "\(say.persistence()) So early in the year a few days of illness are enough."
    }
    let counts = school.counts
    let keys = [PupilCounts.Key.entered(.persistent), .left(.persistent)]
    guard counts.hasBefore, let before = school.previousHalfTerm, keys.allSatisfy(counts.isShown),
      keys.contains(where: { counts[$0] > 0 })
    else { return say.persistence() }
    func count(_ key: PupilCounts.Key) -> Cell { counts[key] == 0 ? .text("none") : counts.cell(key) }
    return """
      \(say.persistence()) Since \(before.name), \(count(keys[0])) became so and \(count(keys[1])) no longer \(counts[keys[1]] == 0 ? "is" : "are").
      """
  }

  /// The year group that misses clearly more than all others. Missing: nil where none does.
  func worstYear() -> (group: Group, figures: GroupFigures, others: GroupFigures)? {
    let years = school.groups(of: .ncYear).compactMap { group in
      school.figures(of: group, in: .yearToDate).map { (group: group, figures: $0) }
    }.filter(\.group.isNationalYear)
    // Years that may not be seen would be missing from the others.
    guard years.count > 1, years.allSatisfy({ !$0.figures.isWithheld }) else { return nil }
    let pairs = years.map { year in
      let others = years.filter { $0.group != year.group }.reduce(into: GroupFigures.zero) {
        $0 += $1.figures
      }
      return (group: year.group, figures: year.figures, others: others)
    }
    let comparisons = Comparison.family(pairs.map { ($0.figures, $0.others) })
    let found = zip(pairs, comparisons).filter { $0.1?.verdict == .higher }.map(\.0)
    return found.max { left, right in
      guard let one = left.figures.tally.absenceRate, let two = right.figures.tally.absenceRate else {
        return false
      }
      return Rate.difference(one, two) < 0
    }
  }

  /// Who misses most: a year group beyond chance, and how many miss half or more.
  private func most() -> Sentence? {
    let year = school.total(in: .yearToDate)
    var severe: Sentence?
    if !year.severeIsWithheld {
      severe =
        year.severe == 0
        ? "No pupil missed half of their sessions or more."
        : "\(Cell.pupils(year.severe)) pupils missed half of their sessions or more (severely absent)."
    }
    guard let worst = worstYear() else { return severe ?? weekday() }
    let sentence: Sentence = """
      \(worst.group.breakdown) missed most, \(worst.figures.rateCell(\.absenceRate)) against \
      \(worst.others.rateCell(\.absenceRate)) in the other years.
      """
    return severe.map { "\(sentence) \($0)" } ?? sentence
  }

  /// What improved most, beyond chance, since the last half-term.
  private func improved() -> Sentence {
    guard let current = school.currentHalfTerm, let previous = school.previousHalfTerm else {
      return "This is the first half-term of the year: what improves can be said from the next one on."
    }
    let groups =
      Gap.all.map { ($0.group, $0.name) }
      + school.groups(of: .ncYear).filter(\.isNationalYear).map { ($0, $0.breakdown) }
    let pairs = groups.map { group, _ -> (GroupFigures, GroupFigures)? in
      guard let now = school.figures(of: group, in: current), !now.isWithheld,
        let before = school.figures(of: group, in: previous), !before.isWithheld
      else { return nil }
      return (now, before)
    }
    let falls = zip(groups, zip(pairs, Comparison.family(pairs))).compactMap {
      group, found -> (name: String, fall: Comparison, pupils: Int)? in
      guard let pair = found.0, let change = found.1, change.verdict == .lower else { return nil }
      return (group.1, change, min(pair.0.enrolments, pair.1.enrolments))
    }
    if let best = falls.min(by: { $0.fall.points < $1.fall.points }) {
      return """
        \(best.name) improved most: they missed \(Cell.decimal(-best.fall.points, places: 1, of: best.pupils)) percentage \
        points less in \(current.name) than in \(previous.name).
        """
    }
    let counts = school.counts
    let (left, entered) = (PupilCounts.Key.left(.persistent), PupilCounts.Key.entered(.persistent))
    if counts.isShown(left), counts.isShown(entered), counts[left] > counts[entered] {
      return "Fewer pupils are persistently absent than at the end of \(previous.name)."
    }
    return "No year and no group missed clearly less in \(current.name) than in \(previous.name)."
  }

  /// Unit: school weeks; of so few a year to date is no measure of persistence yet.
  private static let earlyWeeks = 6

  /// The weekday that costs more than chance explains. Missing: nil where there is none.
  func weekday() -> Sentence? {
    guard let day = school.costliestWeekday,
      let own = school.figures(of: Group(.weekday, day.name), in: .yearToDate), !own.isWithheld
    else { return nil }
    let others = Weekday.allCases.filter { $0.isSchoolDay && $0 != day }
      .compactMap { school.figures(of: Group(.weekday, $0.name), in: .yearToDate) }
    guard others.allSatisfy({ !$0.isWithheld }) else { return nil }
    let rest = others.map(\.tally).reduce(.zero, +)
    let pupils = others.map(\.enrolments).min() ?? 0
    return """
      \(day.name)s cost most: \(own.rateCell(\.absenceRate)) of sessions are missed, against \
      \(Cell.rate(rest.absenceRate, of: pupils)) on the other days.
      """
  }
}
