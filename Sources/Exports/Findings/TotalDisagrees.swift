import Registers

extension FindingRule {
  static let totalDisagrees = FindingRule(
    "total-disagrees", .warns,
    meaning:
      "A total that the export itself gives for a pupil, such as a percentage or possible sessions, is "
      + "not what the marks beside it come to. The marks count; totals never do.",
    remedy:
      "Compare the pupil's marks in the school's system with the export: marks may be missing, or the "
      + "total may be of other dates or by another rule.")
}

extension Issue {
  static func totalDisagrees(_ written: String, marks: String) -> Issue {
    Issue(
      .totalDisagrees, "the file says \(written), its marks come to \(marks)",
      kind: "totals that are not what the marks beside them come to")
  }
}
