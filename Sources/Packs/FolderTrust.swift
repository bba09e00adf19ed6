import Exports
import Foundation
import Policies
import Registers
import Tabular

/// Finds the schools of a folder without a trust file in the exports themselves.
///
/// A school is identified by a school column, else by a title or a sheet name, else by the name of the file, else by the
/// name of its folder.
struct FolderTrust {
  private let workspace: Workspace
  private var schools: [FoundSchool] = []
  private var findings: [Finding] = []

  /// A school with its files.
  private struct FoundSchool {
    var name: String
    var urn: String?
    var registers: [WorkspacePath] = []
    var pupils: [WorkspacePath] = []
  }

  /// A file that is a register or pupil details.
  private struct SurveyedFile {
    let path: WorkspacePath
    let survey: ExportSurvey
  }

  init(_ workspace: Workspace) { self.workspace = workspace }

  private static let fileExtensions = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "json", "xml"]

  /// Indicates that a path has the file name extension of an export.
  static func hasExportExtension(_ path: String) -> Bool {
    fileExtensions.contains((path as NSString).pathExtension.lowercased())
  }

  /// Returns a trust file with the schools that the exports name.
  consuming func trustFile() throws -> TrustFile {
    let surveyed = survey()
    // Files that name a school come first, because the name of another file may be short for that school.
    let registers = surveyed.filter { $0.survey.kind == .register }
    for file in registers.filter({ !$0.survey.schools.isEmpty }) + registers.filter(\.survey.schools.isEmpty)
    {
      for index in schoolIndices(of: file) { schools[index].registers.append(file.path) }
    }
    guard !schools.isEmpty else {
      throw RunFailure.noExports(
        folder: workspace.folder,
        reasons: findings.map { "\($0.file): \($0.message)" }
          + surveyed.map { "\($0.path.relative): \($0.survey.reasonNoRegister)" })
    }
    for file in surveyed where file.survey.kind != .register {
      for index in indicesOfSchools(beside: file) {
        if file.survey.kind == .pupils {
          schools[index].pupils.append(file.path)
        } else {
          schools[index].registers.append(file.path)
        }
      }
    }
    let policy = try Policy(
      name: Policy.usual, yaml: Policy.shipped[Policy.usual] ?? "", file: "\(Policy.usual).yaml")
    let listed = schools.filter { !$0.registers.isEmpty }.map { found in
      TrustFile.ListedSchool(
        school: School(name: found.name, urn: found.urn), policy: policy, policyFile: nil,
        registers: found.registers.sorted(), pupils: found.pupils.sorted(), commentary: nil,
        profile: SourceProfile(), similarSchools: [])
    }
    let name = (workspace.folder as NSString).lastPathComponent
    try FolderTrust.checkFolders(of: listed)
    return TrustFile(name: name, schools: listed, findings: findings)
  }

  /// - Throws: `RunFailure` if the name of a school gives no folder name, or that of another school.
  private static func checkFolders(of listed: [TrustFile.ListedSchool]) throws(RunFailure) {
    var known: [String: School] = [:]
    for listed in listed {
      let school = listed.school
      let file = listed.registers.first?.relative ?? ""
      guard !school.slug.isEmpty else {
        throw .schoolNameWithoutLetters(school.name, file: file)
      }
      if let other = known.updateValue(school, forKey: school.slug) {
        throw .schoolsShareFolder(other.name, school.name, folder: school.slug, file: file)
      }
    }
  }

  /// Returns the files that are registers or pupil details, and adds a finding for each other file.
  private mutating func survey() -> [SurveyedFile] {
    var surveyed: [SurveyedFile] = []
    for candidate in workspace.exports() {
      let path = candidate.path
      if let refusal = candidate.refusal {
        findings.append(Finding(.fileNotRead(refusal), school: nil, file: path.relative, row: nil))
        continue
      }
      do throws(TableFailure) {
        let survey = try ExportSurvey(InputFile(path).export(profile: SourceProfile()))
        if survey.kind == .neither {
          findings.append(Finding(.fileNotRead(survey.reason), school: nil, file: path.relative, row: nil))
        } else {
          surveyed.append(SurveyedFile(path: path, survey: survey))
        }
      } catch {
        let reason = error.description.dropFirst(path.relative.utf8.count).drop { ": ".contains($0) }
        findings.append(Finding(.fileNotRead(String(reason)), school: nil, file: path.relative, row: nil))
      }
    }
    return surveyed
  }

  /// Returns the indices of a register's schools, and adds the schools that are new.
  private mutating func schoolIndices(of file: SurveyedFile) -> [Int] {
    var named = file.survey.schools
    if named.isEmpty {
      let name = FolderTrust.schoolName(from: file.path, in: workspace)
      if let index = indexOfSchool(abbreviated: name) { return [index] }
      named = [ExportSurvey.Named(name: name)]
    }
    return named.map { school in
      if let index = index(of: school) {
        if schools[index].urn == nil { schools[index].urn = school.urn }
        return index
      }
      schools.append(
        FoundSchool(name: school.name.isEmpty ? "School \(school.urn ?? "")" : school.name, urn: school.urn))
      return schools.count - 1
    }
  }

  private func index(of school: ExportSurvey.Named) -> Int? {
    if let urn = school.urn, let index = schools.firstIndex(where: { $0.urn == urn }) { return index }
    guard !school.name.isEmpty else { return nil }
    return schools.firstIndex {
      $0.name.lowercased() == school.name.lowercased()
        && ($0.urn == nil || school.urn == nil || $0.urn == school.urn)
    }
  }

  /// Returns the index of the only school with a name, or with a name that begins with these words, or `nil`.
  private func indexOfSchool(abbreviated name: String) -> Int? {
    if let index = index(of: ExportSurvey.Named(name: name)) { return index }
    let words = name.lowercased().split(separator: " ")
    let indices = schools.indices.filter {
      schools[$0].name.lowercased().split(separator: " ").starts(with: words)
    }
    return indices.count == 1 ? indices[0] : nil
  }

  /// Returns the indices of the schools of a file without marks.
  ///
  /// These are the schools that it names, else those of the registers in the same folder, else all schools.
  private func indicesOfSchools(beside file: SurveyedFile) -> [Int] {
    let named = file.survey.schools.compactMap(index)
    if !named.isEmpty { return named }
    let name = FolderTrust.schoolName(from: file.path, in: workspace)
    if let index = indexOfSchool(abbreviated: name) { return [index] }
    let folder = (file.path.relative as NSString).deletingLastPathComponent
    let beside = schools.indices.filter { school in
      schools[school].registers.contains { ($0.relative as NSString).deletingLastPathComponent == folder }
    }
    return beside.isEmpty ? Array(schools.indices) : beside
  }

  /// Words of file names that describe the contents of a file and not its school.
  private static let commonWords: Set<String> = [
    "register", "registers", "attendance", "marks", "mark", "pupil", "pupils", "student", "students",
    "details",
    "export", "exports", "session", "sessions", "autumn", "spring", "summer", "term", "half", "year", "data",
    "report", "week", "weeks", "weekly", "code", "codes", "bromcom", "arbor", "sims", "wonde", "ctf", "list",
    "to", "date", "all", "day", "daily", "of", "the", "roll", "january", "february", "march", "april", "may",
    "june", "july", "september", "october", "november", "december",
  ]

  /// Returns a school's name made from the name of a file or of a folder that it is in.
  private static func schoolName(from path: WorkspacePath, in workspace: Workspace) -> String {
    let components = ([workspace.folder] + path.relative.split(separator: "/").map(String.init)).reversed()
    for component in components {
      let stem = ((component as NSString).lastPathComponent as NSString).deletingPathExtension
      let words = stem.lowercased().split { !($0.isLetter || $0 == "'") }.map(String.init)
      let nameWords = words.filter { !commonWords.contains($0) }
      if !nameWords.isEmpty {
        return nameWords.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
      }
    }
    return "School"
  }
}
