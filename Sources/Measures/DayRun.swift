import Policies
import Registers

/// A pupil's consecutive days on which every possible session had one of some codes.
///
/// Days without a possible session, weekends and holidays neither count nor end a run.
package struct DayRun: Sendable, Equatable {
  /// The number of the pupil's school days.
  package let days: Int
  /// The marks of the run, in order.
  package let marks: [MarkEntry]
  /// A Boolean value that indicates whether the run lasts up to the pupil's last possible session, which is within the
  /// last five school days, and the pupil is on roll.
  package let isOngoing: Bool

  package var first: Day? { marks.first?.session.day }
  package var last: Day? { marks.last?.session.day }
}

/// The runs in a pupil's marks that meet a rule.
package struct RunEvidence: Sendable, Equatable {
  package let run: Policy.Run
  /// The runs of at least the rule's length that end in the school year, in order.
  package let runs: [DayRun]

  /// A Boolean value that indicates whether the last run has not ended.
  package var isOngoing: Bool { runs.last?.isOngoing ?? false }
  /// The longest run, and the latest of runs with the same length, or `nil` if there is none.
  package var longest: DayRun? {
    runs.max { ($0.days, $0.last?.number ?? 0) < ($1.days, $1.last?.number ?? 0) }
  }
}

extension RunEvidence {
  /// Finds the runs in a pupil's marks.
  ///
  /// - Parameter lastPossible: The position of the pupil's last possible session, whether among the marks or not, or
  ///   `nil` for a pupil who has left and whose runs have ended.
  init(
    _ run: Policy.Run, _ marks: PupilMarks, in register: Register, plan: CalendarIndex, lastPossible: Int?
  ) {
    self.run = run
    var runs: [DayRun] = []
    var start = 0
    var days = 0
    let seen = marks.marks
    func close(at end: Int, isOngoing: Bool) {
      guard days >= run.days, seen[end - 1].position >= plan.yearToDate.lowerBound else { return }
      runs.append(DayRun(days: days, marks: seen[start..<end].map(register.entry), isOngoing: isOngoing))
    }
    var index = 0
    while index < seen.count {
      let day = register.sessions[seen[index].position].day
      var end = index
      var holds = true
      while end < seen.count, register.sessions[seen[end].position].day == day {
        holds = holds && run.codes.contains(seen[end].code)
        end += 1
      }
      if holds {
        if days == 0 { start = index }
        days += 1
      } else {
        close(at: index, isOngoing: false)
        days = 0
      }
      index = end
    }
    if days > 0, let last = seen.last {
      let isRecent = last.position >= plan.weekAgo?.end ?? 0
      close(at: seen.count, isOngoing: isRecent && last.position == lastPossible)
    }
    self.runs = runs
  }
}
