import Measures
import Registers
import ReportModel

/// The rules that choose the three questions of page one: each sees something in the figures, or nothing.
struct BoardQuestion: Sendable {
  /// The most pressing first; a rule sees something or is passed over.
  static let rules: [@Sendable (SchoolFigures) -> Question?] = [
    unauthorisedRise, entered, severe, widestGap, worstYear, reasonsOpen, weekday, partTime, suspensions,
    holidays, late, marksMissing, nearTheLine, illness,
  ]

  /// Asked where the figures give too few of their own.
  static let always: [Question] = [
    Question("How many pupils are close to the line, and what keeps them above it?", section: ""),
    Question(
      "What has the school tried this half-term, and how will we know whether it worked?", section: ""),
    Question("Whose absence do these figures not explain, and who knows the reasons?", section: ""),
  ]

  static func questions(_ school: SchoolFigures) -> [Question] {
    (school.total(in: .yearToDate).isWithheld ? [] : rules.compactMap { $0(school) }) + always
  }
}

extension BoardQuestion {
  /// Unit: tenths of a percentage point.
  private static let clearRise = 5

  private static let unauthorisedRise: @Sendable (SchoolFigures) -> Question? = { school in
    guard let current = school.currentHalfTerm, let previous = school.previousHalfTerm,
      let now = school.total(in: current).tally.unauthorisedRate,
      let before = school.total(in: previous).tally.unauthorisedRate,
      Rate.difference(now, before) >= clearRise
    else { return nil }
    let pupils = school.total(in: current).enrolments
    return Question(
      """
      Unauthorised absence rose from \(Cell.rate(before, of: pupils)) to \(Cell.rate(now, of: pupils)) since \
      \(previous.name). Which reasons are behind it, and for how many families?
      """, section: "Reasons")
  }

  private static let entered: @Sendable (SchoolFigures) -> Question? = { school in
    let (counts, key) = (school.counts, PupilCounts.Key.entered(.persistent))
    guard counts.hasBefore, counts.isShown(key), counts[key] > 0, let previous = school.previousHalfTerm
    else { return nil }
    return Question(
      """
      \(counts.cell(key)) pupils became persistently absent since \(previous.name). What has been put in place for each?
      """, section: "Persistent and severe absence")
  }

  private static let severe: @Sendable (SchoolFigures) -> Question? = { school in
    let year = school.total(in: .yearToDate)
    guard !year.severeIsWithheld, year.severe > 0 else { return nil }
    return Question(
      """
      \(year.severeCell) pupils missed half of their sessions or more. Has each a plan, and who outside the school helps?
      """, section: "Persistent and severe absence")
  }

  private static let widestGap: @Sendable (SchoolFigures) -> Question? = { school in
    guard let gap = Gap.widest(of: school)?.gap else { return nil }
    return Question(
      """
      \(gap.name) miss clearly more than \(gap.otherName). What have we tried, and how will we know it worked?
      """, section: "Groups and gaps")
  }

  private static let worstYear: @Sendable (SchoolFigures) -> Question? = { school in
    BoardSentences(school: school).worstYear().map { year in
      Question(
        "What is different about \(year.group.breakdown), and does it follow from a few pupils or from many?",
        section: "Year groups")
    }
  }

  /// More than one absence in ten without a reason.
  private static let reasonsOpen: @Sendable (SchoolFigures) -> Question? = { school in
    guard let open = share(of: .reasonNotEstablished, school), 10 * open.rate.part >= open.rate.whole else {
      return nil
    }
    return Question(
      """
      For \(Cell.rate(open.rate, of: open.pupils)) of absence the reason is not yet known (N). Who follows it up, and how soon?
      """, section: "Reasons")
  }

  private static let weekday: @Sendable (SchoolFigures) -> Question? = { school in
    BoardSentences(school: school).weekday().map { sentence in
      Question(
        "\(sentence) What is different about that day, and for whom?", section: "The shape of the week")
    }
  }

