import Registers

/// Checks of a whole school: its marks together, its classes and its groups.
enum SchoolChecks {
  static let rules: [FindingRule] = [
    .noMarks, .noMarksYet, .registerEndsEarly, .closedDayMark, .oneCodeForAll, .classWithoutMarks,
    .groupColumnMissing,
  ]
}

/// The checks of a finished register, for issues that no single row shows.
///
/// Each file of checks adds its own; `run` calls them in turn.
struct RegisterChecks {
  let register: Register
  let builder: RegisterBuilder
  /// For each pupil of the register, the index in the builder.
  let order: [Int]
  /// For each pupil of the builder, the row in the register.
  let rows: [Int: Int]
  let asAt: Day?
  let stray: RegisterAssembly.StrayMarks

  init(
    _ register: Register, builder: RegisterBuilder, order: [Int], asAt: Day?,
    stray: RegisterAssembly.StrayMarks
  ) {
    self.register = register
    self.stray = stray
    self.builder = builder
    self.order = order
    self.asAt = asAt
    rows = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
  }

  /// The file named in findings about no single row: the first register with marks.
  var file: String {
    let files = builder.registerFiles
    return files.first { builder.yearsByFile[$0] != nil } ?? files.first ?? ""
  }

  /// The school year of the last session.
  var presentYear: SchoolYear { SchoolYear(containing: register.sessions.last?.day ?? Day(number: 0)) }

  /// Runs every check and reports to the builder.
  func run() {
    checkRefusedMarks()
    guard register.contains(where: { $0.contains { $0 != .noMark } }) else {
      // The refused marks explain why there is none.
      if builder.refused.count > 0, !builder.settings.acceptsRefusedMarks { return }
      builder.report(
        builder.hasLaterMarks
          ? .noMarksYet(builder.school, asAt: asAt) : .noMarks(builder.school, asAt: asAt), file, nil)
      return
    }
    checkGroupColumns()
    checkPupils()
    checkPupilsAlike()
    checkEnrolment()
    checkSessions()
    checkDays()
    checkClasses()
    checkReasons()
    checkSuspensions()
    checkFiles()
    checkTotals()
  }
}

// MARK: - Marks of the school

extension FindingRule {
  static let noMarks = FindingRule(
    "no-marks", .blocks,
    meaning:
      "No mark of the school could be read. Nothing is written.",
    remedy:
      "Check the school's registers in the trust file, and the as-at date.")
}

extension Issue {
  static func noMarks(_ school: School, asAt: Day?) -> Issue {
    Issue(.noMarks, "no mark of \(school.name)\(asAt.map { " up to \($0.formatted)" } ?? "") was read")
  }
}

extension FindingRule {
  static let noMarksYet = FindingRule(
    "no-marks-yet", .warns,
    meaning:
      "Every mark of the school is after the as-at date, so its packs are empty.",
    remedy:
      "Check the as-at date: every mark of the school is after it.")
}

extension Issue {
  static func noMarksYet(_ school: School, asAt: Day?) -> Issue {
    Issue(
      .noMarksYet, "no mark of \(school.name)\(asAt.map { " up to \($0.formatted)" } ?? "") was read")
  }
}

extension FindingRule {
  static let registerEndsEarly = FindingRule(
    "register-ends-early", .warns,
    meaning:
      "A school's marks end long before the as-at date.",
    remedy:
      "Export the register again up to the as-at date, or correct the as-at date.")
}

extension Issue {
  package static func registerEndsEarly(_ school: School, last: Day, asAt: Day) -> Issue {
    Issue(
      .registerEndsEarly,
      "the last mark of \(school.name) is on \(last.formatted), \(asAt - last) days before the as-at date")
  }
}

// MARK: - Sessions

extension FindingRule {
  static let closedDayMark = FindingRule(
    "closed-day-mark", .warns,
    meaning:
      "Some pupils have a mark for a session for which others have # (school closed). The marks count.",
    remedy:
      "Correct the register. If the school was open, # is wrong; if it was closed, the marks are wrong.")
}

extension Issue {
  /// - Parameters:
  ///   - marked: The number of pupils with a mark in the first session.
  ///   - closed: The number of pupils with `#` in the first session.
  static func closedDayMark(_ sessions: [Session], marked: Int, closed: Int) -> Issue {
    let first = sessions.first.map { "\($0.day.formatted) \($0.half.name)" } ?? ""
    let others =
      sessions.count > 1
      ? ", as in \(sessions.count - 1) more up to \(sessions.last?.day.formatted ?? "")" : ""
    return Issue(
      .closedDayMark,
      "on \(first) \(Issue.count(marked, "pupil")) \(marked == 1 ? "has" : "have") marks, but "
        + "\(Issue.count(closed, "pupil")) \(closed == 1 ? "has" : "have") # (planned whole school closure)"
        + others)
  }
}

