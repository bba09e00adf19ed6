import Measures
import Policies
import Registers
import ReportModel

/// A list of the attendance team: a rule, where it comes from, and the pupils it names with the evidence for each.
struct ActionList: Sendable {
  let name: String
  let title: String
  let rule: String
  let source: String
  /// What stands between the pupil's name and the attendance.
  let columns: [Table.Column]
  /// Most pressing first.
  let members: [Member]
  var notes: [String] = []
  /// A Boolean value indicating whether the rule itself says that a person decides.
  var saysWhoDecides = false

  struct Member: Sendable {
    let pupil: PupilFigures
    let cells: [Cell]
    /// Missing: nil where nothing is new, or the list is one to look things up in.
    var task: Task?
  }

  /// Something to be done about a pupil now.
  struct Task: Sendable {
    let urgency: Urgency
    let asks: String
    /// Why, in a few words.
    let because: String
  }

  /// The most pressing first.
  enum Urgency: Int, Comparable, Sendable {
    case missing, attendanceReturn, penaltyNotice, absentNow, sicknessReturn, planFalling, stage, toResolve

    static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
  }

  func section(asAt: Day) -> Section {
    let decides = saysWhoDecides ? "" : " A person decides."
    return Section(title, sentences: [Sentence(stringLiteral: rule + decides)], tables: [table(asAt: asAt)])
  }

  private func table(asAt: Day) -> Table {
    let hasLeavers = members.contains { $0.pupil.hasLeft(by: asAt) }
    let leaving = hasLeavers ? [Table.Column("On roll", .text)] : []
    return Table(
      name, title: title,
      columns: PupilCells.nameColumns + columns + [Table.Column("Attendance (%)", .percent)] + leaving,
      rows: members.map { member in
        PupilCells.name(member.pupil) + member.cells + [.rate(member.pupil.year.attendanceRate, of: 1)]
          + (hasLeavers ? [.text(member.pupil.onRollWords(asAt: asAt))] : [])
      }, notes: notes, source: source, look: .list)
  }
}

extension ActionList {
  /// Every list of a school, those that ask for something first.
  static func all(_ school: SchoolFigures) -> [ActionList] {
    windows(school) + runs(school) + sickness(school) + [toResolve(school), planFalling(school)]
      + stages(school) + [brokenWeeks(school)].compactMap(\.self) + [
        fellMost(school), patterns(school), late(school),
      ]
      + codes(school) + rewards(school) + [improvedMost(school), leavers(school)]
  }

  /// Returns the elements by a number, the highest first; equal ones stay in their order.
  static func highestFirst<Element>(_ elements: [Element], by value: (Element) -> Int) -> [Element] {
    elements.map { (element: $0, value: value($0)) }.enumerated().sorted { left, right in
      left.element.value == right.element.value
        ? left.offset < right.offset : left.element.value > right.element.value
    }.map(\.element.element)
  }

  /// Returns the pupils whose number is at least the lower bound, the highest first.
  static func most(
    _ pupils: [PupilFigures], in range: PartialRangeFrom<Int> = 1..., by value: (PupilFigures) -> Int
  ) -> [PupilFigures] {
    highestFirst(pupils.filter { range.contains(value($0)) }, by: value)
  }
}

extension PupilFigures {
  func hasLeft(by day: Day) -> Bool { pupil.left.map { $0 < day } ?? false }

  func onRollWords(asAt: Day) -> String {
    guard let left = pupil.left, left < asAt else { return "Yes" }
    return "Left \(left.formatted)"
  }
}
