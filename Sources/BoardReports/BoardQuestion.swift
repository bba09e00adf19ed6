import Registers
import Release
import ReportModel

/// The rules that choose the questions of page one from published figures.
struct BoardQuestion {
  let figures: PublishedFigures
  private var say: FigureStatements { FigureStatements(figures: figures) }

  /// Asked where the figures give too few of their own.
  private static let always: [Question] = [
    Question("How many pupils are close to 10% absence, and what keeps them below it?", section: ""),
    Question(
      "What has the school tried this half-term, and how will we know whether it worked?", section: ""),
    Question("Which absence do these figures not explain, and who knows the reasons?", section: ""),
  ]

  /// The questions in order of urgency; one on a gap and one on persistent absence are among the first three.
  var all: [Question] {
    guard !figures.isHidden else { return BoardQuestion.always }
    let found =
      [gap, persistence] + [rise, severe, year, open, weekday, partTime, suspended, holiday, nearLine]
    return found.compactMap(\.self) + BoardQuestion.always
  }

  private var gap: Question? {
    let gaps = say.gapsToClose
    let found = say.widestGap ?? gaps.first { $0.topic == .disadvantage } ?? gaps.first
    return found.map { gap in
      Question(
        gap.verdict == .lower
          ? """
          Why is the attendance of pupils in the group \(gap.row) lower than other pupils', and what have we tried?
          """
          : "What would show us early that the group \(gap.row) falls behind other pupils?",
        section: "Groups and gaps")
    }
  }

  private var persistence: Question? {
    guard let count = figures[Figure.Key(.headline, .persistent)], count.isShown else { return nil }
    return Question(
      """
      What does each of the \(figures.cell(.persistent)) persistently absent pupils get now, and who reviews it when?
      """, section: "Persistent and severe absence")
  }

  /// Unauthorised absence up by half a point or more since the half-term before.
  private var rise: Question? {
    guard let current = figures.currentHalfTerm, let previous = figures.previousHalfTerm,
      let now = figures[Figure.Key(.headline, .unauthorised, in: current)]?.tenths,
      let before = figures[Figure.Key(.headline, .unauthorised, in: previous)]?.tenths, now - before >= 5
    else { return nil }
    return Question(
      """
      Unauthorised absence rose from \(figures.cell(.unauthorised, in: previous)) to \
      \(figures.cell(.unauthorised, in: current)) since \(previous.name). Which reasons are behind it?
      """, section: "Reasons")
  }

  private var severe: Question? {
    guard let severe = figures[Figure.Key(.headline, .severe)]?.count, severe > 0 else { return nil }
    return Question(
      """
      \(figures.cell(.severe)) pupils missed half of their sessions or more. Has each a plan, and who outside the school helps?
      """, section: "Persistent and severe absence")
  }

  private var year: Question? {
    say.lowestYear.map {
      Question("Why is attendance in \($0.row) lower than in other years?", section: "Year groups")
    }
  }

  /// The share of possible sessions with a code, in tenths of a per cent.
  private func share(_ code: AttendanceCode) -> Int? {
    figures[Figure.Key(.reasons, nil, code.mark, .share)]?.tenths
  }

  private func cell(_ code: AttendanceCode) -> Cell {
    figures.cell(Figure.Key(.reasons, nil, code.mark, .share))
  }

  private func question(_ code: AttendanceCode, from tenths: Int, _ asks: (Cell) -> Sentence) -> Question? {
    guard let share = share(code), share >= tenths else { return nil }
    return Question(asks(cell(code)), section: "Reasons")
  }

  private var open: Question? {
    question(.reasonNotEstablished, from: 5) {
      "\($0) of sessions have no reason for absence yet (N). Who finds the reason, and how soon?"
    }
  }

  private var partTime: Question? {
    question(.partTimeTimetable, from: 1) {
      "\($0) of sessions are missed by part-time timetables (C2). When does each end, and who agreed it?"
    }
  }

  private var holiday: Question? {
    question(.holidayNotGranted, from: 5) {
      "\($0) of sessions are holidays in term time. What do families hear from us before they book?"
    }
  }

  private var suspended: Question? {
    let key = Figure.Key(.suspensions, nil, "Pupils with a suspension (E)", .pupils)
    guard let count = figures[key]?.count, count > 0 else { return nil }
    return Question(
      "About \(figures.cell(key)) pupils missed sessions through suspension. What changed for them when they came back?",
      section: "Suspensions")
  }

  private var weekday: Question? {
    say.lowestDay.map {
      Question("\($0) Which pupils are affected, and why?", section: "Days of the week")
    }
  }

  private var nearLine: Question? {
    let key = Figure.Key(.bands, nil, "Over 90%, under 95%", .pupils)
    guard let count = figures[key]?.count, count > 0 else { return nil }
    return Question(
      "About \(figures.cell(key)) pupils are between 90% and 95%. Who speaks to their families?",
      section: "Attendance bands")
  }
}