extension FindingRule {
  static let oneCodeForAll = FindingRule(
    "one-code-for-all", .warns,
    meaning:
      "Nearly every pupil of the school has the same absence code for one session, which is very unusual. "
      + "The marks count.",
    remedy:
      "Check the session: a default may have been saved instead of the register. Correct it and export "
      + "again.")
}

extension Issue {
  static func oneCodeForAll(_ code: AttendanceCode, session: Session, pupils: Int, of all: Int) -> Issue {
    Issue(
      .oneCodeForAll,
      "\(pupils) of \(all) pupils have code \(code.mark) on \(session.day.formatted) \(session.half.name)",
      kind: "sessions with code \(code.mark) for nearly every pupil")
  }
}

extension RegisterChecks {
  /// The fewest pupils with marks for which one code for nearly all is reported.
  private static let minPupilsForOneCode = 10

  /// Reports sessions closed for some pupils and open for others, and sessions with one code of absence for
  /// nearly all.
  func checkSessions() {
    let all = countsBySession()
    var partlyClosed: [(session: Session, marked: Int, closed: Int)] = []
    for session in register.sessions.indices where register.inSchoolTime[session] {
      let counts = all[(session * AttendanceCode.count)..<((session + 1) * AttendanceCode.count)].map(
        Int.init)
      func count(_ codes: CodeSet) -> Int { codes.rawValues.reduce(0) { $0 + counts[$1] } }
      let marked = count(.inSchoolTime)
      let closed = counts[Int(AttendanceCode.plannedClosure.rawValue)]
      if closed > 0 { partlyClosed.append((register.sessions[session], marked, closed)) }
      guard marked >= RegisterChecks.minPupilsForOneCode else { continue }
      for code in CodeSet.absence.codes where counts[Int(code.rawValue)] * 20 >= marked * 19 {
        builder.report(
          .oneCodeForAll(
            code, session: register.sessions[session], pupils: counts[Int(code.rawValue)], of: marked),
          file, nil)
      }
    }
    if let first = partlyClosed.first {
      builder.report(
        .closedDayMark(partlyClosed.map(\.session), marked: first.marked, closed: first.closed), file, nil)
    }
  }

  /// Reports marks of weekends, outside the given half-terms, outside school time and after the last day.
  func checkDays() {
    let inTime = register.sessions.indices.filter { register.inSchoolTime[$0] }
    let weekends = inTime.filter { !register.sessions[$0].day.weekday.isSchoolDay }
    if !weekends.isEmpty {
      builder.report(.weekendMarks(countMarks(weekends), on: days(of: weekends)), file, nil)
    }
    let halfTerms = register.calendar.planned
    let years = Set(halfTerms.map { SchoolYear(containing: $0.first) })
    let outside = inTime.filter { session in
      let day = register.sessions[session].day
      return years.contains(SchoolYear(containing: day)) && !halfTerms.contains { $0.contains(day) }
    }
    if let first = outside.first, let last = outside.last {
      builder.report(
        .markOutsideHalfTerms(
          countMarks(outside), from: register.sessions[first].day, to: register.sessions[last].day,
          of: builder.school), file, nil)
    }
    if stray.count > 0 {
      builder.report(.marksOutsideSchoolTime(stray.count, on: stray.days.sorted()), file, nil)
    }
    if let end = builder.end, let sheet = builder.grid.sheets.first(where: { $0.year == end.year }) {
      let ahead = sheet.marksBySession.dropFirst(end.slots(of: end.year)).reduce(0, +)
      if ahead > 0 { builder.report(.marksAhead(ahead, after: end.day), file, nil) }
    }
  }

  private func countMarks(_ sessions: [Int]) -> Int {
    register.reduce(0) { count, pupil in
      count + sessions.count { CodeSet.inSchoolTime.contains(pupil[$0]) }
    }
  }

  private func days(of sessions: [Int]) -> [Day] { Set(sessions.map { register.sessions[$0].day }).sorted() }

