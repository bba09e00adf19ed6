import Registers
import Tabular

/// A reader of the session column of a long table.
///
/// A name with AM, PM, morning or afternoon as a word is that half of the day. Two numbers, 1 and 2, or two
/// times of the day, one before and one after noon, are the sessions if the column has no other names.
struct SessionReader: Sendable {
  enum Result: Equatable { case half(DayHalf), lesson, unknown }

  /// A Boolean value that indicates whether 1 and 2 are sessions. If the column also has AM, PM or 3, they
  /// are lessons.
  let hasDigitSessions: Bool
  /// A Boolean value that indicates whether the column names mornings or afternoons, so that numbers are
  /// lessons.
  private let hasNamedSessions: Bool
  /// The sessions of names that a profile gives, or that are the column's two times of the day.
  private let given: [String: DayHalf]

  /// - Parameters:
  ///   - first: The first cells of the column.
  ///   - names: The sessions of the source's own names, from a profile.
  init(first: [String], names: [String: DayHalf] = [:]) {
    hasDigitSessions = first.allSatisfy { text in
      SessionReader.digit(in: text) != nil
        || !text.contains(where: \.isNumber) && SessionReader.result(of: text) == .unknown
    }
    hasNamedSessions = first.contains {
      if case .half = SessionReader.result(of: $0) { true } else { false }
    }
    var given: [String: DayHalf] = [:]
    for (name, half) in names { given[SessionReader.key(name)] = half }
    let times = Set(first.map(SessionReader.key)).subtracting([""])
    let hours = times.compactMap { time in SessionReader.hour(time).map { (time, $0) } }
    if times.count == 2, hours.count == 2, hours.count(where: { $0.1 < 12 }) == 1 {
      for (time, hour) in hours where given[time] == nil { given[time] = hour < 12 ? .morning : .afternoon }
    }
    self.given = given
  }

  /// Returns whether the text shows that 1 and 2 are lessons.
  func contradictsDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = bytes.trimmed
    guard hasDigitSessions, !bytes.isEmpty else { return false }
    let text = TextEncoding.text(of: bytes)
    return SessionReader.digit(in: text) == nil
      && (SessionReader.isNumber(text) || SessionReader.result(of: text) != .unknown)
  }

  private static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// Returns 1 or 2 for `1`, `Session 2` or `Reg 1`, or `nil` for any other text.
  private static func digit(in text: String) -> Int? {
    let words = words(of: text)
    guard let number = words.last.flatMap({ Int($0) }), 1...2 ~= number, words.count <= 2 else { return nil }
    let isNamed = words.count == 1 || ["session", "sess", "reg", "registration", "half"].contains(words[0])
    return isNamed ? number : nil
  }

  /// Reads `AM`, `PM`, `Morning`, `AFTERNOON Reg`, `Mon AM`, `AM1`, `1` and `2`. A lesson such as `P3` or
  /// `Period 1` is neither session.
  @inline(__always)
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    if bytes.count == 2, bytes[1].uppercased == UInt8(ascii: "M"), given.isEmpty {
      if bytes[0].uppercased == UInt8(ascii: "A") { return .half(.morning) }
      if bytes[0].uppercased == UInt8(ascii: "P") { return .half(.afternoon) }
    }
    return readSlowly(bytes)
  }

  private func readSlowly(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
    let text = TextEncoding.text(of: bytes.withoutGuards)
    if !given.isEmpty, let half = given[SessionReader.key(text)] { return .half(half) }
    if hasDigitSessions, let digit = SessionReader.digit(in: text) {
      return .half(digit == 1 ? .morning : .afternoon)
    }
    if hasNamedSessions, SessionReader.isNumber(text) { return .lesson }
    return SessionReader.result(of: text)
  }

  /// Returns a name in the form by which names are compared: in small letters with single spaces.
  private static func key(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Returns the hour of a time such as `08:45`, `8.45`, `13:15:00` or `0845`, or `nil` for other texts.
  private static func hour(_ text: String) -> Int? {
    let parts = text.split { ":.".contains($0) }
    guard text.allSatisfy({ $0.isASCII && $0.isNumber || ":.".contains($0) }) else { return nil }
    if parts.count == 1, parts[0].count == 4, let hour = Int(parts[0].prefix(2)) {
      return 0...23 ~= hour ? hour : nil
    }
    guard 2...3 ~= parts.count, parts[0].count <= 2, parts[1].count == 2, let hour = Int(parts[0]) else {
      return nil
    }
    return 0...23 ~= hour ? hour : nil
  }

  /// Returns the words and the numbers of a text in small letters: `AM1` is `am` and `1`.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var last: Character?
    for character in text.lowercased().replacing("a.m.", with: "am").replacing("p.m.", with: "pm") {
      defer { last = character }
      guard character.isLetter || character.isNumber else { continue }
      if let last, !words.isEmpty, last.isLetter && character.isLetter || last.isNumber && character.isNumber
      {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
    }
    return words
  }

  private static func result(of text: String) -> Result {
    let words = words(of: text)
    let hasNumber = words.contains { $0.first?.isNumber ?? false }
    let isLesson = ["lesson", "period"].contains { words.contains($0) } && hasNumber
    let isMorning = words.contains { ["am", "morning", "mornings"].contains($0) } || words == ["a"]
    let isAfternoon = words.contains { ["pm", "afternoon", "afternoons"].contains($0) } || words == ["p"]
    if !isLesson, isMorning != isAfternoon { return .half(isMorning ? .morning : .afternoon) }
    let names = ["lesson", "period", "tutor", "assembly", "lunch", "break"]
    if names.contains(where: { name in words.contains { $0.hasPrefix(name) } }) { return .lesson }
    let registrations = ["reg", "registration", "session", "sess", "roll", "rollcall", "register"]
    // `P3` and `Mon3` are lessons. `Reg 4`, a number or a time alone may be either.
    let mayBeSession =
      !words.contains { $0.first?.isLetter ?? false } || registrations.contains(where: words.contains)
    return hasNumber && !mayBeSession ? .lesson : .unknown
  }
}
