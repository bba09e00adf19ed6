import Registers

/// Collects findings, folding many of the same into one line with their count and first places.
struct FindingLog {
  /// Findings of one kind are listed one by one up to this many.
  static let mostListed = 20

  private struct Kind: Hashable {
    let rule: FindingRule
    let school: String?
    let file: String
    let words: String
  }

  private struct Noted {
    var findings: [Finding] = []
    var count = 0
  }

  /// Kinds of one rule in one file that are kept apart; what comes behind them is one kind more.
  private static let mostKinds = 100

  private var kinds: [Kind] = []
  private var noted: [Noted] = []
  private var places: [Kind: Int] = [:]
  private var kindsByRule: [Kind: Int] = [:]
  /// Where the finding before was noted: a file that is broken throughout has one kind over and over.
  private var last = 0

  /// Notes a finding; `kind` is what findings that differ only in their places have in common.
  ///
  /// - Parameter sheet: The sheet of a file that has several; findings of different sheets are told apart.
  mutating func note(_ finding: Finding, kind: String? = nil, sheet: String? = nil) {
    let kind = sheet.map { "sheet \($0): \(kind ?? finding.message)" } ?? kind
    let key = Kind(
      rule: finding.rule, school: finding.school, file: finding.file, words: kind ?? finding.message)
    if last >= kinds.count || kinds[last] != key { last = place(of: key) }
    noted[last].count += 1
    if noted[last].findings.count < FindingLog.mostListed { noted[last].findings.append(finding) }
  }

  private mutating func place(of kind: Kind) -> Int {
    if let place = places[kind] { return place }
    let rule = Kind(rule: kind.rule, school: kind.school, file: kind.file, words: "")
    let known = kindsByRule[rule, default: 0]
    kindsByRule[rule] = known + 1
    let isOneTooMany = known >= FindingLog.mostKinds && kind.words != FindingLog.more
    guard !isOneTooMany else {
      return place(of: Kind(rule: kind.rule, school: kind.school, file: kind.file, words: FindingLog.more))
    }
    kinds.append(kind)
    noted.append(Noted())
    places[kind] = kinds.count - 1
    return kinds.count - 1
  }

  private static let more = "more of the kind"

  var findings: [Finding] {
    zip(kinds, noted).flatMap { kind, noted -> [Finding] in
      guard noted.count > FindingLog.mostListed, let first = noted.findings.first else {
        return noted.findings.enumerated().sorted {
          ($0.element.row ?? 0, $0.offset) < ($1.element.row ?? 0, $1.offset)
        }.map(\.element)
      }
      var rows: [Int] = []
      for case let row? in noted.findings.map(\.row) where !rows.contains(row) { rows.append(row) }
      let first10 = rows.prefix(10).map(String.init).joined(separator: ", ")
      let places =
        rows.isEmpty
        ? "" : rows.count == 1 ? ", the first in row \(first10)" : ", the first in rows \(first10)"
      return [
        Finding(
          kind.rule, school: kind.school, file: kind.file, row: first.row,
          "\(kind.words): \(noted.count) times\(places)")
      ]
    }
  }
}
