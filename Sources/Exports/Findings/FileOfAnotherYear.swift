import Registers

extension FindingRule {
  static let otherYearFile = FindingRule(
    "file-of-another-year", .informs,
    meaning:
      "Every date of a file lies in another school year than the school's other files. Its marks count in "
      + "rolling windows only.",
    remedy:
      "Nothing to do if last year's register is meant to be there; else list the file of this year.")
}

extension Issue {
  static func otherYearFile(_ year: SchoolYear, present: SchoolYear) -> Issue {
    Issue(.otherYearFile, "every mark is of \(year.name), and the school's registers reach \(present.name)")
  }
}
