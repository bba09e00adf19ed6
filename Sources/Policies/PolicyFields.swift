import Registers
import StrictYAML

extension Policy.Stage {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(
      keys: ["name"] + Policy.StageLine.keys + ["band", "asks", "letter", "section"])
    guard let name = keys["name"], let line = try Policy.StageLine(keys, of: value) else {
      throw value.failure("a stage needs a name and one of \(Policy.StageLine.keys.joined(separator: ", "))")
    }
    self.name = try name.string()
    self.line = line
    band = try keys["band"].map { value throws(YAMLFailure) in try value.band() }
    action = try keys["asks"]?.string() ?? ""
    letter = try keys["letter"]?.string()
    section = try keys["section"]?.string() ?? ""
  }
}

extension Policy.Window {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: [
      "name", "sessions", "codes", "within", "approaching", "asks", "section",
    ])
    guard let name = keys["name"], let sessions = keys["sessions"], let codes = keys["codes"],
      let within = keys["within"]
    else { throw value.failure("a window needs name, sessions, codes and within") }
    self.name = try name.string()
    self.sessions = try sessions.count(1...400)
    self.codes = try codes.codes()
    span = try Span(within)
    approaching = try keys["approaching"].map { value throws(YAMLFailure) in try value.count(1...400) }
    if let approaching, approaching >= self.sessions, let value = keys["approaching"] {
      throw value.failure("approaching must be fewer sessions than the \(self.sessions) of the window")
    }
    action = try keys["asks"]?.string() ?? ""
    section = try keys["section"]?.string() ?? ""
  }
}

extension Policy.Window.Span {
  /// `{school_weeks: 10}`, `{possible_sessions: 80}`, `half_term` or `school_year`.
  init(_ value: YAMLValue) throws(YAMLFailure) {
    if value.isMapping {
      let keys = try value.mapping(keys: ["school_weeks", "possible_sessions"])
      if let weeks = keys["school_weeks"], keys.count == 1 {
        self = .schoolWeeks(try weeks.count(1...40))
        return
      }
      if let sessions = keys["possible_sessions"], keys.count == 1 {
        self = .possibleSessions(try sessions.count(2...400))
        return
      }
      throw value.failure("within is one of school_weeks and possible_sessions")
    }
    switch try value.string() {
    case "half_term": self = .halfTerm
    case "school_year": self = .schoolYear
    default:
      throw value.failure("within is {school_weeks: n}, {possible_sessions: n}, half_term or school_year")
    }
  }
}

extension Policy.Run {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["name", "school_days", "codes", "asks", "section"])
    guard let name = keys["name"], let days = keys["school_days"], let codes = keys["codes"] else {
      throw value.failure("a run needs name, school_days and codes")
    }
    self.name = try name.string()
    self.days = try days.count(1...190)
    self.codes = try codes.codes()
    action = try keys["asks"]?.string() ?? ""
    section = try keys["section"]?.string() ?? ""
  }
}

extension Policy.BrokenWeekRule {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["count", "leave_out", "section"])
    let left = try keys["leave_out"]?.codes() ?? CodeSet([])
    let counted = try keys["count"]?.codes() ?? .absence
    codes = CodeSet(counted.codes.filter { CodeSet.absence.contains($0) && !left.contains($0) })
    guard codes != CodeSet([]) else {
      throw value.failure("broken_weeks must count at least one absence code")
    }
    isUsed = true
    section = try keys["section"]?.string() ?? ""
  }
}

extension Policy.Lateness {
  init(_ value: YAMLValue, taughtMinutes: Int) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["lesson_minutes", "table", "year_days", "section"])
    self.taughtMinutes = taughtMinutes
    lessonMinutes = try keys["lesson_minutes"].map { value throws(YAMLFailure) in try value.count(10...300) }
    yearDays = try keys["year_days"]?.count(100...260) ?? 190
    section = try keys["section"]?.string() ?? ""
    var rows: [Row] = []
    for item in try keys["table"]?.sequence() ?? [] {
      let row = try item.mapping(keys: ["minutes", "days", "lessons"])
      guard let minutes = row["minutes"], let days = row["days"] else {
        throw item.failure("a row of the table needs minutes and days")
      }
      let found = Row(
        minutes: try minutes.count(1...300), days: try days.tenths(),
        lessons: try row["lessons"]?.integer() ?? 0)
      if let before = rows.last, before.minutes >= found.minutes || before.days >= found.days {
        throw item.failure("the rows of the table go from fewer minutes to more")
      }
      rows.append(found)
    }
    table = rows
  }
}

