import Registers

/// A collection of findings that folds many of one kind into one line with their count and first rows.
struct FindingLog {
  /// The number of findings of one kind that are listed one by one.
  static let maxListed = 20

  private struct Kind: Hashable {
    let rule: FindingRule
    let school: String?
    let file: String
    let text: String
  }

  /// The pupil of a builder and the session that a finding is about.
  struct Subject {
    let row: Int?
    let pupil: Int?
    let day: Day?
    let half: DayHalf?
  }

  private struct Entry {
    var findings: [Finding] = []
    /// The subjects of the findings, the first `maxSubjects` of them.
    var subjects: [Subject] = []
    var count = 0
    /// The number of findings up to which each is listed by itself.
    var maxListed = FindingLog.maxListed
  }

  /// The number of subjects of one kind that are kept.
  private static let maxSubjects = 200
  /// The number of kinds of one rule in one file that are kept apart; all further kinds share one.
  private static let maxKinds = 100

  private var kinds: [Kind] = []
  private var entries: [Entry] = []
  private var indices: [Kind: Int] = [:]
  private var kindsByRule: [Kind: Int] = [:]
  /// The index of the kind added last. A file that is broken throughout has the same kind in every row.
  private var last = 0

  /// Adds a finding.
  ///
  /// - Parameters:
  ///   - kind: The text shared by findings that differ only in their rows.
  ///   - sheet: The sheet of a file that has several; findings of different sheets are not folded together.
  ///   - isOneFault: A Boolean value that indicates whether several of the kind are reported in one line.
  mutating func add(
    _ finding: Finding, kind: String? = nil, sheet: String? = nil, isOneFault: Bool = false,
    subject: Subject? = nil
  ) {
    let kind = sheet.map { "sheet \($0): \(kind ?? finding.message)" } ?? kind
    let key = Kind(
      rule: finding.rule, school: finding.school, file: finding.file, text: kind ?? finding.message)
    if last >= kinds.count || kinds[last] != key { last = index(of: key) }
    entries[last].count += 1
    if isOneFault { entries[last].maxListed = 1 }
    if entries[last].subjects.count < FindingLog.maxSubjects {
      entries[last].subjects.append(subject ?? Subject(row: finding.row, pupil: nil, day: nil, half: nil))
    }
    if entries[last].findings.count < FindingLog.maxListed { entries[last].findings.append(finding) }
  }

  private mutating func index(of kind: Kind) -> Int {
    if let index = indices[kind] { return index }
    let rule = Kind(rule: kind.rule, school: kind.school, file: kind.file, text: "")
    let known = kindsByRule[rule, default: 0]
    kindsByRule[rule] = known + 1
    let isBeyondLimit = known >= FindingLog.maxKinds && kind.text != FindingLog.more
    guard !isBeyondLimit else {
      return index(of: Kind(rule: kind.rule, school: kind.school, file: kind.file, text: FindingLog.more))
    }
    kinds.append(kind)
    entries.append(Entry())
    indices[kind] = kinds.count - 1
    return kinds.count - 1
  }

  private static let more = "more of this kind"

  /// Returns the findings in the order of their kinds: each by itself, or one line with the count if there are more than
  /// are listed.
  func findings(of pupils: [Pupil]) -> [Finding] {
    func subject(_ subject: Subject) -> Finding.Subject? {
      guard subject.pupil != nil || subject.day != nil else { return nil }
      return Finding.Subject(
        row: subject.row, pupil: subject.pupil.map { pupils[$0] }, day: subject.day, half: subject.half)
    }
    return zip(kinds, entries).flatMap { kind, entry -> [Finding] in
      guard entry.count > entry.maxListed, let first = entry.findings.first else {
        return zip(entry.findings, entry.subjects).map { finding, about in
          var finding = finding
          finding.subjects = [subject(about)].compactMap(\.self)
          return finding
        }.enumerated().sorted {
          ($0.element.row ?? 0, $0.offset) < ($1.element.row ?? 0, $1.offset)
        }.map(\.element)
      }
      var rows: [Int] = []
      for case let row? in entry.findings.map(\.row) where !rows.contains(row) { rows.append(row) }
      let firstRows = rows.prefix(10).map(String.init).joined(separator: ", ")
      let suffix =
        rows.isEmpty ? "" : ", the first in \(rows.count == 1 ? "row" : "rows") \(firstRows)"
      var folded = Finding(
        kind.rule, school: kind.school, file: kind.file, row: first.row,
        "\(kind.text): \(entry.count) times\(suffix)")
      folded.subjects = entry.subjects.compactMap(subject)
      return [folded]
    }
  }
}
