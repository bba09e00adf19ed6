import Registers

/// A pupil's separate spells of absence in the school year. Source: rules, section 6.
package struct Spells: Sendable, Equatable {
  /// The number of absences with no attended session between them.
  package var count = 0
  /// The number of spells that include the last session before a weekend or holiday or the first session after one.
  package var nextToBreaks = 0
  /// The length of the longest spell in possible sessions.
  package var longest = 0

  package init() {}
}

extension SchoolFigures {
  /// Returns the spells of a pupil.
  package func spells(of pupil: PupilFigures) -> Spells {
    var spells = Spells()
    guard let register else { return spells }
    let marks = yearMarks(of: pupil, in: register)
    var first: Int?
    for (index, mark) in marks.enumerated() {
      let isAbsent = CodeSet.absence.contains(mark.code)
      if isAbsent, first == nil { first = index }
      let isLast = index + 1 == marks.count || !CodeSet.absence.contains(marks[index + 1].code)
      guard isAbsent, isLast, let start = first else { continue }
      spells.count += 1
      spells.longest = max(spells.longest, index - start + 1)
      let touches = marks[start...index].contains {
        followsBreak($0.position, in: register) || precedesBreak($0.position, in: register)
      }
      if touches { spells.nextToBreaks += 1 }
      first = nil
    }
    return spells
  }

  /// Returns a Boolean value that indicates whether the school had no session on the day before, nor earlier on the
  /// same day.
  private func followsBreak(_ position: Int, in register: Register) -> Bool {
    let before = register.inSchoolTime[..<position].lastIndex(of: true)
    guard let before else { return true }
    return register.sessions[position].day - register.sessions[before].day > 1
  }

  private func precedesBreak(_ position: Int, in register: Register) -> Bool {
    let after = register.inSchoolTime[(position + 1)...].firstIndex(of: true)
    let session = register.sessions[position]
    // If the register ends on a Friday afternoon, a weekend follows.
    guard let after else { return session.day.weekday == .friday && session.half == .afternoon }
    return register.sessions[after].day - session.day > 1
  }
}

/// A pupil's possible and missed sessions by weekday and half of the day.
package struct WeekShape: Sendable, Equatable {
  package private(set) var possible = [Int](repeating: 0, count: 14)
  package private(set) var missed = [Int](repeating: 0, count: 14)

  mutating func add(_ session: Session, isMissed: Bool) {
    let slot = session.day.weekday.rawValue * 2 + session.half.rawValue
    possible[slot] += 1
    if isMissed { missed[slot] += 1 }
  }

  /// Returns the share missed on a weekday, or `nil` if no session was possible.
  package func rate(on weekday: Weekday) -> Rate? { rate { $0 / 2 == weekday.rawValue } }
  /// Returns the share missed of mornings or afternoons, or `nil` if no session was possible.
  package func rate(in half: DayHalf) -> Rate? { rate { $0 % 2 == half.rawValue } }

  /// The weekday with the most missed sessions, or `nil` if there is none or several have the same number.
  package var fullest: Weekday? {
    let sums = Weekday.allCases.map { day in
      (day: day, missed: missed[day.rawValue * 2] + missed[day.rawValue * 2 + 1])
    }
    let most = sums.map(\.missed).max() ?? 0
    let days = sums.filter { $0.missed == most }
    return most > 0 && days.count == 1 ? days.first?.day : nil
  }

  private func rate(_ includes: (Int) -> Bool) -> Rate? {
    let slots = possible.indices.filter(includes)
    return Rate(slots.reduce(0) { $0 + missed[$1] }, of: slots.reduce(0) { $0 + possible[$1] })
  }
}
