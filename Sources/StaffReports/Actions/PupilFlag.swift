import Measures
import ReportModel

/// A list with a pupil: the rule, its source, and the pupil's own evidence. It names nobody.
package struct PupilFlag: Sendable {
  package let title: String
  package let rule: String
  package let source: String
  /// The titles of the list's columns with the pupil's values.
  package let evidence: [(name: String, value: String)]
  /// The task for the pupil, or `nil` if nothing is new.
  package let action: String?
}

extension SchoolFigures {
  /// Returns every list of the attendance team with a pupil of the school, in the order of the lists.
  package func flags(of pupil: PupilFigures) -> [PupilFlag] {
    ActionList.all(self).flatMap { list in
      list.members.filter { $0.pupil.position == pupil.position }.map { member in
        PupilFlag(
          title: list.title, rule: list.rule, source: list.source,
          evidence: list.columns.map { ($0.title, $0.value(member).formatted) },
          action: member.task.map { "\($0.action): \($0.reason)" })
      }
    }
  }
}
