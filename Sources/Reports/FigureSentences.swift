import Measures
import Registers

/// Sentences that say what figures mean, no more certain than the figures.
struct FigureSentences {
  let figures: any Figures

  /// How much was missed in the current half-term, and how that differs from the one before.
  func level() -> Sentence {
    guard let current = figures.currentHalfTerm else { return "No half-term has begun." }
    let now = figures.total(in: current)
    let missed = now.rateCell(\.absenceRate)
    guard let previous = figures.previousHalfTerm, let rate = now.tally.absenceRate,
      let before = figures.total(in: previous).tally.absenceRate
    else { return "Pupils missed \(missed) of sessions in \(current.name)." }
    let pupils = min(now.enrolments, figures.total(in: previous).enrolments)
    return """
      Pupils missed \(missed) of sessions in \(current.name), \
      \(change(from: before, to: rate, of: pupils)) on \(previous.name)\
      \(unauthorisedRise(now, figures.total(in: previous), although: Rate.difference(rate, before) <= 0)).
      """
  }

  /// That unauthorised absence rose while absence as a whole did not, which the whole would hide.
  private func unauthorisedRise(
    _ now: GroupFigures, _ before: GroupFigures, although hasNotRisen: Bool
  ) -> Sentence {
    guard hasNotRisen, let rate = now.tally.unauthorisedRate, let earlier = before.tally.unauthorisedRate,
      Rate.difference(rate, earlier) >= FigureSentences.clearDifference
    else { return "" }
    let pupils = min(now.enrolments, before.enrolments)
    return """
      ; unauthorised absence is \(change(from: earlier, to: rate, of: pupils)), at \
      \(Cell.rate(rate, of: now.enrolments))
      """
  }

  /// `down 1.6 percentage points`, or `unchanged`.
  private func change(from before: Rate, to now: Rate, of pupils: Int) -> Sentence {
    let points = Rate.difference(now, before)
    guard points != 0 else { return "unchanged" }
    let size = Cell.decimal(abs(points), places: 1, of: pupils)
    return points < 0 ? "down \(size) percentage points" : "up \(size) percentage points"
  }

  /// How many are persistently and severely absent this year.
  func persistence() -> Sentence {
    let year = figures.total(in: .yearToDate)
    guard !year.persistentIsWithheld else { return "Persistently absent: \(year.persistentCell)." }
    guard year.persistent > 0 else {
      return """
        None of \(Cell.pupils(year.enrolments)) pupils aged 5 to 15 is persistently absent: none missed one session in \
        ten or more since September.
        """
    }
    return """
      \(Cell.pupils(year.persistent)) of \(Cell.pupils(year.enrolments)) pupils aged 5 to 15 \
      (\(Cell.share(year.persistentRate))) are persistently absent: they missed one session in ten or more \
      since September.
      """
  }

  /// The two gaps every board asks for: of disadvantaged pupils, and of pupils with SEN.
  func gaps() -> [Sentence] {
    let sentences = [
      gap(
        Group(.disadvantage, "Disadvantaged"), "Disadvantaged pupils",
        against: Group(.disadvantage, "Not disadvantaged"), "other pupils"),
      gap(
        Group(.sen, "Any SEN"), "Pupils with special educational needs (SEN)",
        against: Group(.senProvision, SENProvision.none.name), "pupils with none"),
    ]
    return sentences.compactMap(\.self)
  }

  /// How one group's absence stands against another's. Missing: nil when either is empty.
  func gap(_ group: Group, _ name: String, against other: Group, _ otherName: String) -> Sentence? {
    guard let one = figures.figures(of: group, in: .yearToDate),
      let two = figures.figures(of: other, in: .yearToDate),
      let rate = one.tally.absenceRate, let otherRate = two.tally.absenceRate, !one.isWithheld,
      !two.isWithheld
    else { return nil }
    let points = Rate.difference(rate, otherRate)
    let missed = Cell.rate(rate, of: one.enrolments)
    let otherMissed = Cell.rate(otherRate, of: two.enrolments)
    guard points != 0 else { return "\(name) and \(otherName) both missed \(missed) this year." }
    let size = Cell.decimal(abs(points), places: 1, of: min(one.enrolments, two.enrolments))
    return """
      \(name) missed \(missed) this year, \(size) percentage points \(points > 0 ? "more" : "less") than \
      \(otherName) (\(otherMissed)).
      """
  }

  /// Unit: tenths of a percentage point; a smaller difference is not made a sentence of.
  private static let clearDifference = 10

  /// The weekday most is missed on. Missing: nil where none stands out.
  func weekday() -> Sentence? {
    let rates = Weekday.allCases.compactMap { day -> (day: Weekday, rate: Rate, pupils: Int)? in
      guard let figures = figures.figures(of: Group(.weekday, day.name), in: .yearToDate), !figures.isWithheld
      else { return nil }
      return figures.tally.absenceRate.map { (day, $0, figures.enrolments) }
    }
    let ordered = rates.sorted { Rate.difference($0.rate, $1.rate) > 0 }
    guard ordered.count > 1, let most = ordered.first, let least = ordered.last,
      Rate.difference(most.rate, least.rate) >= FigureSentences.clearDifference,
      Rate.difference(most.rate, ordered[1].rate) > 0
    else { return nil }
    return """
      \(most.day.name)s cost most: \(Cell.rate(most.rate, of: most.pupils)) of sessions are missed, against \
      \(Cell.rate(least.rate, of: least.pupils)) on \(least.day.name)s.
      """
  }

  /// How much of the absence is illness, and how much has no reason yet.
  func reasons() -> Sentence? {
    let year = figures.codes[.yearToDate] ?? .zero
    let pupils = figures.pupilsByCode[.yearToDate] ?? .zero
    guard CodeSet.absence.codes.allSatisfy({ !figures.withheldCodes.contains($0) }) else { return nil }
    guard let illness = Rate(year[.illness], of: year.absence),
      let open = Rate(year[.reasonNotEstablished], of: year.absence)
    else { return nil }
    return """
      Illness is \(Cell.rate(illness, of: pupils[.illness])) of all absence; for \
      \(Cell.rate(open, of: pupils[.reasonNotEstablished])) the reason is still to be established (N).
      """
  }
}

extension Sentence.Interpolation {
  mutating func appendInterpolation(_ sentence: Sentence) { parts += sentence.parts }
}

extension Figures {
  /// The period a pack is about: `Spring 1 2025/26`.
  public var packPeriod: String { "\(currentHalfTerm?.name ?? Period.yearToDate.name) \(schoolYear.name)" }
}
