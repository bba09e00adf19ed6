import Registers
import Tabular

/// Checks of single marks: their codes, their minutes, and codes that last too long.
enum MarkChecks {
  static let rules: [FindingRule] = [
    .unknownCode, .markWithOtherCharacters, .notNationalCodes, .unknownCodeID, .unknownSession,
    .marksDoNotFit, .subcode, .retiredCode, .codeBeforeItsDate,
    .impossibleMinutes, .minutesOnOtherCode, .unresolvedN, .longSuspension,
  ]
}

// MARK: - Codes

extension FindingRule {
  static let unknownCode = FindingRule(
    "unknown-code", .warns,
    meaning:
      "A mark is not one of the national attendance codes, and the trust file does not explain it. It is left out, "
      + "and the pupil has no mark for the session.",
    remedy:
      "Correct the mark in the school's system, or say what it means under profile: marks in the trust "
      + "file.")
}

extension Issue {
  /// - Parameters:
  ///   - written: The text of the mark, or `nil` if it is the name of the row's pupil.
  ///   - session: The session of the mark, if a cell has the marks of several.
  static func unknownCode(written: String?, length: Int = 0, of session: Session? = nil) -> Issue {
    let text = written.map(Issue.quotedMark) ?? "a text of \(Issue.count(length, "character"))"
    let kind = "\(text) is not an attendance code"
    guard let session else { return Issue(.unknownCode, kind, refusal: .code, refusedText: written) }
    return Issue(
      .unknownCode,
      "\(text), the mark of \(session.day.formatted) \(session.half.name), is not an attendance code",
      kind: kind, refusal: .code, refusedText: written)
  }

  /// Returns the text of a mark or of a session for a message: words of attendance, short codes in capitals, and
  /// what may be quoted of any cell. In a row whose columns have shifted another word may be a name.
  static func quotedMark(_ text: String) -> String {
    guard text.mayHoldLetters else { return Issue.quoted(text) }
    let words = text.split { !$0.isLetter }
    let isShortCode = text.count <= 3 && words.count == 1 && text == text.uppercased()
    let isKnown = words.allSatisfy { $0.count == 1 || attendanceWords.contains($0.lowercased()) }
    let isPlain = text.allSatisfy { $0.isASCII } && text.count { $0.isNumber } < 8
    return isPlain && !words.isEmpty && (isShortCode || isKnown && text.count <= 40)
      ? "\"\(text)\"" : Issue.quoted(text)
  }

  private static let attendanceWords: Set<String> = Set(
    """
    present absent abs late lates ill illness sick sickness medical dental appointment holiday authorised unauthorised
    authorized unauthorized absence yes no true false in out here away attended attending attendance not school am pm
    on off time leave leaver left excluded exclusion suspended religious observance study visit trip educational
    education site offsite closed closure open unknown none missing mark marked unmarked pending reason other early
    covid isolation isolating interview sport sporting activity work experience traveller dual dually registered
    register registration reg roll call exceptional circumstances agreed family approved session sess half full day
    part before after close closes yet established null error ref value name noon morning afternoon evening night
    lesson period lunch tutor tut assembly break form holidays exam exams timetable reduced code the of and for at
    with without registers required duty home remote remotely learning online virtual tardy excused unexcused
    """.split { $0.isWhitespace }.map(String.init))
}

extension FindingRule {
  static let markWithOtherCharacters = FindingRule(
    "mark-with-other-characters", .informs,
    meaning:
      "Codes are written in small letters, or with other characters or words around them, such as '/ or "
      + "I - Illness. They are read as the code.",
    remedy:
      "Nothing to do if the marks mean their codes. Otherwise say what they mean under profile: marks in "
      + "the trust file.")
}

extension Issue {
  static func markWithOtherCharacters(_ count: Int) -> Issue {
    Issue(
      .markWithOtherCharacters,
      "\(count) \(count == 1 ? "mark is" : "marks are") in small letters or with other characters around the "
        + "code, the first here; read as the code")
  }
}

