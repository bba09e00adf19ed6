import Measures
import ReportModel

/// A list a pupil stands on: the rule, where it comes from, and the pupil's own evidence. It names nobody.
package struct PupilFlag: Sendable {
  package let title: String
  package let rule: String
  package let source: String
  /// What the list shows of the pupil, by its columns.
  package let evidence: [(name: String, value: String)]
  /// What is to be done now. Missing: nil where nothing is new.
  package let asks: String?
}

extension SchoolFigures {
  /// Every list of the attendance team that one of the school's pupils stands on, in the order of the lists.
  package func flags(of pupil: PupilFigures) -> [PupilFlag] {
    ActionList.all(self).flatMap { list in
      list.members.filter { $0.pupil.position == pupil.position }.map { member in
        PupilFlag(
          title: list.title, rule: list.rule, source: list.source,
          evidence: zip(list.columns, member.cells).map { ($0.header, $1.formatted) },
          asks: member.task.map { "\($0.asks): \($0.because)" })
      }
    }
  }
}
