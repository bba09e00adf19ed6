import Exports
import Registers

/// The closing words of a run: what was read, what was refused, where the packs are.
struct Summary {
  private let outcome: Build.Outcome
  private let trust: TrustFile
  private let output: String

  init(_ outcome: Build.Outcome, trust: TrustFile, output: String) {
    self.outcome = outcome
    self.trust = trust
    self.output = output
  }

  var text: String {
    let accounts = outcome.reading.accounts
    let rows = accounts.reduce(0) { $0 + $1.rows }
    let marks = accounts.reduce(0) { $0 + $1.marks }
    let refused = accounts.reduce(0) { $0 + $1.refused }
    let late = accounts.reduce(0) { $0 + $1.afterAsAt }
    let findings = outcome.reading.findings
    let warnings = findings.count { $0.rule.severity == .warns }
    var lines = [
      "\(trust.name), as at \(outcome.asAt.formatted): \(Summary.count(trust.schools.count, "school"))",
      "Read      \(Summary.count(accounts.count, "register file")), \(rows) rows, \(marks) marks kept",
      "Refused   \(Summary.count(refused, "mark"))\(refused > 0 ? ", each told of in restricted/data/findings.csv" : "")",
    ]
    if late > 0 { lines.append("Left out  \(Summary.count(late, "mark")) after the as-at date") }
    lines += [
      "Findings  \(Summary.count(warnings, "warning")), \(findings.count - warnings) for information; see data-quality of each school",
      "Packs     \(output)/share/index.html       for the board",
      "          \(output)/restricted/index.html  names pupils",
    ]
    if let pdf = outcome.pdf, !pdf.records.isEmpty {
      lines.append("PDF       \(Summary.count(pdf.records.count, "report")), each beside its page")
    }
    if let letters = outcome.letters { lines += Summary.lines(letters) }
    return lines.joined(separator: "\n")
  }

  /// How many letters there are, and which schools' policies name none.
  private static func lines(_ schools: [LetterWriter.Written]) -> [String] {
    let letters = schools.reduce(0) { $0 + $1.letters }
    let left = schools.reduce(0) { $0 + $1.left }
    let without = schools.filter(\.stages.isEmpty).map(\.school.printable)
    let leavers = left == 0 ? "" : "; none for \(count(left, "pupil")) at a stage who left"
    var lines = ["Letters   \(count(letters, "letter")) to parents\(leavers)"]
    if !without.isEmpty {
      lines.append("          the policy names no letter at \(without.joined(separator: ", "))")
    }
    return lines
  }

  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
