import Registers

/// A school of a few pupils with names, with letters to some of their parents. Two weeks from 8 September 2025.
///
/// `letters` is a policy whose stages fit them: the second pupil is at "First letter", the third at "Meeting", the
/// fourth at "First letter" but has left, the fifth at "Severe", which names no letter.
package enum PupilsToWriteTo {
  package static let policy = """
    title: A policy
    stages:
      - {name: First letter, attendance_at_most: 95, letter: attendance-letter, section: "4.2"}
      - {name: Meeting, attendance_at_most: 80, letter: meeting}
      - {name: Severe, attendance_at_most: 50}
    """
  package static let asAt = Day("2025-09-19")

  package static func register(forename: String = "Bea", surname: String = "Bell") -> Register {
    let present = Array(repeating: "/ \\", count: 10)
    func marks(_ days: [Int: String]) -> String {
      present.enumerated().map { days[$0] ?? $1 }.joined(separator: " ")
    }
    let lines = [
      marks([:]), marks([3: "I \\"]), marks([0: "I I", 1: "I I", 5: "G G", 8: "/ N", 9: "M U"]),
      marks([1: "I \\"]), marks(Dictionary(uniqueKeysWithValues: (0..<6).map { ($0, "O O") })),
    ]
    let names = [("Ann", "Ash"), (forename, surname), ("Cal", "Cole"), ("Dot", "Dean"), ("Eve", "East")]
    let pupils = names.enumerated().map { number, name in
      var pupil = Pupil.ofYear(4)
      pupil.upn = Redacted(MadeUPN.of(number))
      pupil.forename = Redacted(name.0)
      pupil.surname = Redacted(name.1)
      pupil.registrationGroup = "4B"
      if number == 3 { pupil.left = Day("2025-09-18") }
      return pupil
    }
    return Register(lines, from: Day("2025-09-08"), pupils: pupils)
  }

  /// Texts that would do harm in a page or a workbook that treats a name as more than text.
  package static let hostileNames = [
    "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "\u{202E}\u{645}\u{62F}", "{{{school}}}",
    "\"><img src=x>",
  ]
}
