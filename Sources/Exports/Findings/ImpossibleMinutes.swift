import Registers

extension FindingRule {
  static let impossibleMinutes = FindingRule(
    "impossible-minutes", .informs,
    meaning:
      "Minutes late are no number, or longer than a session. The mark counts, its minutes do not.",
    remedy:
      "The mark counts, its minutes do not. Correct the minutes in the school's system.")
}

extension Found {
  static func impossibleMinutes(written: String, most: Int) -> Found {
    Found(
      .impossibleMinutes, "\(Found.quoted(written)) is no number of minutes late from 0 to \(most)",
      kind: "minutes late that are no number from 0 to \(most)")
  }
}