extension FindingRule {
  static let notNationalCodes = FindingRule(
    "not-national-codes", .blocks,
    meaning:
      "A register has no present mark (/ or \\), and most of its marks are one other code, such as P or Y. "
      + "These are not the national codes.",
    remedy:
      "Export the register with the national codes, or say what each mark means under profile: marks in the "
      + "trust file, such as marks: {\"P\": \"/\", \"A\": \"O\"}.")
}

extension Issue {
  static func notNationalCodes(_ code: AttendanceCode, count: Int, of total: Int) -> Issue {
    Issue(
      .notNationalCodes,
      "\(count) of \(total) marks are \(code.mark) and none is / or \\: these are not national codes")
  }
}

/// The number of marks of each code in a register file.
struct CodeCounts {
  private var counts = [Int](repeating: 0, count: 256)

  @inline(__always)
  mutating func add(_ code: AttendanceCode) { counts[Int(code.rawValue)] += 1 }

  /// The fewest marks of one register that show which codes it uses.
  private static let minMarks = 20

  /// Returns the issue with a register whose codes are not the national ones, or `nil`. A code that the
  /// profile gives counts as meant.
  func issue(given marks: [String: String]) -> Issue? {
    let codes = AttendanceCode.allCases.filter(CodeSet.inSchoolTime.contains)
    let total = codes.reduce(0) { $0 + counts[Int($1.rawValue)] }
    let isPresent = [AttendanceCode.presentMorning, .presentAfternoon].contains {
      counts[Int($0.rawValue)] > 0
    }
    guard total >= CodeCounts.minMarks, !isPresent,
      let code = codes.max(by: { counts[Int($0.rawValue)] < counts[Int($1.rawValue)] }),
      code != .lateBeforeClose, marks[code.mark] == nil, 2 * counts[Int(code.rawValue)] > total
    else { return nil }
    return .notNationalCodes(code, count: counts[Int(code.rawValue)], of: total)
  }
}

extension FindingRule {
  static let unknownCodeID = FindingRule(
    "unknown-code-id", .warns,
    meaning:
      "A mark is given by an id, and no list of codes in the school's files has that id. It is left out.",
    remedy:
      "Export the list of attendance codes from the same system, and list it under registers in the trust "
      + "file.")
}

extension Issue {
  static func unknownCodeID(written: String) -> Issue {
    Issue(
      .unknownCodeID, "mark id \(Issue.quoted(written)) is not in any list of codes",
      refusal: .code)
  }
}

extension FindingRule {
  static let unknownSession = FindingRule(
    "unknown-session", .warns,
    meaning:
      "The session is not a morning, an afternoon or a lesson. The row is left out.",
    remedy:
      "Export the session registers, or give the half of the day under profile in the trust file, such as "
      + "sessions: {\"Reg 1\": AM, \"Reg 4\": PM}.")
}

extension Issue {
  static func unknownSession(written: String) -> Issue {
    Issue(
      .unknownSession,
      "\(Issue.quotedMark(written)) is neither the morning nor the afternoon session",
      refusal: .session, refusedText: written)
  }
}

extension FindingRule {
  static let marksDoNotFit = FindingRule(
    "marks-do-not-fit", .warns,
    meaning:
      "The number of marks in one cell does not match the sessions, so no mark can be given its session. "
      + "The row is left out.",
    remedy:
      "Export the row again. If the system writes two-character codes as one character, say which under "
      + "profile: marks in the trust file.")
}

extension Issue {
  /// - Parameter length: The number of characters.
  static func marksDoNotFit(length: Int) -> Issue {
    Issue(
      .marksDoNotFit, "\(Issue.count(length, "character")) of marks do not match the sessions",
      kind: "marks that do not match the sessions", refusal: .session)
  }
}

extension FindingRule {
  static let subcode = FindingRule(
    "subcode", .informs,
    meaning:
      "A code has a subcode of the school's own, such as I02. It counts as the code it belongs to.",
    remedy:
      "Nothing to do: a school's own subcode counts as the code it belongs to.")
}

