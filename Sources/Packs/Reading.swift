import Exports
import Foundation
import OrderedCollections
import Registers
import Tabular

/// The contents of the files of a workspace, before any figure is computed.
package struct Reading: Sendable {
  /// The registers in the order of the trust file's schools, or an empty array after `takeRegisters()`.
  private(set) var registers: [Register]
  var findings: [Finding]
  let accounts: [FileAccount]
  let pupilRows: [String: Int]
  /// The records of the files that were read, or an empty array if they were not read for a manifest.
  let inputs: [InputFile.Record]
  /// The decisions about the layout of each table.
  package let decisions: [TableDecision]
  /// The marks of the pupil that is being explained.
  let histories: [PupilHistory]
}

extension Reading {
  /// Reads every school's files, concurrently for schools that share no file.
  ///
  /// All files of all schools are read even if some cannot be, so that one run reports every file to correct.
  ///
  /// - Parameters:
  ///   - trust: The schools and their files.
  ///   - asAt: The last day that counts, or `nil` for the last mark's.
  ///   - jobs: The number of schools read side by side.
  ///   - explaining: The identifier of a pupil whose marks are kept one by one, or `nil`.
  ///   - forManifest: A Boolean value indicating whether each file is hashed while it is read.
  ///   - progress: The counter of schools read.
  /// - Throws: `RunFailure` if a file cannot be read or a finding stops the run.
  package static func read(
    _ trust: TrustFile, asAt: Day?, jobs: Int, explaining: String? = nil, forManifest: Bool = false,
    progress: Progress
  ) async throws -> Reading {
    let sets = schoolsSharingFiles(trust.schools)
    let results = try await concurrentMap(sets, jobs: jobs) { indices in
      let result = try SharedFilesReading(
        of: indices.map { trust.schools[$0] }, asAt: asAt, explaining: explaining, forManifest: forManifest)
      progress.finish(indices.count)
      return result
    }
    let failures = results.flatMap(\.failures)
    guard failures.isEmpty else { throw RunFailure.exports(failures) }
    let schools = zip(sets, results).flatMap { zip($0, $1.schools) }.sorted { $0.0 < $1.0 }.map(\.1)
    let findings =
      trust.findings + schools.flatMap(\.findings)
      + SharedPupils.findings(in: schools, namedByPath: trust.schools.map(\.isNamedByPath))
    return Reading(
      registers: schools.map(\.register), findings: findings,
      accounts: results.flatMap(\.accounts).sorted { $0.file < $1.file },
      pupilRows: results.reduce(into: [:]) { $0.merge($1.pupilRows) { first, _ in first } },
      inputs: results.flatMap(\.inputs).sorted { $0.path < $1.path },
      decisions: results.flatMap(\.decisions).sorted { $0.file < $1.file },
      histories: results.flatMap(\.histories))
  }

  /// Returns the indices of the schools in sets, such that two schools that share a file are in the same set.
  private static func schoolsSharingFiles(_ listed: [TrustFile.ListedSchool]) -> [[Int]] {
    var sets: [(indices: [Int], files: Set<WorkspacePath>)] = []
    for (index, school) in listed.enumerated() {
      var merged = (indices: [index], files: Set(school.registers + school.pupils))
      sets.removeAll { set in
        guard !set.files.isDisjoint(with: merged.files) else { return false }
        merged.indices = set.indices + merged.indices
        merged.files.formUnion(set.files)
        return true
      }
      sets.append(merged)
    }
    return sets.map { $0.indices.sorted() }
  }
}

/// The contents of the files of schools that share files.
private struct SharedFilesReading: Sendable {
  private(set) var schools: [RegisterReader.School] = []
  private(set) var accounts: [FileAccount] = []
  private(set) var pupilRows: [String: Int] = [:]
  private(set) var inputs: [InputFile.Record] = []
  private(set) var decisions: [TableDecision] = []
  private(set) var histories: [PupilHistory] = []
  private(set) var failures: [TableFailure] = []

  init(
    of listed: [TrustFile.ListedSchool], asAt: Day?, explaining: String?, forManifest: Bool
  ) throws(TableFailure) {
    var reader = RegisterReader(schools: listed.map(\.settings), asAt: asAt, explaining: explaining)
    for (file, indices) in SharedFilesReading.schoolIndices(of: \.pupils, in: listed) {
      let input = InputFile(file, forManifest: forManifest)
      do throws(TableFailure) {
        try reader.readPupils(input.export(profile: listed[indices[0]].profile), schools: indices)
        inputs += [input.record].compactMap(\.self)
      } catch { failures.append(error) }
    }
    var registers: [InputFile] = []
    for (file, indices) in SharedFilesReading.schoolIndices(of: \.registers, in: listed) {
      let input = InputFile(file, forManifest: forManifest)
      do throws(TableFailure) {
        try reader.readRegister(input.export(profile: listed[indices[0]].profile), schools: indices)
        registers.append(input)
      } catch { failures.append(error) }
    }
    guard failures.isEmpty else { return }
    let result = try reader.finish()
    schools = result.schools
    accounts = result.accounts
    pupilRows = result.pupilRows
    decisions = result.decisions
    histories = result.histories
    // The reader may read registers again until it finishes, so their records are complete only then.
    inputs += registers.compactMap(\.record)
  }

  /// Returns each file of a list once, with the indices of the schools that it is listed for.
  private static func schoolIndices(
    of list: KeyPath<TrustFile.ListedSchool, [WorkspacePath]>, in listed: [TrustFile.ListedSchool]
  ) -> OrderedDictionary<WorkspacePath, [Int]> {
    var indices: OrderedDictionary<WorkspacePath, [Int]> = [:]
    for (index, school) in listed.enumerated() {
      for file in school[keyPath: list] { indices[file, default: []].append(index) }
    }
    return indices
  }
}

extension Reading {
  /// Returns the registers and removes them, so that each can be released as soon as it has been used.
  mutating func takeRegisters() -> [Register] {
    defer { registers = [] }
    return registers
  }

  /// - Throws: `RunFailure` if findings stop the run.
  func requireUsable() throws(RunFailure) {
    let blocking = findings.filter { $0.rule.severity == .blocks }
    guard blocking.isEmpty else {
      throw .blocked(blocking, with: findings.filter { $0.rule.severity == .warns })
    }
  }

  package var hasWarnings: Bool { findings.contains { $0.rule.severity == .warns } }

  /// The last day with a mark of a session in school time, over all schools.
  var lastMark: Day? { registers.compactMap { $0.calendar.days.last }.max() }

  /// Returns the school year that packs are about. In the summer holiday this is the year that has ended.
  func schoolYear(asAt: Day) -> SchoolYear {
    let days = registers.compactMap { $0.calendar.days.last { $0 <= asAt } }
    return SchoolYear(containing: days.max() ?? asAt)
  }

  /// Number of days without a mark after which a register is reported; longer than any holiday.
  private static let maxDaysWithoutMarks = 60

  /// Adds a finding for each school whose last mark is further back than any holiday is long.
  mutating func noteRegistersThatEndEarly(asAt: Day) {
    for register in registers {
      guard let last = register.calendar.days.last(where: { $0 <= asAt }),
        asAt - last > Reading.maxDaysWithoutMarks
      else { continue }
      findings.append(
        Finding(
          .registerEndsEarly(register.school, last: last, asAt: asAt), school: register.school.label,
          file: "",
          row: nil))
    }
  }
}