  private static let partTime: @Sendable (SchoolFigures) -> Question? = { school in
    pupils(with: .partTimeTimetable, school).map { pupils in
      Question(
        """
        \(pupils) pupils were on a part-time timetable (C2) this year. When does each end, and who agreed it?
        """, section: "Reasons")
    }
  }

  private static let suspensions: @Sendable (SchoolFigures) -> Question? = { school in
    pupils(with: .suspended, school).map { pupils in
      Question(
        "\(pupils) pupils missed sessions through suspension. What changed for them when they came back?",
        section: "Suspensions")
    }
  }

  /// One absence in ten or more is a holiday that was not granted.
  private static let holidays: @Sendable (SchoolFigures) -> Question? = { school in
    guard let holidays = share(of: .holidayNotGranted, school),
      10 * holidays.rate.part >= holidays.rate.whole
    else { return nil }
    return Question(
      """
      \(Cell.rate(holidays.rate, of: holidays.pupils)) of absence is holiday in term time. What do families hear from us \
      before they book?
      """, section: "Reasons")
  }

  /// One late mark or more in fifty sessions attended.
  private static let late: @Sendable (SchoolFigures) -> Question? = { school in
    let year = school.total(in: .yearToDate)
    guard !CodeSet.late.codes.contains(where: school.withheldCodes.contains),
      let rate = Rate(year.tally.late, of: year.tally.attending), 50 * rate.part >= rate.whole
    else { return nil }
    return Question(
      """
      There were \(Cell.sessions(year.tally.late, of: school.lateness.pupils)) late marks this year. Is it the same pupils, \
      and do they say why?
      """, section: "Lateness")
  }

  /// One session in a hundred or more without a mark.
  private static let marksMissing: @Sendable (SchoolFigures) -> Question? = { school in
    let tally = school.codes[.yearToDate] ?? .zero
    guard !school.withheldCodes.contains(.noMark),
      let rate = Rate(tally.missing, of: tally.possible + tally.missing), 100 * rate.part >= rate.whole
    else { return nil }
    let pupils = school.pupilsByCode[.yearToDate]?[.noMark] ?? 0
    return Question(
      """
      \(Cell.rate(rate, of: pupils)) of sessions have no mark. Which registers are not completed, and where were those pupils?
      """, section: "Data quality in three lines")
  }

  /// One pupil in ten or more is over 90% and under 95%.
  private static let nearTheLine: @Sendable (SchoolFigures) -> Question? = { school in
    let (counts, key) = (school.counts, PupilCounts.Key.band(1))
    guard counts.isShown(key), counts.isShown(.counted), 10 * counts[key] >= counts[.counted], counts[key] > 0
    else { return nil }
    return Question(
      """
      \(counts.cell(key)) pupils attended over 90% and under 95%. What keeps them from becoming persistently absent?
      """, section: "Attendance bands")
  }

  /// Half of all absence or more is illness.
  private static let illness: @Sendable (SchoolFigures) -> Question? = { school in
    guard let illness = share(of: .illness, school), 2 * illness.rate.part >= illness.rate.whole else {
      return nil
    }
    return Question(
      """
      Illness is \(Cell.rate(illness.rate, of: illness.pupils)) of absence. When do we ask more about it, and who advises us?
      """, section: "Reasons")
  }

  /// A code's share of all absence. Missing: nil where it may not be seen.
  private static func share(of code: AttendanceCode, _ school: SchoolFigures) -> (rate: Rate, pupils: Int)? {
    let year = school.codes[.yearToDate] ?? .zero
    guard !school.withheldCodes.contains(code) else { return nil }
    let absence = school.total(in: .yearToDate).tally.absence
    return Rate(year[code], of: absence).map { ($0, school.pupilsByCode[.yearToDate]?[code] ?? 0) }
  }

  /// The pupils with a mark of a code. Missing: nil where there are none or they may not be counted.
  private static func pupils(with code: AttendanceCode, _ school: SchoolFigures) -> Cell? {
    let count = school.pupilsByCode[.yearToDate]?[code] ?? 0
    return school.withheldCodes.contains(code) || count == 0 ? nil : .pupils(count)
  }
}
