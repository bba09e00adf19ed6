/// One school's marks: a row of one byte for each pupil and session, sessions in date order.
///
/// Minutes late are stored sparsely. The elements of the collection are the rows of its pupils.
package struct Register: Sendable {
  package let school: School
  /// The pupils, sorted by UPN, then the system's id.
  package let pupils: [Pupil]
  /// Every session for which any pupil has a row in an export, in date order: school time, and planned closures.
  package let sessions: [Session]
  package let calendar: SchoolCalendar
  /// A Boolean value for each session that indicates whether it is in school time.
  package let inSchoolTime: [Bool]
  let marks: [UInt8]
  /// The minutes late, sorted by pupil, then session.
  let minutes: [LateMinutes]
  private let minutesStarts: [Int32]

  /// The minutes late of one mark.
  package struct LateMinutes: Sendable {
    package let pupil: Int32
    package let session: Int32
    /// The time in minutes.
    package let minutes: UInt16

    package init(pupil: Int, session: Int, minutes: UInt16) {
      self.pupil = Int32(pupil)
      self.session = Int32(session)
      self.minutes = minutes
    }
  }

  /// Creates a register from marks, pupil by pupil, with `sessions.count` bytes each.
  package init(
    school: School, pupils: [Pupil], sessions: [Session], marks: [UInt8], minutes: [LateMinutes],
    halfTerms: [HalfTerm] = []
  ) {
    precondition(marks.count == pupils.count * sessions.count, "a byte per pupil and session")
    self.school = school
    self.pupils = pupils
    self.sessions = sessions
    self.marks = marks
    self.minutes = minutes.sorted { ($0.pupil, $0.session) < ($1.pupil, $1.session) }
    let inSchoolTime = Register.sessionsInSchoolTime(of: marks, width: sessions.count)
    self.inSchoolTime = inSchoolTime
    self.calendar = SchoolCalendar(
      sessionsInSchoolTime: zip(sessions, inSchoolTime).filter(\.1).map(\.0), halfTerms: halfTerms)
    var starts = [Int32](repeating: 0, count: pupils.count + 1)
    for late in self.minutes { starts[Int(late.pupil) + 1] += 1 }
    for pupil in pupils.indices { starts[pupil + 1] += starts[pupil] }
    self.minutesStarts = starts
  }

  /// Creates a register in which a session is in school time if any pupil has a mark other than `#`, `Z` or missing.
  /// Source: rules, section 5.
  private static func sessionsInSchoolTime(of marks: [UInt8], width: Int) -> [Bool] {
    var inSchoolTime = [Bool](repeating: false, count: width)
    guard width > 0 else { return inSchoolTime }
    let codes = CodeSet.inSchoolTime
    for row in stride(from: 0, to: marks.count, by: width) {
      for session in 0..<width where codes.contains(raw: marks[row + session]) {
        inSchoolTime[session] = true
      }
    }
    return inSchoolTime
  }
}

extension Register: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { pupils.count }
  package subscript(pupil: Int) -> PupilRow { PupilRow(register: self, pupil: pupil) }

  /// A pupil's row of the register: a code for each session.
  package struct PupilRow: RandomAccessCollection, Sendable {
    let register: Register
    package let pupil: Int

    package var startIndex: Int { 0 }
    package var endIndex: Int { register.sessions.count }
    package subscript(session: Int) -> AttendanceCode {
      AttendanceCode(rawValue: register.marks[pupil * register.sessions.count + session]) ?? .noMark
    }
  }
}

extension Register {
  /// The pupil's row as bytes, each an `AttendanceCode`'s raw value, for loops that read every mark once.
  @inline(__always)
  package func withMarks<Result>(of pupil: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    marks.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[(pupil * sessions.count)..<((pupil + 1) * sessions.count)]))
    }
  }

  /// Returns the pupil's minutes late, in session order.
  package func minutesLate(of pupil: Int) -> ArraySlice<LateMinutes> {
    minutes[Int(minutesStarts[pupil])..<Int(minutesStarts[pupil + 1])]
  }

  /// Returns the positions of sessions from `first` to `last`.
  package func sessions(from first: Day, to last: Day) -> Range<Int> {
    let lower = position(of: Session(first, .morning))
    return lower..<Swift.max(lower, position(of: Session(last + 1, .morning)))
  }

  /// Returns the positions of sessions from the pupil's first day on roll to the last. Between two spells, marks are Z.
  package func sessionsOnRoll(_ pupil: Pupil) -> Range<Int> {
    let lower = pupil.spells.first?.first.map { position(of: Session($0, .morning)) } ?? 0
    let upper = pupil.left.map { position(of: Session($0 + 1, .morning)) } ?? sessions.count
    return lower..<Swift.max(lower, upper)
  }

  /// Returns the position of the first session that is not before the given one.
  private func position(of session: Session) -> Int {
    var low = 0
    var high = sessions.count
    while low < high {
      let middle = (low + high) / 2
      if sessions[middle] < session { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
