import Measures
import Registers
import ReportModel

/// The page for the morning meeting: who needs what today, most urgent first.
struct MorningTable {
  /// Pupils with something to do, each with the most pressing thing first.
  let pupils: [(pupil: PupilFigures, tasks: [ActionList.Task])]

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
      // Of two alike, the one who missed more.
      let (missed, otherMissed) = (left.pupil.year.absence, right.pupil.year.absence)
      return missed == otherMissed ? left.pupil.position < right.pupil.position : missed > otherMissed
    }
  }

  var section: Section {
    Section(
      "This morning",
      tables: [table], isFirst: true)
  }

  private var table: Table {
    Table(
      "This_morning", title: "This morning",
      columns: PupilCells.nameColumns + [
        Table.Column("To do", .text), Table.Column("Because", .text),
        Table.Column("More to do"), Table.Column("Attendance (%)", .percent),
      ],
      rows: pupils.map { pupil, tasks in
        PupilCells.name(pupil) + [
          .text(tasks.first?.asks ?? ""), .text(tasks.first?.because ?? ""), .number(tasks.count - 1),
          .rate(pupil.year.attendanceRate, of: 1),
        ]
      },
      notes: [
        "Most urgent first; a person decides. New means: a run that goes on, a window or an illness with a mark in the last five "
          + "school days, a stage reached in them, an EHC plan with a fall, N that is overdue. The lists show the proof."
      ],
      source: "The lists of this report", look: .words)
  }
}
