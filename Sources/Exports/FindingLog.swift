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
  private var kindsByRule: [Kind: Int] = [:]
  private var noted: [Kind: Noted] = [:]

  /// Notes a finding; `kind` is what findings that differ only in their places have in common.
  mutating func note(_ finding: Finding, kind: String? = nil) {
    var key = Kind(
      rule: finding.rule, school: finding.school, file: finding.file, words: kind ?? finding.message)
    if noted[key] == nil {
      let rule = Kind(rule: finding.rule, school: finding.school, file: finding.file, words: "")
      let known = kindsByRule[rule, default: 0]
      if known >= FindingLog.mostKinds {
        key = Kind(rule: rule.rule, school: rule.school, file: rule.file, words: "more of the kind")
      }
      kindsByRule[rule] = known + 1
    }
    if noted[key] == nil { kinds.append(key) }
    noted[key, default: Noted()].count += 1
    if noted[key, default: Noted()].findings.count < FindingLog.mostListed {
      noted[key, default: Noted()].findings.append(finding)
    }
  }

  var findings: [Finding] {
    kinds.flatMap { kind -> [Finding] in
      guard let noted = noted[kind] else { return [] }
      guard noted.count > FindingLog.mostListed, let first = noted.findings.first else {
        return noted.findings
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
