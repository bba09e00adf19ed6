import Registers

/// Every mark in a school's exports for one pupil, and the reason it counts or not.
package struct PupilHistory: Sendable {
  package let school: School
  /// The entries in the order of their sessions, and in reading order within a session.
  package internal(set) var entries: [Entry] = []

  package struct Entry: Sendable {
    /// The session, or `nil` if the date could not be read.
    package let session: Session?
    /// The code, or `nil` if the mark is not a code.
    package let code: AttendanceCode?
    package let file: String
    /// The row, with its sheet and cell where they are needed.
    package let place: String
    package internal(set) var fate: Fate
  }

  package enum Fate: Hashable, Sendable {
    case stands
    /// The same mark is in a later row.
    case repeated
    /// A later row has another mark.
    case replaced
    case afterAsAt, afterTheRegisters
    case offRoll(OffRollReason)
    /// Hardly any pupil has a mark for the session.
    case outsideSchoolTime
    case refused(String)
  }
}

extension Pupil {
  /// Returns whether an identifier is the pupil's UPN, system id or admission number, with or without
  /// leading zeros.
  package func goes(by identifier: String) -> Bool {
    let wanted = identifier.uppercased()
    guard !wanted.isEmpty else { return false }
    return upn.unredacted == wanted || pupilID.unredacted.uppercased() == wanted
      || PupilKey(withoutLeadingZeros: Array(admissionNumber.unredacted.utf8))
        == PupilKey(withoutLeadingZeros: Array(wanted.utf8))
  }
}

/// A collector of the marks of one pupil, found by any identifier.
struct PupilTrace: MarkSink {
  private let identifier: String
  private let rules: MarkValidity
  private var file = ""
  private var schools: [RegisterBuilder] = []
  private var positions: [Int] = []
  private(set) var histories: [Int: PupilHistory] = [:]

  init(_ identifier: String, rules: MarkValidity) {
    self.identifier = identifier
    self.rules = rules
  }

  mutating func begin(_ file: String, schools: [RegisterBuilder], positions: [Int]) {
    self.file = file
    self.schools = schools
    self.positions = positions
  }

  mutating func receive<Rows: MarkRows & ~Copyable>(_ input: MarkInput, from rows: inout Rows) {
    switch input {
    case .mark(let mark):
      guard schools[mark.school].pupils[mark.pupil].goes(by: identifier), mark.code != .noMark else { return }
      add(mark.session, mark.code, fate(of: mark), rows.location, mark.school)
    case .refused(let issue, _, let day, let half):
      guard let pupil = rows.pupil, schools[rows.school].pupils[pupil].goes(by: identifier) else { return }
      add(day.map { Session($0, half ?? .morning) }, nil, .refused(issue.message), rows.location, rows.school)
    case .lesson, .otherRow, .remark: break
    }
  }

  private mutating func add(
    _ session: Session?, _ code: AttendanceCode?, _ fate: PupilHistory.Fate, _ location: FileLocation,
    _ school: Int
  ) {
    let entry = PupilHistory.Entry(
      session: session, code: code, file: file, place: location.description, fate: fate)
    histories[positions[school], default: PupilHistory(school: schools[school].school)].entries.append(entry)
  }

  private func fate(of mark: Mark) -> PupilHistory.Fate {
    let day = mark.session.day
    if let asAt = rules.asAt, day > asAt { return .afterAsAt }
    if let end = schools[mark.school].end, day > end.day { return .afterTheRegisters }
    let school = schools[mark.school]
    guard rules.allows(mark, in: school) else {
      return .offRoll(school.pupils[mark.pupil].offRollReason(on: day))
    }
    return CodeSet.inSchoolTime.contains(mark.code) && school.isOutsideSchoolTime(mark.session)
      ? .outsideSchoolTime : .stands
  }

  /// Returns the histories. Of several marks for one session, only the last counts.
  func finished() -> [PupilHistory] {
    histories.sorted { $0.key < $1.key }.map { _, history in
      var history = history
      var last: [Session: AttendanceCode] = [:]
      for index in history.entries.indices.reversed() where history.entries[index].fate == .stands {
        guard let session = history.entries[index].session, let code = history.entries[index].code else {
          continue
        }
        if let counted = last[session] {
          history.entries[index].fate = counted == code ? .repeated : .replaced
        } else {
          last[session] = code
        }
      }
      history.entries = history.entries.enumerated().sorted { left, right in
        let first = left.element.session?.number ?? .min
        let second = right.element.session?.number ?? .min
        return (first, left.offset) < (second, right.offset)
      }.map(\.element)
      return history
    }
  }
}
