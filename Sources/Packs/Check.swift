import Comparators
import Exports
import OrderedCollections
import Registers

/// The contents of a workspace and the findings about them.
package struct Check {
  private let reading: Reading
  private let benchmarks: Benchmarks
  private let trust: TrustFile
  private let isNaming: Bool

  /// The reason why a build would write nothing, or `nil` if it would write the packs.
  package let failure: RunFailure?

  /// Reads the files of a trust.
  ///
  /// - Parameters:
  ///   - trust: The schools and their files.
  ///   - requested: The last day that counts, or `nil` for the last day of the registers.
  ///   - jobs: The number of schools read side by side.
  ///   - naming: A Boolean value that indicates whether findings name pupils, days and sessions.
  /// - Throws: `RunFailure` if a file cannot be read.
  package init(_ trust: TrustFile, asAt requested: Day?, jobs: Int, naming: Bool) async throws {
    self.trust = trust
    isNaming = naming
    benchmarks = try Benchmarks.read(trust)
    var reading = try await Reading.read(
      trust, asAt: requested, jobs: jobs,
      progress: Progress("Read", total: trust.schools.count, isQuiet: false))
    if let asAt = requested ?? reading.lastMark { reading.noteRegistersThatEndEarly(asAt: asAt) }
    self.reading = reading
    failure = Check.failure(of: reading, trust, asAt: requested)
  }

  private static func failure(of reading: Reading, _ trust: TrustFile, asAt: Day?) -> RunFailure? {
    do throws(RunFailure) {
      try reading.requireUsable()
      guard asAt ?? reading.lastMark != nil else { return .noMarks }
      if trust.schools.contains(where: { $0.commentary != nil || !$0.school.sets.isEmpty }) {
        _ = try trust.commentaries(NameCheck(reading.registers))
      }
      return nil
    } catch {
      // The text lists the other findings.
      if case .blocked(let findings, _) = error { return .blocked(findings, with: []) }
      return error
    }
  }

  package var hasWarnings: Bool { reading.hasWarnings }

  /// The schools, the rows and marks of each file, the way it was read, the findings and their remedies.
  package var text: String { schoolsFound + "\n\n" + filesAndFindings }

  /// The schools with their pupils, their days and half-terms, and whether packs can be made.
  private var schoolsFound: String {
    let schools = zip(trust.schools, reading.registers).map { listed, register in
      let school = listed.school
      let days = register.calendar.days
      let pupils = register.pupils.count
      let span = days.first.flatMap { first in
        days.last.map { "school days from \(first.formatted) to \($0.formatted)" }
      }
      let terms = register.calendar.halfTerms.map {
        "\($0.name.rawValue) from \($0.first.formatted) to \($0.last.formatted)"
      }
      let files = listed.registers.map(\.relative)
      return [
        "  \(school.name)\(school.urn.map { " (URN \($0))" } ?? ""): \(pupils) \(pupils == 1 ? "pupil" : "pupils"), "
          + (span ?? "no school day"),
        "    \(terms.isEmpty ? "no half-term" : terms.joined(separator: "; "))",
        "    registers: \(files.prefix(5).joined(separator: ", "))\(files.count > 5 ? " and \(files.count - 5) more" : "")",
        "    pupil details: "
          + (listed.pupils.isEmpty ? "none" : listed.pupils.map(\.relative).joined(separator: ", ")),
      ].map(\.printable).joined(separator: "\n")
    }
    let state =
      failure == nil
      ? "Ready to build\(hasWarnings ? ", with warnings" : "")."
      : "Not ready to build: see below."
    return (["Schools found: \(trust.schools.count)"] + schools + [state]).joined(separator: "\n")
  }

  private var filesAndFindings: String {
    let findings = reading.findings
    let counts = FindingRule.Severity.allCases.compactMap { severity in
      let count = findings.count { $0.rule.severity == severity }
      let words =
        switch severity {
        case .blocks: count == 1 ? "that stops the build" : "that stop the build"
        case .warns: "to correct"
        case .informs: "for information"
        }
      return count == 0 ? nil : "\(count) \(words)"
    }
    let sections =
      [Self.table(of: reading.accounts), Self.decisions(of: reading)]
      + [Self.pupilColumns(of: reading)].filter { !$0.isEmpty }
      + (benchmarks.files.isEmpty ? [] : [Self.files(of: benchmarks, trust)])
      + Self.lines(of: findings, naming: isNaming).map(\.printable)
      + [
        Self.remedies(of: findings),
        counts.isEmpty ? "No findings." : "Findings: \(counts.joined(separator: ", ")).",
      ]
    return sections.joined(separator: "\n")
  }

  /// Maximum number of findings of one rule in one file that are listed.
  private static let maxListed = 20

  private struct FindingGroup: Hashable {
    let severity: FindingRule.Severity
    let rule: String
    let school: String?
    let file: String
  }

  /// Returns the findings in groups of one rule in one file, the most serious first and otherwise as they were found.
  private static func lines(of findings: [Finding], naming: Bool) -> [String] {
    let groups = OrderedDictionary(grouping: findings) {
      FindingGroup(severity: $0.rule.severity, rule: $0.rule.id, school: $0.school, file: $0.file)
    }
    let bySeverity = FindingRule.Severity.allCases.sorted().flatMap { severity in
      groups.filter { $0.key.severity == severity }.elements
    }
    return bySeverity.flatMap { group, findings in
      let listed = findings.prefix(maxListed).flatMap { finding in
        ["\(finding.rule.severity.rawValue): \(finding.place): \(finding.message) [\(finding.rule.id)]"]
          + (naming ? finding.subjects.prefix(maxListed).map { "    \($0.words)" } : [])
      }
      let others = findings.count - min(findings.count, maxListed)
      return others > 0 ? listed + ["  and \(others) more of \(group.rule) in \(group.file)"] : listed
    }
  }

  /// Returns the way each file was read, with files that were read in the same way together.
  private static func decisions(of reading: Reading) -> String {
    let files = Set(reading.decisions.map(\.file)).sorted()
    let groups = OrderedDictionary(grouping: files) { reading.decisions.summary(of: $0).printable }
    return "\nRead as\n"
      + groups.map { summary, files in "  \(files.joined(separator: "\n  "))\n    \(summary)" }
      .joined(separator: "\n") + "\n"
  }

  /// Returns the columns of each pupil file that were understood, and those that were not used.
  private static func pupilColumns(of reading: Reading) -> String {
    let files = reading.decisions.compactMap { decision in
      decision.columns.map { columns in
        let unused = columns.unused.isEmpty ? "none" : columns.unused.joined(separator: ", ")
        let file = decision.sheet.map { "\(decision.file), sheet \($0)" } ?? decision.file
        return "  \(file)\n    understood: \(columns.used.joined(separator: ", "))\n    not used: \(unused)"
          .printableLines
      }
    }
    return files.isEmpty ? "" : "Columns of pupil files\n" + files.joined(separator: "\n") + "\n"
  }

  /// Returns the layout of each file of DfE's figures, and the number of rows and figures that were read.
  private static func files(of benchmarks: Benchmarks, _ trust: TrustFile) -> String {
    "Benchmarks\n"
      + benchmarks.files.map { file in
        "  \(file.name)\n" + file.summary.map { "    \($0.printable)" }.joined(separator: "\n")
      }.joined(separator: "\n") + "\n"
      + benchmarks.findings(of: trust.schools.map(\.school)).map { "  \($0.printable)\n" }.joined()
  }

  /// Returns the remedy of each rule that has findings.
  private static func remedies(of findings: [Finding]) -> String {
    let rules = Set(findings.map(\.rule)).sorted { $0.id < $1.id }
    guard !rules.isEmpty else { return "" }
    return "\nWhat to do\n" + rules.map { "  \($0.id): \($0.remedy)" }.joined(separator: "\n") + "\n"
  }

  /// Returns a table of the rows and marks of each file.
  private static func table(of accounts: [FileAccount]) -> String {
    let header = [
      "file", "rows", "other rows", "places", "marks", "no mark", "repeats", "refused", "after as-at",
      "outside school time", "off roll", "lessons",
    ]
    let rows = accounts.map { account in
      [account.file]
        + [
          account.rows, account.otherRows, account.places, account.marks, account.withoutMark,
          account.duplicates, account.refused, account.afterAsAt, account.outsideSchoolTime,
          account.notOnRoll,
          account.lessons,
        ].map(String.init)
    }
    let table = [header] + rows
    let widths = header.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    return table.map { row in
      row.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + space : space + text
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

extension [TableDecision] {
  /// Returns the way a file was read, with the sheets that were read in the same way together.
  func summary(of file: String) -> String {
    OrderedDictionary(grouping: filter { $0.file == file }, by: \.words).map { decision, tables in
      let sheets = tables.compactMap(\.sheet)
      guard !sheets.isEmpty else { return decision }
      return "\(sheets.count == 1 ? "sheet" : "sheets") \(sheets.joined(separator: ", ")): \(decision)"
    }.joined(separator: ". ")
  }
}

extension Finding.Subject {
  /// The pupil, the class, the day and the session, if they are known. It names the pupil.
  fileprivate var words: String {
    let parts: [String?] = [
      name.unredacted.isEmpty ? nil : name.unredacted, registrationGroup.isEmpty ? nil : registrationGroup,
      day.map { day in "\(day.formatted)\(half.map { " \($0.name)" } ?? "")" }, row.map { "row \($0)" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }
}
