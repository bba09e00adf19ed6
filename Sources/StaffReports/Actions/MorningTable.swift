import Measures
import Registers
import ReportModel

/// The table for the morning meeting: the pupils with a task today, the most urgent first.
struct MorningTable {
  typealias Row = (pupil: PupilFigures, tasks: [ActionList.Task])

  /// The pupils with at least one task, each with the most pressing task first.
  let pupils: [Row]

  init(_ lists: [ActionList], asAt: Day) {
    var tasks: [Int: [ActionList.Task]] = [:]
    var pupils: [Int: PupilFigures] = [:]
    for member in lists.flatMap(\.members) where !member.pupil.hasLeft(by: asAt) {
      guard let task = member.task else { continue }
      tasks[member.pupil.position, default: []].append(task)
      pupils[member.pupil.position] = member.pupil
    }
    self.pupils = pupils.values.map { pupil in
      let ofPupil = (tasks[pupil.position] ?? []).enumerated().sorted {
        ($0.element.urgency.rawValue, $0.offset) < ($1.element.urgency.rawValue, $1.offset)
      }.map(\.element)
      return (pupil, ofPupil)
    }.sorted { left, right in
      let (one, other) = (left.tasks.map(\.urgency.rawValue), right.tasks.map(\.urgency.rawValue))
      guard one.first == other.first else { return one.first ?? 0 < other.first ?? 0 }
      // Of two pupils with tasks of the same urgency, the one who missed more comes first.
      let (missed, otherMissed) = (left.pupil.year.absence, right.pupil.year.absence)
      return missed == otherMissed ? left.pupil.position < right.pupil.position : missed > otherMissed
    }
  }

  var section: Section {
    Section(
      "This morning", sentences: ["These lists help you decide. They do not decide for you."],
      tables: [table],
      isFirst: true)
  }

  private var table: Table {
    let columns: [Column<Row>] =
      Column.identity(of: \.pupil) + [
        .text("to_do", "To do") { $0.tasks.first?.action ?? "" },
        .text("because", "Why") { $0.tasks.first?.reason ?? "" },
        .number("more_to_do", "Other actions") { $0.tasks.count - 1 },
        Column.attendance.of(\.pupil),
      ]
    return Table(
      "This_morning", title: "This morning", columns: columns, rows: pupils,
      notes: [
        "Most urgent first. A pupil is here for something new: a run that is still going, a threshold or illness with "
          + "a mark in the last five school days, a stage reached in them, an EHC plan with a fall, or an overdue N. "
          + "The lists below have the evidence."
      ],
      source: "The lists of this report", look: .words)
  }
}