extension Issue {
  static func subcode(of code: AttendanceCode) -> Issue {
    Issue(.subcode, "a subcode of \(code.mark) is read as \(code.mark)")
  }
}

extension FindingRule {
  static let retiredCode = FindingRule(
    "retired-code", .warns,
    meaning:
      "A code is used after the last day it was valid. The mark counts by the code's old class.",
    remedy:
      "Correct the code to one that is valid on the day.")
}

extension Issue {
  static func retiredCode(_ code: AttendanceCode, after day: Day) -> Issue {
    Issue(.retiredCode, "code \(code.mark) was retired after \(day.formatted)")
  }
}

extension FindingRule {
  static let codeBeforeItsDate = FindingRule(
    "code-before-its-date", .warns,
    meaning:
      "A code is used before the first day it was valid. The mark counts as the code does now.",
    remedy:
      "Correct the code to one that was valid on the day.")
}

extension Issue {
  static func codeBeforeItsDate(_ code: AttendanceCode, from day: Day) -> Issue {
    Issue(.codeBeforeItsDate, "code \(code.mark) came into use on \(day.formatted)")
  }
}

extension Mark {
  /// Reports a subcode, and a code that was not valid on the day. The mark counts all the same.
  func checkCode(_ report: (Issue) -> Void) {
    let day = session.day
    if form == .subcode { report(.subcode(of: code)) }
    guard !code.isValid(on: day) else { return }
    if let validTo = code.validTo {
      report(.retiredCode(code, after: validTo))
    } else if let validFrom = code.validFrom {
      report(.codeBeforeItsDate(code, from: validFrom))
    }
  }
}

// MARK: - Minutes late

extension FindingRule {
  static let impossibleMinutes = FindingRule(
    "impossible-minutes", .informs,
    meaning:
      "Minutes late are not a number, or are longer than a session. The mark counts, but its minutes do "
      + "not.",
    remedy:
      "Correct the minutes in the school's system.")
}

extension Issue {
  static func impossibleMinutes(written: String, max: Int) -> Issue {
    Issue(
      .impossibleMinutes, "\(Issue.quoted(written)) is not a number of minutes late from 0 to \(max)",
      kind: "minutes late that are not a number from 0 to \(max)")
  }
}

extension FindingRule {
  static let minutesOnOtherCode = FindingRule(
    "minutes-on-other-code", .informs,
    meaning:
      "Minutes late are given for a code that is not late. They do not count.",
    remedy:
      "Nothing to do: only minutes for L and U count.")
}

extension Issue {
  static func minutesOnOtherCode(_ minutes: Int, _ code: AttendanceCode) -> Issue {
    Issue(
      .minutesOnOtherCode, "\(minutes) minutes late on code \(code.mark)",
      kind: "minutes late on code \(code.mark)")
  }
}

/// The minutes late written beside a mark.
enum MinutesLate {
  /// No session is longer. In minutes.
  private static let maxMinutes = 300

  /// Returns the minutes as a number from 0 to `maxMinutes`, or the issue with what is written.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    guard let minutes = number(bytes), minutes <= maxMinutes else {
      return .issue(.impossibleMinutes(written: TextEncoding.text(of: bytes), max: maxMinutes))
    }
    return .minutes(minutes)
  }

  enum Result {
    case minutes(Int)
    case issue(Issue)
  }

  /// Returns a whole number such as `12` or `12.0`, or `nil` for anything else and for more than four
  /// digits.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var bytes = bytes
    if bytes.count > 2, bytes.suffix(2).elementsEqual(".0".utf8) {
      bytes = UnsafeBufferPointer(rebasing: bytes.dropLast(2))
    }
    var number = 0
    for byte in bytes {
      guard let digit = byte.digit, number < 1000 else { return nil }
      number = number * 10 + digit
    }
    return number
  }
}

// MARK: - Codes that last too long

