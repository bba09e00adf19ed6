import Tabular

extension RecordNames {
  /// Names of the forms that these tests read: marks with their pupils, else codes, else totals.
  package static let examples = RecordNames(
    lists: ["data"],
    leaves: [["attendancemark", "attendancemarks", "mark"], ["code"], ["sessionspossible"]],
    listLeaves: ["upn"], elementsOfParent: ["pupilidentifiers"])
}
