import Registers

extension FindingRule {
  static let impossibleMinutes = FindingRule(
    "impossible-minutes", .informs,
    meaning:
      "Minutes late are no number, or longer than a session. The mark counts, its minutes do not.",
    remedy:
      "The mark counts, its minutes do not. Correct the minutes in the school's system.")
}

extension Issue {
  static func impossibleMinutes(written: String, most: Int) -> Issue {
    Issue(
      .impossibleMinutes, "\(Issue.quoted(written)) is no number of minutes late from 0 to \(most)",
      kind: "minutes late that are no number from 0 to \(most)")
  }
}
