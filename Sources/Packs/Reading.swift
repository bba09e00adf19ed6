import Exports
import Foundation
import Registers
import Tabular

/// Everything the files of a workspace hold, before any figure is worked out.
package struct Reading: Sendable {
  /// In the order of the trust file's schools. Missing: empty once they are taken.
  private(set) var registers: [Register]
  var findings: [Finding]
  let accounts: [FileAccount]
  let pupilRows: [String: Int]
  /// Missing: empty where they were not asked for.
  let inputs: [InputFile.Record]
  /// What each table was taken for.
  package let decisions: [TableDecision]
  /// What the exports hold of the pupil that was asked for.
  let histories: [PupilHistory]
}

extension Reading {
  /// Hands over the registers, so that each can be let go when it is done with.
  mutating func takeRegisters() -> [Register] {
    defer { registers = [] }
    return registers
  }

  /// Reads every school's files, schools that share no file side by side.
  ///
  /// - Parameter forManifest: Whether each file is to be hashed on its way.
  package static func read(
    _ trust: TrustFile, asAt: Day?, jobs: Int, explaining: String? = nil, forManifest: Bool = false,
    progress: Progress
  ) async throws -> Reading {
    let sets = schoolsSharingFiles(trust.schools)
    let parts = try await concurrentMap(sets, jobs: jobs) { places in
      let part = try read(
        places.map { trust.schools[$0] }, asAt: asAt, halfTerms: trust.halfTerms, explaining: explaining,
        forManifest: forManifest)
      progress.finished(places.count)
      return part
    }
    let failures = parts.flatMap(\.failures)
    guard failures.isEmpty else { throw RunFailure.exports(failures) }
    let schools = zip(sets, parts).flatMap { zip($0, $1.schools) }.sorted { $0.0 < $1.0 }.map(\.1)
    let findings = trust.findings + schools.flatMap(\.findings) + SharedPupils.findings(in: schools)
    let blocking = findings.filter { $0.rule.severity == .blocks }
    guard blocking.isEmpty else {
      throw RunFailure.blocked(blocking, with: findings.filter { $0.rule.severity == .warns })
    }
    return Reading(
      registers: schools.map(\.register), findings: findings,
      accounts: parts.flatMap(\.accounts).sorted { $0.file < $1.file },
      pupilRows: parts.reduce(into: [:]) { $0.merge($1.pupilRows) { first, _ in first } },
      inputs: parts.flatMap(\.inputs).sorted { $0.path < $1.path },
      decisions: parts.flatMap(\.decisions).sorted { $0.file < $1.file },
      histories: parts.flatMap(\.histories))
  }

  private struct Part: Sendable {
    var schools: [RegisterReader.School] = []
    var accounts: [FileAccount] = []
    var pupilRows: [String: Int] = [:]
    var inputs: [InputFile.Record] = []
    var decisions: [TableDecision] = []
    var histories: [PupilHistory] = []
    var failures: [TableFailure] = []
  }

  /// Reads schools that share files. Every file that cannot be read is told of, not the first only.
  private static func read(
    _ entries: [TrustFile.Entry], asAt: Day?, halfTerms: [HalfTerm], explaining: String?, forManifest: Bool
  ) throws -> Part {
    var reader = RegisterReader(
      schools: entries.map(\.school), groupColumns: entries.map(\.groupColumns), asAt: asAt,
      halfTerms: halfTerms, explaining: explaining)
    var part = Part()
    for (file, schools) in files(entries, \.pupils) {
      let input = InputFile(file, forManifest: forManifest)
      do throws(TableFailure) {
        try reader.readPupils(input.export(profile: entries[schools[0]].profile), schools: schools)
        part.inputs += [input.record].compactMap(\.self)
      } catch { part.failures.append(error) }
    }
    var registers: [InputFile] = []
    for (file, schools) in files(entries, \.registers) {
      let input = InputFile(file, forManifest: forManifest)
      do throws(TableFailure) {
        try reader.readRegister(input.export(profile: entries[schools[0]].profile), schools: schools)
        registers.append(input)
      } catch { part.failures.append(error) }
    }
    guard part.failures.isEmpty else { return part }
    let result = try reader.finish()
    part.schools = result.schools
    part.accounts = result.accounts
    part.pupilRows = result.pupilRows
    part.decisions = result.decisions
    part.histories = result.histories
    part.inputs += registers.compactMap(\.record)
    return part
  }

  /// Each file once, with the schools it is listed for.
  private static func files(
    _ entries: [TrustFile.Entry], _ list: KeyPath<TrustFile.Entry, [WorkspacePath]>
  ) -> [(file: WorkspacePath, schools: [Int])] {
    var files: [(file: WorkspacePath, schools: [Int])] = []
    for (school, entry) in entries.enumerated() {
      for file in entry[keyPath: list] {
        if let place = files.firstIndex(where: { $0.file == file }) {
          files[place].schools.append(school)
        } else {
          files.append((file, [school]))
        }
      }
    }
    return files
  }

  /// Schools in sets, such that two schools that share a file are in the same set.
  private static func schoolsSharingFiles(_ entries: [TrustFile.Entry]) -> [[Int]] {
    var sets: [(schools: [Int], files: Set<WorkspacePath>)] = []
    for (school, entry) in entries.enumerated() {
      var merged = (schools: [school], files: Set(entry.registers + entry.pupils))
      sets.removeAll { set in
        guard !set.files.isDisjoint(with: merged.files) else { return false }
        merged.schools = set.schools + merged.schools
        merged.files.formUnion(set.files)
        return true
      }
      sets.append(merged)
    }
    return sets.map { $0.schools.sorted() }
  }
}
