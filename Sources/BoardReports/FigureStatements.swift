import Registers
import Release
import ReportModel

/// Sentences about published figures that say no more than the figures and their verdicts.
struct FigureStatements {
  let figures: PublishedFigures
  /// The period of the gaps.
  let period: Period

  /// Creates statements about the current half-term, or about the year to date if no group is shown in it.
  init(figures: PublishedFigures) {
    let current = figures.currentHalfTerm ?? .yearToDate
    let hasGroups = figures.figures.contains {
      $0.key.table == .groups && $0.key.period == current && $0.key.measure == .points
    }
    self.init(figures: figures, in: hasGroups ? current : .yearToDate)
  }

  init(figures: PublishedFigures, in period: Period) {
    self.figures = figures
    self.period = period
  }

  /// A group and its difference from all other pupils.
  struct Gap {
    let topic: Group.Topic
    let row: String
    let verdict: Verdict?
    /// The difference in tenths of a point, below 0 for lower attendance.
    let points: Int
    let pupils: Int
    /// The key of the difference.
    let key: Figure.Key
  }

  /// Returns the groups of topics with their gaps in the period.
  private func gaps(_ table: Figure.Table) -> [Gap] {
    figures.figures.compactMap { figure in
      let key = figure.key
      guard key.table == table, key.measure == .points, key.period == period, let topic = key.topic,
        let points = figure.value.tenths
      else { return nil }
      let pupils = figures[Figure.Key(table, topic, key.row, .pupils)]?.count ?? 0
      return Gap(
        topic: topic, row: key.row, verdict: figures.verdicts[key], points: points, pupils: pupils, key: key)
    }
  }

  /// The gaps of groups that a board may want to close.
  var gapsToClose: [Gap] { gaps(.groups).filter { $0.topic != .sex && $0.topic != .ethnicity } }

  /// The clear gap behind which most absence lies, or `nil` if none is clear.
  var widestGap: Gap? {
    gapsToClose.filter { $0.verdict == .lower }.min { $0.points * $0.pupils < $1.points * $1.pupils }
  }

  /// The year group with the lowest attendance, if that is clear.
  var lowestYear: Gap? {
    gaps(.years).filter { $0.verdict == .lower }.min { $0.points < $1.points }
  }

  /// The attendance of the current half-term beside the one before.
  func level() -> Sentence {
    guard let current = figures.currentHalfTerm else { return "No half-term has begun." }
    let now = figures.cell(.attendance, in: current)
    guard let previous = figures.previousHalfTerm else {
      return "Attendance was \(now) in \(current.name)."
    }
    let key = Figure.Key(.halfTerms, .points, in: current)
    guard let points = figures[key]?.tenths else { return "Attendance was \(now) in \(current.name)." }
    let before = figures.cell(.attendance, in: previous)
    let verdict = figures.verdicts[key] ?? .tooFew
    guard verdict.isClear else {
      return """
        Attendance was \(now) in \(current.name) (\(before) in \(previous.name)): no clear difference.
        """
    }
    return """
      Attendance was \(now) in \(current.name), clearly \(points < 0 ? "lower" : "higher") than in \(previous.name) (\(before)).
      """
  }

  /// The persistently absent pupils of the year to date.
  func persistence() -> Sentence {
    let count = figures.cell(.persistent)
    let share = figures[Figure.Key(.headline, .persistentShare)]
    let percent: Sentence = share?.isShown == true ? " (\(figures.cell(.persistentShare)))" : ""
    let about: Sentence = figures.approximate.contains(Figure.Key(.headline, .persistent)) ? "About " : ""
    return """
      \(about)\(count) of \(figures.cell(.pupils)) pupils\(percent) are persistently absent: they have missed at least 10% of \
      their sessions since September.
      """
  }

  /// The sentence on one gap, with the attendance of both.
  func sentence(_ gap: Gap) -> Sentence {
    let key = gap.key
    let one = figures.cell(Figure.Key(key.table, key.topic, key.row, .attendance, in: key.period))
    let other = figures.cell(Figure.Key(key.table, key.topic, key.row, .otherAttendance, in: key.period))
    let time = key.period == .yearToDate ? "this year" : "in \(key.period.name)"
    let words =
      switch gap.verdict {
      case .lower: "a clear gap"
      case .higher: "clearly higher"
      case .similar: "no clear difference"
      case .tooFew, nil: "too few pupils to say whether this is chance"
      }
    return "\(gap.row): attendance was \(one) \(time), against \(other) for all other pupils; \(words)."
  }

  /// The gaps that page one shows: the widest clear gap, disadvantage and SEN.
  func gapSentences() -> [Sentence] {
    let gaps = gapsToClose
    let sen = gaps.filter { $0.topic == .sen }
    let asked = [widestGap].compactMap(\.self) + gaps.filter { $0.topic == .disadvantage } + sen
    var rows: [String] = []
    var sentences: [Sentence] = []
    for gap in asked where !rows.contains(gap.row) {
      rows.append(gap.row)
      sentences.append(sentence(gap))
    }
    return sentences.isEmpty
      ? [
        "To protect pupils, neither disadvantaged pupils nor pupils with SEN can be shown beside other pupils."
      ] : sentences
  }

  /// The day of the week with clearly lower attendance than the others, if there is one.
  var lowestDay: Sentence? {
    let days = Weekday.allCases.filter(\.isSchoolDay).compactMap { day in
      figures[Figure.Key(.weekdays, nil, day.name, .attendance)]?.tenths.map { (day: day, tenths: $0) }
    }.sorted { $0.tenths < $1.tenths }
    guard days.count > 2,
      figures.verdicts[Figure.Key(.weekdays, nil, days[0].day.name, .attendance)] == .lower
    else { return nil }
    let cell = figures.cell(Figure.Key(.weekdays, nil, days[0].day.name, .attendance))
    let next = figures.cell(Figure.Key(.weekdays, nil, days[1].day.name, .attendance))
    return "\(days[0].day.name)s are lowest: \(cell) this year, against \(next) or more on other days."
  }
}
