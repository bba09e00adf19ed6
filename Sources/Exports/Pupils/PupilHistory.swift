import Registers

/// Every place for a mark that the exports of a school hold of one pupil, and what became of each.
package struct PupilHistory: Sendable {
  package let school: School
  /// The entries in the order of their sessions, those of one session in the order they were read.
  package internal(set) var entries: [Entry] = []

  package struct Entry: Sendable {
    /// Missing: nil where the date could not be read.
    package let session: Session?
    /// Missing: nil where it is no code.
    package let code: AttendanceCode?
    package let file: String
    /// The row, with its sheet and cell where they are needed.
    package let place: String
    package internal(set) var fate: Fate
  }

  package enum Fate: Hashable, Sendable {
    case stands
    /// The same mark stands in a later place.
    case repeated
    /// A later mark stands.
    case replaced
    case afterAsAt, beforeAdmission, afterLeaving, outsideHalfTerms, afterTheRegisters
    case refused(String)
  }
}

extension Pupil {
  /// Whether an identifier is the pupil's UPN, system id or admission number, leading zeros or not.
  package func goes(by identifier: String) -> Bool {
    let wanted = identifier.uppercased()
    guard !wanted.isEmpty else { return false }
    return upn.unredacted == wanted || pupilID.unredacted.uppercased() == wanted
      || PupilKey(withoutLeadingZeros: Array(admissionNumber.unredacted.utf8))
        == PupilKey(withoutLeadingZeros: Array(wanted.utf8))
  }
}
