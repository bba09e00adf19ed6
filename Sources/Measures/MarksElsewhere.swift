import Registers

/// The unauthorised absence of pupils on the registers of several schools of a trust.
///
/// The national threshold counts a pupil's sessions across the schools of a trust. Source: rules, section 8.
package struct MarksElsewhere: Sendable {
  /// The marks by the index of the school and the position of the pupil in its register.
  private var marks: [Int: [Int: [MarkEntry]]] = [:]

  /// Finds the pupils with the same UPN at several schools.
  package init(_ registers: [Register], asAt: Day) {
    var indices: [String: [(school: Int, pupil: Int)]] = [:]
    for (school, register) in registers.enumerated() {
      for (pupil, details) in register.pupils.enumerated() where !details.upn.unredacted.isEmpty {
        indices[details.upn.unredacted, default: []].append((school, pupil))
      }
    }
    for enrolments in indices.values where Set(enrolments.map(\.school)).count > 1 {
      for enrolment in enrolments {
        let others = enrolments.filter { $0.school != enrolment.school }
        let found = others.flatMap { registers[$0.school].unauthorised(of: $0.pupil, upTo: asAt) }
        marks[enrolment.school, default: [:]][enrolment.pupil] = found.sorted { $0.session < $1.session }
      }
    }
  }

  /// Returns the marks at the other schools, by the pupil's position in the register of `school`.
  package func marks(notAt school: Int) -> [Int: [MarkEntry]] { marks[school] ?? [:] }
}

extension Register {
  fileprivate func unauthorised(of pupil: Int, upTo last: Day) -> [MarkEntry] {
    let onRoll = sessionsOnRoll(pupils[pupil])
    return withMarks(of: pupil) { marks in
      onRoll.compactMap { position in
        guard CodeSet.unauthorised.contains(raw: marks[position]), sessions[position].day <= last,
          let code = AttendanceCode(rawValue: marks[position])
        else { return nil }
        return MarkEntry(session: sessions[position], code: code)
      }
    }
  }
}
