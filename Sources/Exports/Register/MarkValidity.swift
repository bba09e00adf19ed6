import Registers

/// Says whether a mark may stand in a register by its day.
struct MarkValidity {
  let asAt: Day?
  /// Those of the trust file. Missing: empty when they are found from the marks.
  let halfTerms: [HalfTerm]

  /// Codes that a reader looks at twice: those that were not always valid, and N and E, which should not stand for long.
  let noted = CodeSet(
    AttendanceCode.allCases.filter {
      $0.validFrom != nil || $0.validTo != nil || $0 == .reasonNotEstablished || $0 == .suspended
    })

  /// Whether the pupil is on roll, and the day within the half-terms given.
  @inline(__always)
  func mayStand(_ mark: Mark) -> Bool {
    guard mark.onRoll.contains(mark.session.day.number) else { return false }
    return halfTerms.isEmpty || isInHalfTerm(mark)
  }

  private func isInHalfTerm(_ mark: Mark) -> Bool {
    let day = mark.session.day
    return halfTerms.contains { $0.contains(day) } || !CodeSet.inSchoolTime.contains(mark.code)
      // Half-terms of one school year say nothing of another, whose marks serve the rolling windows.
      || !halfTerms.contains { SchoolYear(containing: $0.first) == SchoolYear(containing: day) }
  }
}

/// A pupil's place for a session.
struct MarkCell: Hashable {
  let school: Int
  let pupil: Int
  let session: Session
}
