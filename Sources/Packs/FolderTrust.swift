import Exports
import Foundation
import Policies
import Registers
import Tabular

/// Makes do without a trust file: finds the schools of a folder of exports in the exports themselves.
///
/// A school is told by the school column, else by a title or sheet, else by the file's name, else by its folder's.
struct FolderTrust {
  private let workspace: Workspace
  private var schools: [Issue] = []
  private var findings: [Finding] = []

  /// A school and the files that tell of it.
  private struct Issue {
    var name: String
    var urn: String?
    var registers: [WorkspacePath] = []
    var pupils: [WorkspacePath] = []
  }

  private struct Surveyed {
    let path: WorkspacePath
    let survey: ExportSurvey
  }

  init(_ workspace: Workspace) { self.workspace = workspace }

  private static let endings = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "json", "xml"]

  static func isNamedLikeExport(_ path: String) -> Bool {
    endings.contains((path as NSString).pathExtension.lowercased())
  }

  consuming func trustFile() throws -> TrustFile {
    let surveyed = survey()
    // Those that name a school first: the name of another file may be a part of it.
    let registers = surveyed.filter { $0.survey.kind == .register }
    for file in registers.filter({ !$0.survey.schools.isEmpty }) + registers.filter(\.survey.schools.isEmpty)
    {
      for place in places(of: file) { schools[place].registers.append(file.path) }
    }
    guard !schools.isEmpty else {
      throw RunFailure.noExports(
        folder: workspace.folder, reasons: findings.map { "\($0.file): \($0.message)" })
    }
    for file in surveyed where file.survey.kind != .register {
      for place in placesBeside(file) {
        if file.survey.kind == .pupils {
          schools[place].pupils.append(file.path)
        } else {
          schools[place].registers.append(file.path)
        }
      }
    }
    let policy = try Policy(
      name: Policy.usual, yaml: Policy.shipped[Policy.usual] ?? "", file: "\(Policy.usual).yaml")
    let entries = schools.filter { !$0.registers.isEmpty }.map { found in
      TrustFile.Entry(
        school: School(name: found.name, urn: found.urn), policy: policy, policyFile: nil,
        registers: found.registers.sorted(), pupils: found.pupils.sorted(), commentary: nil,
        profile: SourceProfile(), similarSchools: [])
    }
    let name = (workspace.folder as NSString).lastPathComponent
    try FolderTrust.checkFolders(of: entries)
    return TrustFile(name: name, entries: entries, findings: findings)
  }

  /// Throws: where the name of a school that exports give makes no folder, or that of another school.
  private static func checkFolders(of entries: [TrustFile.Entry]) throws(RunFailure) {
    let remedy = "Write a \(TrustFile.fileName) that names the schools, with school under profile."
    var known: [String: School] = [:]
    for entry in entries {
      let school = entry.school
      let file = entry.registers.first?.relative ?? ""
      guard !school.slug.isEmpty else {
        throw .unusable(
          "\(file): the school's name \"\(school.name)\" has neither a letter nor a digit. \(remedy)"
            .printable)
      }
      if let other = known.updateValue(school, forKey: school.slug) {
        throw .unusable(
          "\(file): \"\(other.name)\" and \"\(school.name)\" would share the folder \(school.slug). \(remedy)"
            .printable)
      }
    }
  }

  /// Every file that is a register or pupil details; of the others a finding says why not.
  private mutating func survey() -> [Surveyed] {
    var surveyed: [Surveyed] = []
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
          surveyed.append(Surveyed(path: path, survey: survey))
        }
      } catch {
        let words = error.description.dropFirst(path.relative.utf8.count).drop { ": ".contains($0) }
        findings.append(Finding(.fileNotRead(String(words)), school: nil, file: path.relative, row: nil))
      }
    }
    return surveyed
  }

  /// The schools a register is of, each added where it is new.
  private mutating func places(of file: Surveyed) -> [Int] {
    var named = file.survey.schools
    if named.isEmpty {
      let own = FolderTrust.name(for: file.path, in: workspace)
      if let place = place(ofFileNamed: own) { return [place] }
      named = [ExportSurvey.Named(name: own)]
    }
    return named.map { school in
      if let place = place(of: school) {
        if schools[place].urn == nil { schools[place].urn = school.urn }
        return place
      }
      schools.append(
        Issue(name: school.name.isEmpty ? "School \(school.urn ?? "")" : school.name, urn: school.urn))
      return schools.count - 1
    }
  }

  private func place(of school: ExportSurvey.Named) -> Int? {
    if let urn = school.urn, let place = schools.firstIndex(where: { $0.urn == urn }) { return place }
    guard !school.name.isEmpty else { return nil }
    return schools.firstIndex {
      $0.name.lowercased() == school.name.lowercased()
        && ($0.urn == nil || school.urn == nil || $0.urn == school.urn)
    }
  }

  /// The school of a file's own name, which may be the first words of the school's. Missing: nil where it is of several or none.
  private func place(ofFileNamed name: String) -> Int? {
    if let place = place(of: ExportSurvey.Named(name: name)) { return place }
    let words = name.lowercased().split(separator: " ")
    let found = schools.indices.filter {
      schools[$0].name.lowercased().split(separator: " ").starts(with: words)
    }
    return found.count == 1 ? found[0] : nil
  }

  /// The schools a file without marks is of: those it names, else those of the registers beside it, else all of them.
  private func placesBeside(_ file: Surveyed) -> [Int] {
    let named = file.survey.schools.compactMap(place)
    if !named.isEmpty { return named }
    let own = FolderTrust.name(for: file.path, in: workspace)
    if let place = place(ofFileNamed: own) { return [place] }
    let folder = (file.path.relative as NSString).deletingLastPathComponent
    let beside = schools.indices.filter { school in
      schools[school].registers.contains { ($0.relative as NSString).deletingLastPathComponent == folder }
    }
    return beside.isEmpty ? Array(schools.indices) : beside
  }

  /// Words of file names that say what a file is, not whose.
  private static let commonWords: Set<String> = [
    "register", "registers", "attendance", "marks", "mark", "pupil", "pupils", "student", "students",
    "details",
    "export", "exports", "session", "sessions", "autumn", "spring", "summer", "term", "half", "year", "data",
    "report", "week", "weeks", "weekly", "code", "codes", "bromcom", "arbor", "sims", "wonde", "ctf", "list",
    "to", "date", "all", "day", "daily", "of", "the", "roll", "january", "february", "march", "april", "may",
    "june", "july", "september", "october", "november", "december",
  ]

  /// A school's name from what a file or its folder is called.
  private static func name(for path: WorkspacePath, in workspace: Workspace) -> String {
    let parts = ([workspace.folder] + path.relative.split(separator: "/").map(String.init)).reversed()
    for part in parts {
      let stem = ((part as NSString).lastPathComponent as NSString).deletingPathExtension
      let words = stem.lowercased().split { !($0.isLetter || $0 == "'") }.map(String.init)
      let own = words.filter { !commonWords.contains($0) }
      if !own.isEmpty { return own.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ") }
    }
    return "School"
  }
}
