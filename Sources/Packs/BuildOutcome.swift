import Exports
import Registers

extension Build {
  /// The result of a build.
  package struct Outcome {
    let trust: TrustFile
    let output: String
    let reading: Reading
    let asAt: Day
    /// A Boolean value that indicates whether the pack replaces one of the same date for other schools.
    let replacesOtherSchools: Bool
    /// Copies of files of the old pack that were changed since it was written.
    let keptFiles: [String]
    /// The letters of each school, or `nil` if letters are not wanted.
    let letters: [LetterWriter.Output]?
    /// The PDF files, or `nil` if PDF files are not wanted.
    let pdf: PDFWriter.Output?
    /// Sentences of commentaries that may give a small number away, with their schools.
    let doubtfulSentences: [String]

    /// A message for each page that was not printed.
    package var unprintedPages: [String] { pdf?.failures ?? [] }
    /// A message for each sentence of a commentary that may give a small number away.
    package var commentaryWarnings: [String] {
      doubtfulSentences.map { "a commentary for the board has a small number, check it: \"\($0)\"" }
    }
    /// A message if the pack replaces one of the same date for other schools, which may have been published.
    package var publicationWarnings: [String] {
      replacesOtherSchools
        ? [
          "the pack replaces one of the same date for other schools. Publish only one of them: together they can show "
            + "figures of single schools"
        ] : []
    }
    /// A message for each file of the old pack that was changed since it was written.
    package var keptFileMessages: [String] {
      keptFiles.map { "changed since it was written, so the old file is kept: \($0.printable)" }
    }
    package var hasWarnings: Bool {
      !unprintedPages.isEmpty || !doubtfulSentences.isEmpty || reading.hasWarnings
    }
  }
}

extension Build.Outcome {
  /// A summary for the screen: what was read and refused, and the paths of the packs.
  package var summary: String {
    let accounts = reading.accounts
    let rows = accounts.reduce(0) { $0 + $1.rows }
    let marks = accounts.reduce(0) { $0 + $1.marks }
    let refused = accounts.reduce(0) { $0 + $1.refused }
    let afterAsAt = accounts.reduce(0) { $0 + $1.afterAsAt }
    let warnings = reading.findings.count { $0.rule.severity == .warns }
    var lines = [
      "\(trust.name), as at \(asAt.formatted): \(counted(trust.schools.count, "school"))",
      "Read      \(counted(accounts.count, "register file")), \(rows) rows, \(marks) marks kept",
      "Not used  \(counted(refused, "mark"))\(refused > 0 ? "; see restricted/data/findings.csv" : "")",
    ]
    if afterAsAt > 0 { lines.append("Left out  \(counted(afterAsAt, "mark")) after the as-at date") }
    lines += [
      "Findings  \(counted(warnings, "warning")), \(reading.findings.count - warnings) for information; see data-quality of each school",
      "Packs     \(output)/share/index.html       for the board",
      "          \(output)/restricted/index.html  names pupils",
    ]
    if let pdf, !pdf.records.isEmpty {
      lines.append("PDF       \(counted(pdf.records.count, "report")), each beside its page")
    }
    return (lines + letterLines).joined(separator: "\n")
  }

  /// The number of letters, and the schools whose policy names no letter.
  private var letterLines: [String] {
    guard let letters else { return [] }
    let count = letters.reduce(0) { $0 + $1.letterCount }
    let leavers = letters.reduce(0) { $0 + $1.leaverCount }
    let schoolsWithout = letters.filter(\.stages.isEmpty).map(\.school.printable)
    let note = leavers == 0 ? "" : "; none for \(counted(leavers, "pupil")) at a stage who left"
    var lines = ["Letters   \(counted(count, "letter")) to parents\(note)"]
    if !schoolsWithout.isEmpty {
      lines.append("          the policy names no letter at \(schoolsWithout.joined(separator: ", "))")
    }
    return lines
  }
}

/// Returns a number with its noun: `1 school`, `2 schools`.
func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
