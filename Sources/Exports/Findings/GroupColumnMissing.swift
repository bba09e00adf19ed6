import Registers

extension FindingRule {
  static let groupColumnMissing = FindingRule(
    "group-column-missing", .warns,
    meaning:
      "The school's policy names a column of the pupil details that no pupil file of the school has. Whether a pupil "
      + "is in that group is unknown for every pupil.",
    remedy:
      "Export the pupil details with the column, or write under groups_from_columns in the policy what its header is."
  )
}

extension Issue {
  static func groupColumnMissing(_ column: GroupColumn) -> Issue {
    Issue(
      .groupColumnMissing,
      "no pupil file has the column \"\(column.header)\" that the policy names for \"\(column.name)\"")
  }
}
