import Measures
import Registers
import ReportModel

/// Sentences that say what figures mean, no more certain than the figures.
struct FigureSentences {
  let figures: any Figures

  /// How much was missed in the current half-term, and whether that differs from the one before.
  func level() -> Sentence {
    guard let current = figures.currentHalfTerm else { return "No half-term has begun." }
    let now = figures.total(in: current)
    let missed = now.rateCell(\.absenceRate)
    guard let previous = figures.previousHalfTerm,
      let change = Comparison(now, with: figures.total(in: previous))
    else { return "Pupils missed \(missed) of sessions in \(current.name)." }
    let before = figures.total(in: previous)
    let pupils = min(now.enrolments, before.enrolments)
    let rise = unauthorisedRise(now, before, although: change.points <= 0)
    guard change.verdict.isClear || abs(change.points) >= FigureSentences.clearRise else {
      return """
        Pupils missed \(missed) of sessions in \(current.name), much as in \(previous.name) \
        (\(before.rateCell(\.absenceRate)))\(rise).
        """
    }
    return """
      Pupils missed \(missed) of sessions in \(current.name), \(moved(change.points, of: pupils)) on \
      \(previous.name)\(change.verdict.isClear ? "" : ", which may be chance")\(rise).
      """
  }

  /// That unauthorised absence rose while absence as a whole did not, which the whole would hide.
  private func unauthorisedRise(
    _ now: GroupFigures, _ before: GroupFigures, although hasNotRisen: Bool
  ) -> Sentence {
    guard hasNotRisen, let rate = now.tally.unauthorisedRate, let earlier = before.tally.unauthorisedRate,
      Rate.difference(rate, earlier) >= FigureSentences.clearRise
    else { return "" }
    let pupils = min(now.enrolments, before.enrolments)
    return """
      ; unauthorised absence is \(moved(Rate.difference(rate, earlier), of: pupils)), at \
      \(Cell.rate(rate, of: now.enrolments))
      """
  }

  /// Unit: tenths of a percentage point; a smaller change is not spoken of unless it is clear.
  private static let clearRise = 10

  /// `down 1.6 percentage points`.
  func moved(_ points: Int, of pupils: Int) -> Sentence {
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

  /// The clear gap behind which most sessions are missed, or that there is none, or `nil` if no gap can be seen.
  func widestGap() -> Sentence? {
    let present = Gap.toClose.filter { figures.figures(of: $0.group, in: .yearToDate) != nil }
    let compared = Gap.compared(figures).count {
      $0.gap.group.topic != .sex && $0.comparison.verdict != .tooFew
    }
    guard compared > 0 else { return nil }
    // What is withheld is not to be taken for good news.
    guard let widest = Gap.widest(of: figures) else {
      return """
        Of \(Cell.number(present.count)) groups boards ask about, \(Cell.number(compared)) can be compared with other pupils this \
        year, and \(compared == 1 ? "it did not miss" : "none of these missed") clearly more.
        """
    }
    let pupils = min(widest.group.enrolments, widest.other.enrolments)
    return """
      \(widest.gap.name) missed \(widest.group.rateCell(\.absenceRate)) this year, \
      \(Cell.decimal(widest.comparison.points, places: 1, of: pupils)) percentage points more than \
      \(widest.gap.otherName) (\(widest.other.rateCell(\.absenceRate))).
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
