import Exports
import Foundation
import Policies
import Registers
import Tabular

/// Finds the schools of a folder without a trust file in the exports themselves.
///
/// A school is named by a school column, a URN, a title row or a sheet that calls itself a school, else by a file or a
/// folder that calls itself a school. Files without any of these are of one school.
struct FolderTrust {
  private let workspace: Workspace
  private var schools: [FoundSchool] = []
  private var findings: [Finding] = []

  /// A school with its files.
  private struct FoundSchool {
    var name: String
    var urn: String?
    /// A Boolean value that indicates whether the name of a file or a folder names the school.
    var isNamedByPath = false
    var registers: [WorkspacePath] = []
    var pupils: [WorkspacePath] = []
  }

  /// A file that is a register or pupil details.
  private struct SurveyedFile {
    let path: WorkspacePath
    let survey: ExportSurvey
  }

  /// A Boolean value that indicates whether a register of no school makes one after its folder, for a person to check.
  private let guessesSchools: Bool

  init(_ workspace: Workspace, guessingSchools: Bool = false) {
    self.workspace = workspace
    guessesSchools = guessingSchools
  }

  private static let fileExtensions = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "json", "xml"]

  /// Indicates that a path has the file name extension of an export.
  static func hasExportExtension(_ path: String) -> Bool {
    fileExtensions.contains((path as NSString).pathExtension.lowercased())
  }

  /// Returns a trust file with the schools that the exports name.
  consuming func trustFile() throws -> TrustFile {
    let surveyed = try survey()
    let registers = surveyed.filter { $0.survey.kind == .register }
    guard !registers.isEmpty else {
      throw RunFailure.noExports(
        folder: workspace.folder,
        reasons: findings.map { "\($0.file): \($0.message)" }
          + surveyed.map { "\($0.path.relative): \($0.survey.reasonNoRegister)" }
          + (try workspace.otherFiles()))
    }
    for file in registers where !file.survey.schools.isEmpty {
      for school in file.survey.schools { addRegister(file, of: indexOrNew(school)) }
    }
    let rest = registers.filter(\.survey.schools.isEmpty)
    var unnamed: [SurveyedFile] = []
    for file in rest {
      guard let name = schoolName(inPathOf: file) else {
        unnamed.append(file)
        continue
      }
      let known = schools.count
      let index = indexOfSchool(abbreviated: name) ?? indexOrNew(ExportSurvey.Named(name: name))
      if index == known { schools[index].isNamedByPath = true }
      addRegister(file, of: index)
    }
    for file in unnamed { addRegister(file, of: try indexOfUnnamedSchool(of: file)) }
    for file in surveyed where file.survey.kind != .register {
      for index in indicesOfSchools(beside: file) {
        if file.survey.kind == .pupils {
          schools[index].pupils.append(file.path)
        } else {
          schools[index].registers.append(file.path)
        }
      }
    }
    return try trustFile(of: schools)
  }

  /// The maximum length of a school's name in characters.
  private static let maxNameLength = 10_000

  private func trustFile(of schools: [FoundSchool]) throws -> TrustFile {
    let policy = try Policy(
      name: Policy.usual, yaml: Policy.shipped[Policy.usual] ?? "", file: "\(Policy.usual).yaml")
    let listed = schools.map { found in
      TrustFile.ListedSchool(
        school: School(name: found.name, urn: found.urn), policy: policy,
        registers: WorkspacePath.inOrderOfDownload(found.registers),
        pupils: WorkspacePath.inOrderOfDownload(found.pupils), isNamedByPath: found.isNamedByPath)
    }
    if let listed = listed.first(where: { $0.school.name.count > FolderTrust.maxNameLength }) {
      throw RunFailure.schoolNameTooLong(file: listed.registers.first?.relative ?? "")
    }
    if let listed = listed.first(where: { $0.school.slug.isEmpty }) {
      throw RunFailure.schoolNameWithoutLetters(
        listed.school.name, file: listed.registers.first?.relative ?? "")
    }
    return TrustFile(
      name: (workspace.folder as NSString).lastPathComponent, schools: listed, findings: findings)
  }

  /// Returns the files that are registers or pupil details, and adds a finding for each other file.
  private mutating func survey() throws(RunFailure) -> [SurveyedFile] {
    var surveyed: [SurveyedFile] = []
    for candidate in try workspace.exports() {
      let path = candidate.path
      if let refusal = candidate.refusal {
        let issue: Issue = candidate.isZipFile ? .zipNotRead(refusal) : .fileNotRead(refusal)
        findings.append(Finding(issue, school: nil, file: path.relative, row: nil))
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

  private mutating func addRegister(_ file: SurveyedFile, of school: Int) {
    if !schools[school].registers.contains(file.path) { schools[school].registers.append(file.path) }
  }

  /// Returns the index of a school, which is added if it is new.
  private mutating func indexOrNew(_ school: ExportSurvey.Named) -> Int {
    if let index = index(of: school) {
      if schools[index].urn == nil { schools[index].urn = school.urn }
      return index
    }
    schools.append(
      FoundSchool(name: school.name.isEmpty ? "School \(school.urn ?? "")" : school.name, urn: school.urn))
    return schools.count - 1
  }

  private func index(of school: ExportSurvey.Named) -> Int? {
    if let urn = school.urn, let index = schools.firstIndex(where: { $0.urn == urn }) { return index }
    guard !school.name.isEmpty else { return nil }
    return schools.firstIndex {
      $0.name.reducedToLettersAndDigits == school.name.reducedToLettersAndDigits
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

  /// Returns the index of the school of a register that names none: the only one there is, or that of its folder.
  ///
  /// - Throws: `RunFailure` if it may be of several schools.
  private mutating func indexOfUnnamedSchool(of file: SurveyedFile) throws(RunFailure) -> Int {
    if schools.isEmpty {
      return indexOrNew(
        ExportSurvey.Named(
          name: SchoolName.label(of: (workspace.folder as NSString).lastPathComponent) ?? "School"))
    }
    // Beside a folder that calls itself a school, another folder is likely to be another school.
    let folder = (file.path.relative as NSString).deletingLastPathComponent
    let beside = schoolsOfFolder(of: file)
    let isApart = schools[0].isNamedByPath && !folder.isEmpty && beside.isEmpty
    if schools.count == 1, !isApart { return 0 }
    let stem = ((file.path.relative as NSString).lastPathComponent as NSString).deletingPathExtension
    if let label = SchoolName.label(of: stem), let index = indexOfSchool(abbreviated: label) { return index }
    if beside.isEmpty, guessesSchools {
      let label = SchoolName.label(of: (folder as NSString).lastPathComponent)
      let index = indexOrNew(ExportSurvey.Named(name: label ?? "School"))
      schools[index].isNamedByPath = true
      return index
    }
    guard beside.count == 1 else {
      throw .registerOfNoSchool(file: file.path.relative, schools: schools.map(\.name))
    }
    return beside[0]
  }

  private func schoolsOfFolder(of file: SurveyedFile) -> [Int] {
    let folder = (file.path.relative as NSString).deletingLastPathComponent
    return schools.indices.filter { school in
      schools[school].registers.contains { ($0.relative as NSString).deletingLastPathComponent == folder }
    }
  }

  /// Returns the indices of the schools of a file without marks.
  ///
  /// These are the schools that it names, else those of the registers in the same folder, else all schools.
  private func indicesOfSchools(beside file: SurveyedFile) -> [Int] {
    let named = file.survey.schools.compactMap(index)
    if !named.isEmpty { return named }
    let stem = ((file.path.relative as NSString).lastPathComponent as NSString).deletingPathExtension
    if let name = SchoolName.find(in: stem) ?? SchoolName.label(of: stem), schools.count > 1,
      let index = indexOfSchool(abbreviated: name)
    {
      return [index]
    }
    let beside = schoolsOfFolder(of: file)
    return beside.isEmpty ? Array(schools.indices) : beside
  }

  /// Returns the name of a school that the name of a file, or of a folder that it is in, calls itself.
  private func schoolName(inPathOf file: SurveyedFile) -> String? {
    let components = ([workspace.folder] + file.path.relative.split(separator: "/").map(String.init))
      .reversed()
    return components.enumerated().lazy.compactMap { index, component in
      let name = (component as NSString).lastPathComponent
      let isFile = index == 0 || name.lowercased().hasSuffix(".zip")
      return SchoolName.find(in: isFile ? (name as NSString).deletingPathExtension : name)
    }.first
  }
}

extension WorkspacePath {
  /// Returns files in the order in which they were downloaded, by the names of files and folders: `name`,
  /// `name (1)`, `name (2)`; `v2` before `v10`. Where two files differ, the later one counts.
  static func inOrderOfDownload(_ paths: [WorkspacePath]) -> [WorkspacePath] {
    paths.map { (path: $0, parts: $0.relative.split(separator: "/").map { Download(String($0)) }) }.sorted {
      left, right in
      for (one, other) in zip(left.parts, right.parts) where one != other { return one < other }
      return (left.parts.count, left.path) < (right.parts.count, right.path)
    }.map(\.path)
  }

  /// The name of a file or a folder, and the number that a browser gave a later download of it.
  private struct Download: Comparable {
    let name: String
    let number: Int

    init(_ component: String) {
      let stem = (component as NSString).deletingPathExtension
      let fileExtension = (component as NSString).pathExtension
      guard stem.hasSuffix(")"), let open = stem.lastIndex(of: "("),
        let number = Int(stem[stem.index(after: open)...].dropLast())
      else {
        (name, number) = (component, 0)
        return
      }
      name =
        stem[..<open].trimmingCharacters(in: .whitespaces)
        + (fileExtension.isEmpty ? "" : ".\(fileExtension)")
      self.number = number
    }

    static func < (left: Download, right: Download) -> Bool {
      switch left.name.compare(right.name, options: .numeric) {
      case .orderedAscending: true
      case .orderedDescending: false
      case .orderedSame: (left.number, left.name) < (right.number, right.name)
      }
    }
  }
}
