import Registers

/// The characters that a system of week strings writes for codes of more than one character.
///
/// Each is punctuation that is no code. Systems differ in them, so the trust file says what they mean.
enum MarkCharacters {
  /// The character, and the code or subcode it stands for.
  static let all = [
    ("(", "C2"), (")", "C1"), ("+", "J1"), (";", "I02"), ("=", "I01"), ("!", "Y1"), ("<", "Y2"), (">", "Y3"),
    ("^", "Y4"), ("$", "Y5"), ("~", "Y6"), ("_", "Y7"),
  ]

  private static let byMark = Dictionary(uniqueKeysWithValues: all.map { ($0.1, $0.0) })

  /// The one character of a mark. Missing: `-` for a mark left blank.
  static func character(of mark: String) -> String {
    mark.isEmpty ? AttendanceCode.noMark.mark : byMark[mark] ?? mark
  }
}
