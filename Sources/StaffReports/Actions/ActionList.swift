import Measures
import Policies
import Registers
import ReportModel

/// A list of the attendance team: a rule, its source, and the pupils who meet it with the evidence for each.
struct ActionList: Sendable {
  let name: String
  let title: String
  let rule: String
  let source: String
  /// The evidence, between the pupil's name and the attendance.
  let columns: [Column<Member>]
  /// The pupils, the most pressing first.
  let members: [Member]
  let notes: [String]

  /// A pupil on the list.
  struct Member: Sendable {
    let pupil: PupilFigures
    /// The task for the pupil, or `nil` if nothing is new or the list is for reference.
    let task: Task?
    /// The index of the row with the evidence.
    fileprivate let row: Int
  }

  /// A task for a pupil.
  struct Task: Sendable {
    let urgency: Urgency
    let action: String
    /// The reason in a few words.
    let reason: String
  }

  /// The urgency of a task, the most pressing first.
  enum Urgency: Int, Comparable, Sendable {
    case missing, attendanceReturn, penaltyNotice, absentNow, sicknessReturn, planFalling, stage, toResolve

    static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
  }

  /// Creates a list with a member for each row of evidence.
  init<Row: Sendable>(
    name: String, title: String, rule: String, source: String, columns: [Column<Row>], rows: [Row],
    pupil: (Row) -> PupilFigures, notes: [String] = [], task: (Row) -> Task? = { _ in nil }
  ) {
    self.name = name
    self.title = title
    self.rule = rule
    self.source = source
    self.columns = columns.map { $0.of { rows[$0.row] } }
    members = rows.enumerated().map { Member(pupil: pupil($1), task: task($1), row: $0) }
    self.notes = notes
  }

  /// Creates a list whose evidence is the pupils' figures.
  init(
    name: String, title: String, rule: String, source: String, columns: [Column<PupilFigures>],
    pupils: [PupilFigures], notes: [String] = [], task: (PupilFigures) -> Task? = { _ in nil }
  ) {
    self.init(
      name: name, title: title, rule: rule, source: source, columns: columns, rows: pupils,
      pupil: { $0 }, notes: notes, task: task)
  }

  func section(asAt: Day) -> Section {
    Section(title, sentences: [Sentence(stringLiteral: rule)], tables: [table(asAt: asAt)])
  }

  private func table(asAt: Day) -> Table {
    let hasLeavers = members.contains { $0.pupil.hasLeft(by: asAt) }
    let onRoll = Column<PupilFigures>.text("on_roll", "On roll") { $0.onRollLabel(asAt: asAt) }
    let last = [.attendance] + (hasLeavers ? [onRoll] : [])
    return Table(
      name, title: title,
      columns: Column.identity(of: \.pupil) + columns + last.map { $0.of(\.pupil) }, rows: members,
      notes: notes, source: source, look: .list)
  }
}

extension ActionList {
  /// Returns every list of a school, those with tasks first.
  static func all(_ school: SchoolFigures) -> [ActionList] {
    windows(school) + runs(school) + sickness(school) + [toResolve(school), planFalling(school)]
      + stages(school) + [brokenWeeks(school)].compactMap(\.self) + [
        fellMost(school), patterns(school), late(school),
      ]
      + codes(school) + rewards(school) + [improvedMost(school), leavers(school)]
  }

  /// Returns the elements by a number, the highest first. Elements with the same number keep their order.
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

  /// Returns `Yes`, or the day on which the pupil left.
  func onRollLabel(asAt: Day) -> String {
    guard let left = pupil.left, left < asAt else { return "Yes" }
    return "Left \(left.formatted)"
  }
}
