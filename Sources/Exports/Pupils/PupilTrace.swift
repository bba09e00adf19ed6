import Registers

/// Collects what the exports hold of one pupil, found by any identifier.
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

  mutating func turn(to file: String, schools: [RegisterBuilder], positions: [Int]) {
    self.file = file
    self.schools = schools
    self.positions = positions
  }

  mutating func take<Rows: MarkRows & ~Copyable>(_ reading: MarkReading, from rows: inout Rows) {
    switch reading {
    case .mark(let mark):
      guard schools[mark.school].pupils[mark.pupil].goes(by: identifier), mark.code != .noMark else { return }
      add(mark.session, mark.code, fate(of: mark), rows.place, mark.school)
    case .refused(let found, _, let day):
      guard let pupil = rows.pupil, schools[rows.school].pupils[pupil].goes(by: identifier) else { return }
      add(day.map { Session($0, .morning) }, nil, .refused(found.message), rows.place, rows.school)
    case .lesson, .otherRow, .remark: break
    }
  }

  private mutating func add(
    _ session: Session?, _ code: AttendanceCode?, _ fate: PupilHistory.Fate, _ place: MarkPlace, _ school: Int
  ) {
    let entry = PupilHistory.Entry(
      session: session, code: code, file: file, place: place.whole, fate: fate)
    histories[positions[school], default: PupilHistory(school: schools[school].school)].entries.append(entry)
  }

  private func fate(of mark: Mark) -> PupilHistory.Fate {
    let day = mark.session.day
    if let asAt = rules.asAt, day > asAt { return .afterAsAt }
    if let end = schools[mark.school].end, day > end.day { return .afterTheRegisters }
    if rules.mayStand(mark) { return .stands }
    let pupil = schools[mark.school].pupils[mark.pupil]
    if let admitted = pupil.admitted, day < admitted { return .beforeAdmission }
    if let left = pupil.left, day > left { return .afterLeaving }
    return .outsideHalfTerms
  }

  /// What was collected, of marks for one session only the last standing.
  func finished() -> [PupilHistory] {
    histories.sorted { $0.key < $1.key }.map { _, history in
      var history = history
      var last: [Session: AttendanceCode] = [:]
      for place in history.entries.indices.reversed() where history.entries[place].fate == .stands {
        guard let session = history.entries[place].session, let code = history.entries[place].code else {
          continue
        }
        if let standing = last[session] {
          history.entries[place].fate = standing == code ? .repeated : .replaced
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
