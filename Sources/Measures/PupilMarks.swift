import Registers

/// A mark on a session, as evidence.
public struct MarkEntry: Sendable, Equatable {
  public let session: Session
  public let code: AttendanceCode
}

/// A pupil's marks of possible sessions while on roll, in order, those of earlier school years among them.
struct PupilMarks {
  struct Mark {
    /// The session's place in the register.
    let position: Int
    let code: AttendanceCode
  }

  let marks: [Mark]

  init(of pupil: Int, in register: Register, onRoll: Range<Int>, upTo end: Int) {
    var marks: [Mark] = []
    let sessions = onRoll.clamped(to: 0..<end)
    marks.reserveCapacity(sessions.count)
    register.withMarks(of: pupil) { row in
      for position in sessions where CodeSet.possible.contains(raw: row[position]) {
        if let code = AttendanceCode(rawValue: row[position]) {
          marks.append(Mark(position: position, code: code))
        }
      }
    }
    self.marks = marks
  }

  private init(_ marks: [Mark]) { self.marks = marks }

  /// The marks of some days. Missing: none for no days.
  func within(_ days: ClosedRange<Day>?, in register: Register) -> PupilMarks {
    guard let days, let first = marks.first, let last = marks.last else { return PupilMarks([]) }
    let whole = register.sessions[first.position].day...register.sessions[last.position].day
    if days.lowerBound <= whole.lowerBound, days.upperBound >= whole.upperBound { return self }
    return PupilMarks(marks.filter { days.contains(register.sessions[$0.position].day) })
  }

  /// The marks before a session of the register.
  func before(_ position: Int) -> ArraySlice<Mark> {
    var end = marks.endIndex
    while end > 0, marks[end - 1].position >= position { end -= 1 }
    return marks[..<end]
  }
}

extension Register {
  func entry(_ mark: PupilMarks.Mark) -> MarkEntry {
    MarkEntry(session: sessions[mark.position], code: mark.code)
  }
}
