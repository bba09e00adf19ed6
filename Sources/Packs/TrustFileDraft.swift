import Foundation
import Policies
import Registers

/// A trust file to begin with, made from the exports of a folder.
package struct TrustFileDraft {
  private let workspace: Workspace

  package init(_ workspace: Workspace) { self.workspace = workspace }

  /// Writes the trust file and returns what to do next.
  ///
  /// - Throws: `RunFailure` if there is a trust file already, no register is found, or the file cannot be written.
  package func write() async throws -> String {
    let path = workspace.folder + "/" + TrustFile.fileName
    guard !workspace.hasTrustFile else { throw RunFailure.trustFileExists(folder: workspace.folder) }
    let text = try await text()
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
    } catch {
      throw RunFailure.unwritable(path: path, reason: error.localizedDescription)
    }
    return "Wrote \(path). Check each line of it, then run: halfterm check \(workspace.folder)\n"
  }

  /// The text of the trust file, with a note for each guess and each optional key.
  func text() async throws -> String {
    let trust = try FolderTrust(workspace, guessingSchools: true).trustFile()
    let progress = Progress("Read", total: trust.schools.count, isQuiet: true)
    var registers: [Register?] = trust.schools.map { _ in nil }
    var failures: [String] = []
    do {
      registers = try await Reading.read(trust, asAt: nil, jobs: 1, progress: progress).registers
    } catch let failure as RunFailure {
      failures = "\(failure)".split(separator: "\n").map { "# Not read yet: \($0)" }
    }
    let asAt = registers.compactMap { $0?.calendar.days.last }.max()?.iso ?? "2026-02-13"
    return
      (["# A first trust file. Text after # is a note. Check every line."] + failures
      + [
        "name: \(TrustFileDraft.quoted(trust.name))",
        "# as_at: \(asAt)   # by default the last day on which at least half of the pupils have a mark",
        "# benchmarks: []      # files of DfE's figures, as CSV",
        "schools:",
      ] + zip(trust.schools, registers).flatMap(TrustFileDraft.lines)
      + (failures.isEmpty
        ? [] : ["    # profile: {dates: month-first}   # where the notes at the top say so"]))
      .joined(separator: "\n") + "\n"
  }

  private static func lines(of listed: TrustFile.ListedSchool, _ register: Register?) -> [String] {
    let school = listed.school
    let phase = guessedPhase(of: school, register)
    let calendar = (register?.calendar.halfTerms ?? []).map {
      "    #     - {name: \($0.name.rawValue), from: \($0.first.iso), to: \($0.last.iso)}"
    }
    return [
      "  - name: \(quoted(school.name))"
        + (listed.isNamedByPath ? "   # a guess from the name of a file or a folder" : ""),
      school.urn.map { "    urn: \"\($0)\"" }
        ?? "    # urn: \"123456\"   # not in the files; DfE's figures for the school need it",
      phase.map {
        "    phase: \($0.rawValue)   # a guess from the school's name, or from the pupils' years or ages"
      }
        ?? "    # phase: primary   # primary, secondary, special or alternative: not in the files",
      "    # local_authority: \"\"",
      "    # policy: \(listed.policy.name)   # or the path of your own policy file",
      "    registers:",
    ] + listed.registers.map { "      - \(quoted($0.relative))" }
      + (listed.pupils.isEmpty
        ? ["    # pupils: []   # no file of pupil details was found"]
        : ["    pupils:"] + listed.pupils.map { "      - \(quoted($0.relative))" })
      + (calendar.isEmpty
        ? []
        : [
          "    # calendar:   # as found from the marks, which may end before the half-term does",
          "    #   half_terms:",
        ]
          + calendar)
  }

  /// Returns the phase that the school's name or most pupils' years suggest, or `nil` if neither does.
  private static func guessedPhase(of school: School, _ register: Register?) -> School.Phase? {
    let words = school.name.lowercased().split { !$0.isLetter }
    if ["primary", "infant", "infants", "junior", "juniors", "nursery"].contains(where: {
      words.contains($0[...])
    }) {
      return .primary
    }
    guard let register else { return nil }
    let year = register.sessions.last.map { SchoolYear(containing: $0.day) }
    let years = register.pupils.compactMap { pupil in
      pupil.year?.number ?? pupil.dateOfBirth.unredacted.flatMap { born in year.map { $0.age(of: born) - 4 } }
    }
    guard !years.isEmpty else { return nil }
    return 2 * years.count { $0 <= 6 } >= years.count ? .primary : .secondary
  }

  /// Returns a text between quotation marks, as YAML reads it back.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
