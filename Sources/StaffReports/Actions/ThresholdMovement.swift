import Measures
import Policies
import Registers
import ReportModel

/// The pupils who moved across a threshold since the end of the half-term before.
enum ThresholdMovement {
  /// Returns the thresholds of persistent and severe absence by the national rule, and then of the policy's own stages.
  static func thresholds(of school: SchoolFigures) -> [Threshold] {
    school.thresholds.filter { threshold in
      switch threshold.id {
      case .persistentAbsence, .severeAbsence: true
      case .stage(let index): !school.policy.stages[index].line.isNational
      case .ownPersistentAbsence, .ehcPlan, .window, .sicknessReturn, .run, .brokenWeeks, .partTimeTimetable,
        .reward:
        false
      }
    }
  }

  /// Returns a Boolean value that indicates whether a pupil is on roll and has a possible session of the school year.
  static func isCounted(_ pupil: PupilFigures, asAt: Day) -> Bool {
    pupil.year.possible > 0 && pupil.pupil.isOnRoll(on: asAt)
  }

  static func table(_ school: SchoolFigures) -> Table {
    let pupils = school.pupils.filter { isCounted($0, asAt: school.asAt) }
    let before = school.previousHalfTerm?.name
    @Sendable func cell(_ count: Int) -> Cell { before == nil ? .shorthand(.notApplicable) : .pupils(count) }
    let columns: [Column<Threshold>] = [
      .text("threshold", "Threshold") { $0.name },
      Column("before", "At the end of \(before ?? "the last half-term")") { threshold in
        cell(pupils.count { $0.hadReached(threshold) == true })
      },
      Column("entered", "New since") { threshold in
        cell(pupils.count { $0.hadReached(threshold) != true && $0.hasReached(threshold.id) })
      },
      Column("left", "No longer") { threshold in
        cell(pupils.count { $0.hadReached(threshold) == true && !$0.hasReached(threshold.id) })
      },
      Column("now", "Now") { threshold in .pupils(pupils.count { $0.hasReached(threshold.id) }) },
    ]
    return Table(
      "Movement", title: "Movement across thresholds", columns: columns, rows: thresholds(of: school),
      notes: [
        "Pupils of any age. A stage includes pupils at later stages. Both counts are worked out from the marks up to "
          + "that day."
      ])
  }
}

extension Policy.StageLine {
  /// A Boolean value that indicates whether the threshold is the national one of persistent or severe absence.
  var isNational: Bool { self == .attendance(.persistentAbsence) || self == .attendance(.severeAbsence) }
}
