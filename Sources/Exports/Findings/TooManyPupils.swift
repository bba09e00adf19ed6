import Registers

extension FindingRule {
  static let tooManyPupils = FindingRule(
    "too-many-pupils", .warns,
    meaning:
      "A school has more pupils than any school can have: ids may differ from row to row where they "
      + "should not. Rows of further pupils are left out.",
    remedy:
      "Look at the column of ids, or list the file for the schools it is of.")
}

extension Issue {
  static let tooManyPupils = Issue(
    .tooManyPupils, "the row is of one pupil more than any school has",
    kind: "rows of more pupils than any school has")
}
