import Comparators
import Exports
import Policies
import Registers
import StrictYAML

/// The trust file: the schools of a trust, their files, and what overrules detection.
package struct TrustFile {
  let name: String
  package let asAt: Day?
  /// Files of DfE's figures, in the order of the trust file.
  let benchmarks: [ListedBenchmark]
  /// The aims the trust has set. Missing: empty where it has none.
  let targets: [Target]
  let brand: Brand
  /// Unit: pupils. Counts from 1 to this are withheld from a board.
  let disclosureThreshold: Int
  let halfTerms: [HalfTerm]
  /// In the order of their URN, then their name.
  let schools: [Entry]
  /// What was found while the schools were looked for. Missing: empty where a trust file names them.
  let findings: [Finding]

  package static let fileName = "trust.yaml"
  static let usualThreshold = 5

  /// A school and its files.
  struct Entry {
    let school: School
    let policy: Policy
    /// The file of the policy. Missing: nil for one that ships with the program.
    let policyFile: WorkspacePath?
    let registers: [WorkspacePath]
    let pupils: [WorkspacePath]
    let commentary: WorkspacePath?
    let profile: SourceProfile
    /// The URNs of schools of the trust that the school is set beside. Missing: empty where the trust file names none.
    let similarSchools: [String]

    /// The columns of the pupil details that the policy names for groups of its own.
    var groupColumns: [GroupColumn] {
      policy.groupsFromColumns.map { GroupColumn(name: $0.name, header: $0.column) }
    }
  }
}

extension TrustFile {
  /// By URN, the URNs of schools called similar.
  var similarSchools: [String: [String]] {
    schools.reduce(into: [:]) { similar, entry in
      if let urn = entry.school.urn { similar[urn] = entry.similarSchools }
    }
  }

  /// The files of words and pictures, each once.
  var ownFiles: [WorkspacePath] {
    ([brand.logo] + schools.map(\.commentary)).compactMap(\.self).reduce(into: []) { files, file in
      if !files.contains(file) { files.append(file) }
    }
  }

  /// A trust of schools that were found in the exports of a folder.
  init(name: String, entries: [Entry], findings: [Finding]) {
    self.name = name
    asAt = nil
    benchmarks = []
    targets = []
    brand = Brand()
    disclosureThreshold = TrustFile.usualThreshold
    halfTerms = []
    schools = TrustFile.sorted(entries)
    self.findings = findings
  }

  private static func sorted(_ entries: [Entry]) -> [Entry] {
    entries.sorted { ($0.school.urn ?? "", $0.school.name) < ($1.school.urn ?? "", $1.school.name) }
  }

