import Measures
import Registers
import ReportModel

/// What became of a school's files, as far as a board needs to know it.
package struct RegisterQuality: Sendable {
  /// Unit: places for a mark.
  package let read: Int
  /// Unit: places for a mark that could not count.
  package let refused: Int
  /// Unit: findings that ask for a correction.
  package let corrections: Int

  package init(read: Int, refused: Int, corrections: Int) {
    self.read = read
    self.refused = refused
    self.corrections = corrections
  }

  /// Three lines: whether the registers are complete, what could not be read, and what is provisional.
  static func sentences(_ quality: RegisterQuality?, of school: SchoolFigures) -> [Sentence] {
    [complete(school), quality.map(\.readable), provisional(school)].compactMap(\.self)
  }

  private static func complete(_ school: SchoolFigures) -> Sentence {
    let tally = school.codes[.yearToDate] ?? .zero
    let pupils = school.pupilsByCode[.yearToDate]?[.noMark] ?? 0
    guard !school.withheldCodes.contains(.noMark), !school.total(in: .yearToDate).isWithheld else {
      return "How many sessions have no mark is withheld, so that no pupil can be recognised."
    }
    guard let share = Rate(tally.missing, of: tally.possible + tally.missing), tally.missing > 0 else {
      return "Every session of every pupil counted has a mark."
    }
    return """
      \(Cell.sessions(tally.missing, of: pupils)) sessions (\(Cell.rate(share, of: pupils))) have no mark: they count neither \
      as attendance nor as absence.
      """
  }

  private var readable: Sentence {
    let corrected: Sentence =
      corrections == 0
      ? "Nothing found asks for a correction."
      : "\(Cell.number(corrections)) findings ask for a correction; the school's data-quality report lists them."
    guard refused > 0 else { return "Every mark of the exports could be read. \(corrected)" }
    return """
      \(Cell.number(refused)) of \(Cell.number(read)) places for a mark could not be read, and are in no figure. \(corrected)
      """
  }

  private static func provisional(_ school: SchoolFigures) -> Sentence? {
    school.provisionalFrom.map {
      "Marks since \(Cell.day($0)) are provisional: registers keep changing for about two weeks."
    }
  }
}
