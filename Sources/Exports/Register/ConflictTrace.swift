import Registers

/// Finds where the marks of a conflict stand.
struct ConflictTrace: MarkSink {
  private static let mostTraced = 200

  private let rules: MarkValidity
  private var file = ""
  private var positions: [Int] = []
  private var order: [MarkCell] = []
  private var places: [MarkCell: [(file: String, place: MarkPlace, code: AttendanceCode)]] = [:]
  /// Conflicts beyond those that are traced.
  let untraced: Int

  init(_ conflicts: [MarkCell], rules: MarkValidity) {
    self.rules = rules
    for cell in conflicts where places[cell] == nil && order.count < ConflictTrace.mostTraced {
      order.append(cell)
      places[cell] = []
    }
    untraced = Set(conflicts).count - order.count
  }

  mutating func turn(to file: String, positions: [Int]) {
    self.file = file
    self.positions = positions
  }

  mutating func take<Rows: MarkRows & ~Copyable>(_ reading: MarkReading, from rows: inout Rows) {
    guard case .mark(let mark) = reading, mark.code != .noMark, rules.mayStand(mark) else { return }
    let cell = MarkCell(school: positions[mark.school], pupil: mark.pupil, session: mark.session)
    places[cell]?.append((file, rows.place, mark.code))
  }

  /// A finding for each conflict, at the place of the mark that stands.
  var findings: [(school: Int, file: String, row: Int, found: Issue)] {
    order.compactMap { cell in
      guard let found = places[cell], let last = found.last else { return nil }
      let others = found.dropLast().filter { $0.code != last.code }
      let earlier = others.map { other in
        let file = other.file == last.file ? "" : "\(other.file) "
        return "\(other.code.mark) in \(file)\(other.place.words(after: last.place))"
      }
      let isClosure =
        !CodeSet.inSchoolTime.contains(last.code)
        || others.contains { !CodeSet.inSchoolTime.contains($0.code) }
      return (
        cell.school, last.file, last.place.row,
        isClosure
          ? .closureAgainstMark(earlier, standing: last.code)
          : .conflictingMarks(earlier, standing: last.code)
      )
    }
  }
}

extension MarkPlace {
  /// The place in words, the sheet left out where it is that of another place.
  fileprivate func words(after other: MarkPlace) -> String {
    sheet == nil || sheet == other.sheet ? "row \(row)" : "sheet \(sheet ?? "") row \(row)"
  }
}