  init(text: String, workspace: Workspace) throws(YAMLFailure) {
    let whole = try YAMLValue(text: text, file: TrustFile.fileName)
    let keys = try whole.mapping(
      keys: ["name", "as_at", "benchmarks", "targets", "logo", "accent", "disclosure", "calendar", "schools"])
    guard let name = keys["name"] else { throw whole.failure("the trust needs a name") }
    guard let schools = keys["schools"] else { throw whole.failure("the trust needs schools") }
    self.name = try name.string()
    asAt = try keys["as_at"].map { value throws(YAMLFailure) in try value.day() }
    benchmarks = try TrustFile.benchmarks(keys["benchmarks"], workspace: workspace)
    targets = try TrustFile.targets(keys["targets"])
    brand = try Brand(logo: keys["logo"], accent: keys["accent"], workspace: workspace)
    disclosureThreshold = try TrustFile.threshold(keys["disclosure"])
    halfTerms = try TrustFile.halfTerms(keys["calendar"])
    var entries: [Entry] = []
    for value in try schools.sequence() {
      let entry = try Entry(value, workspace: workspace)
      if let same = entries.first(where: { $0.school.slug == entry.school.slug }) {
        throw value.failure("a school with the folder \(same.school.slug) is listed above")
      }
      if let urn = entry.school.urn, let same = entries.first(where: { $0.school.urn == urn }) {
        throw value.failure("\(same.school.name), listed above, has the same URN \(urn)")
      }
      let shared = entries.first {
        $0.profile != entry.profile
          && !Set($0.registers + $0.pupils).isDisjoint(with: entry.registers + entry.pupils)
      }
      if let shared {
        throw value.failure(
          "this school shares a file with \(shared.school.name), so both need the same profile")
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else { throw schools.failure("schools must list at least one school") }
    try TrustFile.checkSimilarSchools(schools, entries: entries)
    self.schools = TrustFile.sorted(entries)
    findings = []
  }

  private static func threshold(_ value: YAMLValue?) throws(YAMLFailure) -> Int {
    guard let value, let threshold = try value.mapping(keys: ["threshold"])["threshold"] else {
      return usualThreshold
    }
    let pupils = try threshold.integer()
    guard 1...99 ~= pupils else { throw threshold.failure("threshold must be from 1 to 99 pupils") }
    return pupils
  }

  private static func halfTerms(_ value: YAMLValue?) throws(YAMLFailure) -> [HalfTerm] {
    guard let value, let list = try value.mapping(keys: ["half_terms"])["half_terms"] else { return [] }
    var halfTerms: [HalfTerm] = []
    for item in try list.sequence() {
      let keys = try item.mapping(keys: ["name", "from", "to"])
      guard let name = keys["name"], let from = keys["from"], let to = keys["to"] else {
        throw item.failure("a half-term needs name, from and to")
      }
      let written = try name.string()
      guard let known = HalfTerm.Name(rawValue: written) else {
        let names = HalfTerm.Name.allCases.map(\.rawValue).joined(separator: ", ")
        throw name.failure("\"\(written)\" is none of \(names)")
      }
      let halfTerm = HalfTerm(known, from: try from.day(), to: try to.day())
      guard halfTerm.first <= halfTerm.last else { throw to.failure("the half-term ends before it starts") }
      if let before = halfTerms.last, before.last >= halfTerm.first {
        throw from.failure("the half-term starts before \(before.name.rawValue) has ended")
      }
      let year = SchoolYear(containing: halfTerm.first)
      if halfTerms.contains(where: { $0.name == known && SchoolYear(containing: $0.first) == year }) {
        throw name.failure("\(written) of \(year.name) is listed above")
      }
      halfTerms.append(halfTerm)
    }
    return halfTerms
  }
}

extension TrustFile.Entry {
  private static let keys = [
    "name", "urn", "phase", "local_authority", "policy", "registers", "pupils", "commentary", "profile",
    "similar_schools", "sets",
  ]

  init(_ value: YAMLValue, workspace: Workspace) throws(YAMLFailure) {
    let keys = try value.mapping(keys: TrustFile.Entry.keys)
    guard let name = keys["name"] else { throw value.failure("a school needs a name") }
    guard let registers = keys["registers"] else { throw value.failure("a school needs registers") }
    school = School(
      name: try name.string(), urn: try TrustFile.Entry.urn(keys["urn"]),
      phase: try TrustFile.Entry.phase(keys["phase"]),
      localAuthority: try keys["local_authority"]?.string(),
      sets: try keys["sets"].map { value throws(YAMLFailure) in try TrustFile.Entry.sets(value) } ?? [])
    guard !school.slug.isEmpty else { throw name.failure("a school's name needs a letter or a digit") }
    (policy, policyFile) = try TrustFile.Entry.policy(keys["policy"], workspace: workspace)
    let pupils = try keys["pupils"].map { value throws(YAMLFailure) in try workspace.files(value) } ?? []
    self.pupils = pupils
    // A pattern such as exports/mill-lane/*.csv may take in the pupil file, which is no register.
    self.registers = try workspace.files(registers).filter { !pupils.contains($0) }
    guard !self.registers.isEmpty else {
      throw registers.failure(
        "the files listed here are all listed under pupils, and a file is one or the other")
    }
    commentary = try keys["commentary"].map { value throws(YAMLFailure) in try workspace.file(value) }
    profile =
      try keys["profile"].map { value throws(YAMLFailure) in try SourceProfile(value) } ?? SourceProfile()
    similarSchools =
      try keys["similar_schools"].map { value throws(YAMLFailure) in try value.strings() } ?? []
  }

  /// The names of sets, each once.
  private static func sets(_ value: YAMLValue) throws(YAMLFailure) -> [String] {
    var names: [String] = []
    for item in try value.sequence() {
      let name = try item.string()
      guard !names.contains(name) else { throw item.failure("\(name) is listed twice") }
      names.append(name)
    }
    return names
  }

  private static func urn(_ value: YAMLValue?) throws(YAMLFailure) -> String? {
    guard let value else { return nil }
    let urn = try value.string()
    guard urn.utf8.count == 6, urn.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
      throw value.failure("a URN has six digits; this is \"\(urn)\"")
    }
    return urn
  }

  static func phase(_ value: YAMLValue?) throws(YAMLFailure) -> School.Phase? {
    guard let value else { return nil }
    let written = try value.string()
    guard let phase = School.Phase(rawValue: written.lowercased()) else {
      throw value.failure(
        "\"\(written)\" is none of \(School.Phase.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return phase
  }

  private static func policy(
    _ value: YAMLValue?, workspace: Workspace
  ) throws(YAMLFailure) -> (Policy, WorkspacePath?) {
    let name = try value?.string() ?? Policy.usual
    if let yaml = Policy.shipped[name] {
      return (try Policy(name: name, yaml: yaml, file: "\(name).yaml"), nil)
    }
    guard let value, name.hasSuffix(".yaml") || name.hasSuffix(".yml") else {
      let known = Policy.shipped.keys.sorted().joined(separator: ", ")
      throw value?.failure("\"\(name)\" is no policy that ships (\(known)), and no path to a .yaml file")
        ?? YAMLFailure(file: TrustFile.fileName, line: 1, column: 1, "no policy \(name)")
    }
    let file = try workspace.file(value)
    return (try Policy(name: name, yaml: try workspace.text(file, named: value), file: file.relative), file)
  }
}

extension YAMLValue {
  /// A day written as 2026-02-13.
  func day() throws(YAMLFailure) -> Day {
    let written = try scalar("a date")
    guard let day = Day(iso: written) else {
      throw failure("\(name) must be a date such as 2026-02-13, but is \"\(written)\"")
    }
    return day
  }
}

extension SourceProfile {
  init(_ value: YAMLValue) throws(YAMLFailure) {
    self.init()
    let keys = try value.mapping(
      keys: ["layout", "sheet", "header_row", "dates", "columns", "marks", "school"])
    if let value = keys["layout"] {
      let written = try value.string()
      guard let known = Layout(rawValue: written) else {
        throw value.failure(
          "\"\(written)\" is none of \(Layout.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      layout = known
    }
    sheet = try keys["sheet"]?.string()
    school = try keys["school"]?.string()
    if let row = keys["header_row"] {
      let number = try row.integer()
      guard 1...30 ~= number else { throw row.failure("header_row must be from 1 to 30") }
      headerRow = number
    }
    if let order = keys["dates"] {
      let written = try order.string()
      guard let known = DateOrder(rawValue: written) else {
        throw order.failure(
          "\"\(written)\" is none of \(DateOrder.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      dates = known
    }
    for (key, header) in try keys["columns"]?.mapping() ?? [:] {
      guard let column = Column(rawValue: key) else {
        throw header.failure(
          "unknown column \"\(key)\"; known are \(Column.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      columns[column] = try header.string()
    }
    for (mark, code) in try keys["marks"]?.mapping() ?? [:] { marks[mark] = try code.scalar("a code") }
  }
}
