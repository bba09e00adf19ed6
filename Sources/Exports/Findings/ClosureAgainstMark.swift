import Registers

extension FindingRule {
  static let closureAgainstMark = FindingRule(
    "closure-against-mark", .warns,
    meaning:
      "One row marks a pupil as not yet on the register (Z) or the school as closed (#), and another "
      + "gives the pupil a mark for the same session. The later row stands.",
    remedy:
      "The later row stands. Correct the register: a pupil who attended was neither waiting to join nor "
      + "shut out.")
}

extension Issue {
  /// - Parameter earlier: The other marks and where they stand, in words.
  static func closureAgainstMark(_ earlier: [String], standing code: AttendanceCode) -> Issue {
    Issue(
      .closureAgainstMark,
      "Z or # against a mark: \(earlier.joined(separator: ", ")), and \(code.mark) here, which stands",
      kind: "Z or # against a mark for one session")
  }
}