extension Policy.Reading {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["says", "read_as", "because", "section"])
    guard let says = keys["says"], let readAs = keys["read_as"], let reason = keys["because"] else {
      throw value.failure("a reading needs says, read_as and because")
    }
    self.says = try says.string()
    self.readAs = try readAs.string()
    self.reason = try reason.string()
    section = try keys["section"]?.string() ?? ""
  }
}

extension Policy.Step {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["name", "asks", "section"])
    guard let name = keys["name"] else { throw value.failure("a step needs a name") }
    self.name = try name.string()
    action = try keys["asks"]?.string() ?? ""
    section = try keys["section"]?.string() ?? ""
  }
}

extension Policy.Reward {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["name", "attendance_at_least", "section"])
    guard let name = keys["name"], let line = keys["attendance_at_least"] else {
      throw value.failure("a reward needs name and attendance_at_least")
    }
    self.name = try name.string()
    attendance = try line.tenths()
    guard 1...1000 ~= attendance else {
      throw line.failure("attendance_at_least is from 0.1 to 100 per cent")
    }
    section = try keys["section"]?.string() ?? ""
  }
}

extension Policy.DaysMissed {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["attendance", "days"])
    guard let attendance = keys["attendance"], let days = keys["days"] else {
      throw value.failure("a row of days_missed needs attendance and days")
    }
    self.attendance = try attendance.tenths()
    self.days = try days.tenths()
    guard self.attendance <= 1000 else { throw attendance.failure("attendance is from 0 to 100 per cent") }
  }
}

extension Policy.ColumnGroup {
  private init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["name", "column", "section"])
    guard let name = keys["name"], let column = keys["column"] else {
      throw value.failure("a group from a column needs name and column")
    }
    self.name = try name.string()
    self.column = try column.string()
    guard !self.name.allSatisfy(\.isWhitespace) else { throw name.failure("the group needs a name") }
    guard self.column.contains(where: { $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      throw column.failure("the column needs a letter or digit of its header")
    }
    section = try keys["section"]?.string() ?? ""
  }

  /// Returns the groups of a list, or an empty array if there is none.
  ///
  /// - Throws: An error if two groups have one name.
  static func list(_ value: YAMLValue?) throws(YAMLFailure) -> [Policy.ColumnGroup] {
    var groups: [Policy.ColumnGroup] = []
    for item in try value?.sequence() ?? [] {
      let group = try Policy.ColumnGroup(item)
      guard !groups.contains(where: { $0.name == group.name }) else {
        throw item.failure("a group \"\(group.name)\" is listed above")
      }
      groups.append(group)
    }
    return groups
  }
}

extension Policy.OwnLine {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    let keys = try value.mapping(keys: ["name"] + AttendanceLine.keys + ["section"])
    guard let name = keys["name"], let line = try AttendanceLine(keys, of: value) else {
      throw value.failure(
        "\(value.name) needs a name and one of \(AttendanceLine.keys.joined(separator: ", "))")
    }
    self.name = try name.string()
    self.line = line
    section = try keys["section"]?.string() ?? ""
  }
}

extension YAMLValue {
  func count(_ bounds: ClosedRange<Int>) throws(YAMLFailure) -> Int {
    let number = try integer()
    guard bounds.contains(number) else {
      throw failure("\(name) must be from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return number
  }

  /// Returns a range such as `{from: 94, to: 95}` in tenths.
  fileprivate func band() throws(YAMLFailure) -> ClosedRange<Int> {
    let keys = try mapping(keys: ["from", "to"])
    let from = try keys["from"]?.tenths() ?? 0
    let to = try keys["to"]?.tenths() ?? 1000
    guard from <= to, to <= 1000 else { throw failure("a band goes from the lower attendance to the higher") }
    return from...to
  }

  /// Returns the codes of a list such as `[G, N, O, U]`, or of `any_absence` or `unauthorised`.
  func codes() throws(YAMLFailure) -> CodeSet {
    guard isSequence else {
      switch try string() {
      case "any_absence": return .absence
      case "unauthorised": return .unauthorised
      default: throw failure("codes are a list such as [G, N, O, U], any_absence or unauthorised")
      }
    }
    var codes: [AttendanceCode] = []
    for item in try sequence() {
      let mark = try item.scalar("a code")
      guard let code = AttendanceCode(mark: mark), code != .noMark else {
        throw item.failure("\"\(mark)\" is not an attendance code")
      }
      codes.append(code)
    }
    return CodeSet(codes)
  }
}