  /// Reports guests, and leavers without a leaving date.
  func checkEnrolment() {
    let twoNames = builder.pupilsOfTwoNames.count
    if twoNames > 2, 10 * twoNames > builder.pupils.count {
      builder.report(.pupilsOfTwoNames(twoNames), file, nil)
    }
    let guests = builder.pupils.count { $0.enrolment == .guest }
    let source = builder.detailsFile ?? file
    if guests > 0 { builder.report(.guestPupils(guests), source, nil) }
    if builder.leaversWithoutDate > 0 {
      builder.report(.leaversWithoutDate(builder.leaversWithoutDate), source, nil)
    }
  }

  /// Returns the number of pupils with each code, session by session.
  private func countsBySession() -> [Int32] {
    var counts = [Int32](repeating: 0, count: register.sessions.count * AttendanceCode.count)
    for pupil in register.indices {
      register.withMarks(of: pupil) { marks in
        for (session, mark) in marks.enumerated() { counts[session * AttendanceCode.count + Int(mark)] += 1 }
      }
    }
    return counts
  }
}

// MARK: - Classes and groups

extension FindingRule {
  static let classWithoutMarks = FindingRule(
    "class-without-marks", .warns,
    meaning:
      "A whole class has no mark for a session for which other classes have marks. The register was not "
      + "taken, or not saved.",
    remedy:
      "Complete the class register in the school's system and export again. Nothing to do if the class "
      + "attends for half days only.")
}

extension Issue {
  static func classWithoutMarks(_ form: String, pupils: Int, session: Session) -> Issue {
    Issue(
      .classWithoutMarks,
      "class \(form) (\(Issue.count(pupils, "pupil"))) has no mark for \(session.day.formatted) \(session.half.name)",
      kind: "whole sessions without a mark for class \(form)")
  }

  static func classWithoutMarks(_ form: String, pupils: Int, in half: DayHalf) -> Issue {
    Issue(
      .classWithoutMarks,
      "class \(form) (\(Issue.count(pupils, "pupil"))) has no mark in any \(half == .morning ? "morning" : "afternoon")"
    )
  }
}

extension FindingRule {
  static let groupColumnMissing = FindingRule(
    "group-column-missing", .warns,
    meaning:
      "The school's policy names a column of the pupil details that no pupil file of the school has. Every "
      + "pupil counts as unknown for that group.",
    remedy:
      "Export the pupil details with the column, or correct its header under groups_from_columns in the "
      + "policy.")
}

extension Issue {
  static func groupColumnMissing(_ column: GroupColumn) -> Issue {
    Issue(
      .groupColumnMissing,
      "no pupil file has the column \"\(column.header)\" that the policy names for \"\(column.name)\"")
  }
}

extension RegisterChecks {
  /// The fewest pupils on roll for which a class without marks is reported.
  private static let minClassSize = 3

  /// Reports sessions for which a whole class has no mark.
  func checkClasses() {
    let classes = Dictionary(grouping: order.indices) { register.pupils[$0].registrationGroup }
    guard classes.count > 1 else { return }
    for (form, pupils) in classes.sorted(by: { $0.key < $1.key }) where !form.isEmpty {
      var empty: [(session: Session, pupils: Int)] = []
      var sessions: [DayHalf: Int] = [:]
      for session in register.sessions.indices where register.inSchoolTime[session] {
        sessions[register.sessions[session].half, default: 0] += 1
        if pupils.contains(where: { register[$0][session] != .noMark }) { continue }
        let day = register.sessions[session].day
        let onRoll = pupils.count { register.pupils[$0].isOnRoll(on: day) }
        if onRoll >= RegisterChecks.minClassSize { empty.append((register.sessions[session], onRoll)) }
      }
      // A class that never has one of the two sessions, such as a nursery class of mornings, is one fault.
      let never = [DayHalf.morning, .afternoon].filter { half in
        sessions[half, default: 0] > 1 && empty.count { $0.session.half == half } == sessions[half]
      }
      for half in never {
        let most = empty.map(\.pupils).max() ?? 0
        builder.report(.classWithoutMarks(form, pupils: most, in: half), file, nil)
      }
      for (session, pupils) in empty where !never.contains(session.half) {
        builder.report(.classWithoutMarks(form, pupils: pupils, session: session), file, nil)
      }
    }
  }

  /// Reports the policy's group columns that no pupil file has.
  func checkGroupColumns() {
    for column in builder.groupColumns where !builder.foundGroupColumns.contains(column) {
      builder.report(.groupColumnMissing(column), builder.detailsFile ?? file, nil)
    }
  }
}
