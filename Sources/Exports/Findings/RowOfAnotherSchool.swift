import Registers

extension FindingRule {
  static let rowOfAnotherSchool = FindingRule(
    "row-of-another-school", .warns,
    meaning:
      "A row names a school that its file is not listed for. It is left out.",
    remedy:
      "The row names a school this file is not listed for. List the file for that school in the trust file.")
}

extension Issue {
  static func rowOfAnotherSchool(written: String) -> Issue {
    Issue(
      .rowOfAnotherSchool,
      written.isEmpty
        ? "the row names no school, and the file is listed for several"
        : "the row is of school \"\(written.prefix(80))\", which this file is not listed for")
  }
}