extension FindingRule {
  static let unresolvedN = FindingRule(
    "unresolved-n", .warns,
    meaning:
      "Code N (no reason yet) is still there more than five school days after the session. N counts as "
      + "unauthorised absence; statutory guidance asks for the reason within five school days.",
    remedy:
      "Find the reason and correct the mark.")
}

extension Issue {
  /// - Parameter schoolDays: The number of days the school was in session since the mark.
  static func unresolvedN(since day: Day, schoolDays: Int) -> Issue {
    Issue(
      .unresolvedN, "code N of \(day.formatted) is still there after \(schoolDays) school days",
      kind: "code N still there after more than 5 school days")
  }
}

extension FindingRule {
  static let longSuspension = FindingRule(
    "long-suspension", .informs,
    meaning:
      "Code E (suspended, no alternative provision) is given for more than five school days in a row. From "
      + "the sixth day the school must arrange education, and the code is then B, D or K.",
    remedy:
      "Check the pupil's marks from the sixth day of the suspension.")
}

extension Issue {
  /// - Parameter days: The number of school days in a row.
  static func longSuspension(from day: Day, days: Int) -> Issue {
    Issue(
      .longSuspension, "code E for \(days) school days in a row from \(day.formatted)",
      kind: "code E for more than 5 school days in a row")
  }
}

extension RegisterChecks {
  /// The number of school days within which a reason should be found.
  /// Source: *Working together to improve school attendance*.
  private static let daysForReason = 5

  /// Reports each code N that is older than `daysForReason`, once per pupil and day.
  func checkReasons() {
    let days = register.calendar.days
    let last = asAt ?? days.last ?? Day(number: 0)
    var seen: Set<[Int32]> = []
    for source in builder.grid.sources where isCurrent(source, .reasonNotEstablished) {
      let day = Session(number: source.session).day
      let since = days.count { $0 > day && $0 <= last }
      guard since > RegisterChecks.daysForReason, seen.insert([source.pupil, day.number]).inserted else {
        continue
      }
      report(.unresolvedN(since: day, schoolDays: since), at: source)
    }
  }

  /// The number of school days a suspension may last with no education arranged.
  /// Source: section 100, Education and Inspections Act 2006.
  private static let maxDaysSuspended = 5

  /// Reports each run of code E that is longer than `maxDaysSuspended`.
  func checkSuspensions() {
    let days = register.calendar.days
    var seen: Set<[Int]> = []
    for source in builder.grid.sources where isCurrent(source, .suspended) {
      guard let row = rows[Int(source.pupil)],
        var first = days.firstIndex(of: Session(number: source.session).day)
      else { continue }
      func isSuspended(_ day: Int) -> Bool {
        let sessions = register.sessions(from: days[day], to: days[day])
        return sessions.contains { register[row][$0] == .suspended }
          && sessions.allSatisfy {
            !CodeSet.possible.contains(register[row][$0]) || register[row][$0] == .suspended
          }
      }
      guard isSuspended(first) else { continue }
      var last = first
      while first > 0, isSuspended(first - 1) { first -= 1 }
      while last + 1 < days.count, isSuspended(last + 1) { last += 1 }
      guard last - first + 1 > RegisterChecks.maxDaysSuspended, seen.insert([row, first]).inserted else {
        continue
      }
      report(.longSuspension(from: days[first], days: last - first + 1), at: source)
    }
  }

  /// Returns whether a mark read from a file is still the register's mark for its session.
  private func isCurrent(_ source: MarkGrid.Source, _ code: AttendanceCode) -> Bool {
    guard source.code == code, let row = rows[Int(source.pupil)],
      let session = register.sessions.firstIndex(of: Session(number: source.session))
    else { return false }
    return register[row][session] == code
  }

  private func report(_ issue: Issue, at source: MarkGrid.Source) {
    let files = builder.registerFiles
    let name = files.indices.contains(Int(source.file)) ? files[Int(source.file)] : file
    let session = Session(number: source.session)
    builder.report(
      issue, name, at: FileLocation(sheet: source.sheet, row: Int(source.row)), pupil: Int(source.pupil),
      day: session.day, half: session.half)
  }
}
