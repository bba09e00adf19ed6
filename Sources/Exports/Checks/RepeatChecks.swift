import Registers
import Tabular

/// Checks of several marks for one pupil and session: repeats and conflicts.
enum RepeatChecks {
  static let rules: [FindingRule] = [.duplicateMark, .conflictingMarks, .closureAgainstMark]
}

extension FindingRule {
  static let duplicateMark = FindingRule(
    "duplicate-mark", .informs,
    meaning:
      "Two rows give the same mark for the same pupil and session. It counts once.",
    remedy:
      "Nothing to do: the mark counts once.")
}

extension Issue {
  static func duplicateMark(_ count: Int) -> Issue {
    Issue(
      .duplicateMark,
      "\(count) \(count == 1 ? "repeated mark" : "repeated marks"), the first here")
  }
}

extension FindingRule {
  static let conflictingMarks = FindingRule(
    "conflicting-marks", .warns,
    meaning:
      "Two rows give a pupil different marks for one session. The later row is used.",
    remedy:
      "Correct the register in the school's system and export again. The later row is used.")
}

extension Issue {
  /// - Parameter earlier: The other marks, each with its row.
  static func conflictingMarks(_ earlier: [String], counted code: AttendanceCode) -> Issue {
    Issue(
      .conflictingMarks,
      "two marks for one session: \(earlier.joined(separator: ", ")), and \(code.mark) here, which is used",
      kind: "two marks for one session")
  }

  static func conflictingMarks(more count: Int) -> Issue {
    Issue(.conflictingMarks, "\(count) more sessions with two different marks")
  }
}

extension FindingRule {
  static let closureAgainstMark = FindingRule(
    "closure-against-mark", .warns,
    meaning:
      "One row marks a pupil as not yet on the register (Z) or the school as closed (#), and another row "
      + "gives a mark for the same session. The later row is used.",
    remedy:
      "Correct the row that is wrong: the later one is used.")
}

extension Issue {
  /// - Parameter earlier: The other marks, each with its row.
  static func closureAgainstMark(_ earlier: [String], counted code: AttendanceCode) -> Issue {
    Issue(
      .closureAgainstMark,
      "Z or # against a mark: \(earlier.joined(separator: ", ")), and \(code.mark) here, which is used",
      kind: "Z or # against a mark for one session")
  }
}

/// Finds the file and row of each mark of a conflict, in a second pass over the files.
struct ConflictTrace: MarkSink {
  private static let maxTraced = 200

  private let rules: MarkValidity
  private var file = ""
  private var schools: [RegisterBuilder] = []
  private var positions: [Int] = []
  private var order: [MarkCell] = []
  private var sources: [MarkCell: [(file: String, location: FileLocation, code: AttendanceCode)]] = [:]
  /// The number of conflicts beyond `maxTraced`, which are only counted.
  let untraced: Int

  init(_ conflicts: [MarkCell], rules: MarkValidity) {
    self.rules = rules
    for cell in conflicts where sources[cell] == nil && order.count < ConflictTrace.maxTraced {
      order.append(cell)
      sources[cell] = []
    }
    untraced = Set(conflicts).count - order.count
  }

  mutating func begin(_ file: String, schools: [RegisterBuilder], positions: [Int]) {
    self.file = file
    self.schools = schools
    self.positions = positions
  }

  mutating func receive<Rows: MarkRows & ~Copyable>(_ input: MarkInput, from rows: inout Rows) {
    guard case .mark(let mark) = input, mark.code != .noMark,
      rules.allows(mark, in: schools[mark.school])
    else { return }
    let cell = MarkCell(school: positions[mark.school], pupil: mark.pupil, session: mark.session)
    sources[cell]?.append((file, rows.location, mark.code))
  }

  /// An issue for each conflict, at the row of the mark that counts.
  var issues: [(cell: MarkCell, file: String, row: Int, issue: Issue)] {
    order.compactMap { cell in
      guard let found = sources[cell], let last = found.last else { return nil }
      let others = found.dropLast().filter { $0.code != last.code }
      let earlier = others.map { other in
        let file = other.file == last.file ? "" : "\(other.file) "
        return "\(other.code.mark) in \(file)\(other.location.description(relativeTo: last.location))"
      }
      let isClosure =
        !CodeSet.inSchoolTime.contains(last.code)
        || others.contains { !CodeSet.inSchoolTime.contains($0.code) }
      return (
        cell, last.file, last.location.row,
        isClosure
          ? .closureAgainstMark(earlier, counted: last.code)
          : .conflictingMarks(earlier, counted: last.code)
      )
    }
  }
}

extension FileLocation {
  /// Returns the row, with its sheet only where that is not the sheet of another location.
  fileprivate func description(relativeTo other: FileLocation) -> String {
    sheet == nil || sheet == other.sheet ? "row \(row)" : "sheet \(sheet ?? "") row \(row)"
  }
}
