import Algorithms
import Comparators
import Exports
import OrderedCollections
import Policies
import Registers
import StrictYAML

/// The settings of a trust: its schools, their files, and the settings that replace detection.
package struct TrustFile {
  let name: String
  package let asAt: Day?
  /// Files of DfE's figures, in the order of the trust file.
  let benchmarks: [ListedBenchmark]
  /// The targets that the trust has set.
  let targets: [Target]
  let brand: Brand
  /// The largest number of pupils that is withheld from a board; 0 is not withheld.
  let disclosureThreshold: Int
  let halfTerms: [HalfTerm]
  /// The schools in the order of their URNs, then of their names.
  let schools: [ListedSchool]
  /// Findings of the search for schools in exports, or an empty array if a trust file names the schools.
  let findings: [Finding]

  package static let fileName = "trust.yaml"
  private static let defaultThreshold = 5

  /// A school and its files, as the trust file lists them.
  struct ListedSchool {
    let school: School
    let policy: Policy
    /// The file of the policy, or `nil` for a policy that is built in.
    let policyFile: WorkspacePath?
    let registers: [WorkspacePath]
    let pupils: [WorkspacePath]
    let commentary: WorkspacePath?
    let profile: SourceProfile
    /// The URNs of schools of the trust that are similar to this school.
    let similarSchools: [String]
    /// The school's own half-terms, else the trust's, or none if they are derived from the marks.
    let halfTerms: [HalfTerm]
    /// A Boolean value that indicates whether packs are made although many marks are refused.
    let acceptsRefusedMarks: Bool
    /// A Boolean value that indicates whether the school was found by the name of a file or a folder.
    let isNamedByPath: Bool

    /// The columns of the pupil details that define groups of the policy.
    var groupColumns: [GroupColumn] {
      policy.groupsFromColumns.map { GroupColumn(name: $0.name, header: $0.column) }
    }

    /// The settings by which the school's registers are read.
    var settings: SchoolSettings {
      SchoolSettings(
        school, groupColumns: groupColumns, halfTerms: halfTerms, acceptsRefusedMarks: acceptsRefusedMarks)
    }
  }
}

extension TrustFile {
  /// The URNs of similar schools by the URN of a school.
  var similarSchools: [String: [String]] {
    schools.reduce(into: [:]) { similar, listed in
      if let urn = listed.school.urn { similar[urn] = listed.similarSchools }
    }
  }

  /// The logo and the commentaries, each file once.
  var contentFiles: [WorkspacePath] {
    Array(([brand.logo] + schools.map(\.commentary)).compactMap(\.self).uniqued())
  }

  /// Creates the settings of a trust whose schools were found in the exports of a folder.
  init(name: String, schools: [ListedSchool], findings: [Finding]) {
    self.name = name
    asAt = nil
    benchmarks = []
    targets = []
    brand = Brand()
    disclosureThreshold = TrustFile.defaultThreshold
    halfTerms = []
    self.schools = TrustFile.sorted(schools)
    self.findings = findings
  }

  private static func sorted(_ schools: [ListedSchool]) -> [ListedSchool] {
    schools.sorted { ($0.school.urn ?? "", $0.school.name) < ($1.school.urn ?? "", $1.school.name) }
  }

  init(text: String, workspace: Workspace) throws(YAMLFailure) {
    let root = try YAMLValue(text: text, file: TrustFile.fileName)
    let keys = try root.mapping(
      keys: ["name", "as_at", "benchmarks", "targets", "logo", "accent", "disclosure", "calendar", "schools"])
    guard let name = keys["name"] else { throw root.failure("the trust needs a name") }
    guard let list = keys["schools"] else { throw root.failure("the trust needs schools") }
    self.name = try name.string()
    asAt = try keys["as_at"].map { value throws(YAMLFailure) in try value.day() }
    benchmarks = try TrustFile.benchmarks(keys["benchmarks"], workspace: workspace)
    targets = try TrustFile.targets(keys["targets"])
    brand = try Brand(logo: keys["logo"], accent: keys["accent"], workspace: workspace)
    disclosureThreshold = try TrustFile.threshold(keys["disclosure"])
    halfTerms = try TrustFile.halfTerms(keys["calendar"])
    var schools: [ListedSchool] = []
    for value in try list.sequence() {
      let listed = try ListedSchool(value, workspace: workspace, halfTerms: halfTerms)
      try TrustFile.check(listed, against: schools, at: value)
      schools.append(listed)
    }
    guard !schools.isEmpty else { throw list.failure("schools must list at least one school") }
    try TrustFile.checkSimilarSchools(list, among: schools)
    self.schools = TrustFile.sorted(schools)
    findings = []
  }

  /// - Throws: `YAMLFailure` if a school conflicts with one that is listed above it.
  private static func check(
    _ listed: ListedSchool, against others: [ListedSchool], at value: YAMLValue
  ) throws(YAMLFailure) {
    if let same = others.first(where: { $0.school.slug == listed.school.slug }) {
      throw value.failure("a school with the folder \(same.school.slug) is listed above")
    }
    if let urn = listed.school.urn, let same = others.first(where: { $0.school.urn == urn }) {
      throw value.failure("\(same.school.name), listed above, has the same URN \(urn)")
    }
    let files = Set(listed.registers + listed.pupils)
    let sharing = others.first {
      $0.profile != listed.profile && !files.isDisjoint(with: $0.registers + $0.pupils)
    }
    if let sharing {
      throw value.failure(
        "this school shares a file with \(sharing.school.name), so both need the same profile")
    }
  }

  private static func threshold(_ value: YAMLValue?) throws(YAMLFailure) -> Int {
    guard let value, let threshold = try value.mapping(keys: ["threshold"])["threshold"] else {
      return defaultThreshold
    }
    let pupils = try threshold.integer()
    guard 1...99 ~= pupils else { throw threshold.failure("threshold must be from 1 to 99 pupils") }
    return pupils
  }

  fileprivate static func halfTerms(_ value: YAMLValue?) throws(YAMLFailure) -> [HalfTerm] {
    guard let value, let list = try value.mapping(keys: ["half_terms"])["half_terms"] else { return [] }
    var halfTerms: [HalfTerm] = []
    for item in try list.sequence() {
      let keys = try item.mapping(keys: ["name", "from", "to"])
      guard let name = keys["name"], let from = keys["from"], let to = keys["to"] else {
        throw item.failure("a half-term needs name, from and to")
      }
      let text = try name.string()
      guard let known = HalfTerm.Name(rawValue: text) else {
        let names = HalfTerm.Name.allCases.map(\.rawValue).joined(separator: ", ")
        throw name.failure("\"\(text)\" is not one of \(names)")
      }
      let halfTerm = HalfTerm(known, from: try from.day(), to: try to.day())
      guard halfTerm.first <= halfTerm.last else { throw to.failure("the half-term ends before it starts") }
      if let before = halfTerms.last, before.last >= halfTerm.first {
        throw from.failure("the half-term starts before \(before.name.rawValue) has ended")
      }
      let year = SchoolYear(containing: halfTerm.first)
      if halfTerms.contains(where: { $0.name == known && SchoolYear(containing: $0.first) == year }) {
        throw name.failure("\(text) of \(year.name) is listed above")
      }
      halfTerms.append(halfTerm)
    }
    return halfTerms
  }
}

extension TrustFile.ListedSchool {
  private static let keys = [
    "name", "urn", "phase", "local_authority", "policy", "registers", "pupils", "commentary", "profile",
    "similar_schools", "sets", "calendar", "accept_refused",
  ]

  /// Creates a school that was found in the exports of a folder.
  init(
    school: School, policy: Policy, registers: [WorkspacePath], pupils: [WorkspacePath], isNamedByPath: Bool
  ) {
    self.school = school
    self.policy = policy
    policyFile = nil
    self.registers = registers
    self.pupils = pupils
    commentary = nil
    profile = SourceProfile()
    similarSchools = []
    halfTerms = []
    acceptsRefusedMarks = false
    self.isNamedByPath = isNamedByPath
  }

  /// - Parameter halfTerms: The half-terms of the trust, which the school's own replace.
  init(_ value: YAMLValue, workspace: Workspace, halfTerms: [HalfTerm]) throws(YAMLFailure) {
    let keys = try value.mapping(keys: TrustFile.ListedSchool.keys)
    guard let name = keys["name"] else { throw value.failure("a school needs a name") }
    guard let registers = keys["registers"] else { throw value.failure("a school needs registers") }
    school = School(
      name: try name.string(), urn: try TrustFile.ListedSchool.urn(keys["urn"]),
      phase: try TrustFile.ListedSchool.phase(keys["phase"]),
      localAuthority: try keys["local_authority"]?.string(),
      sets: try keys["sets"].map { value throws(YAMLFailure) in try TrustFile.ListedSchool.sets(value) } ?? []
    )
    guard !school.slug.isEmpty else { throw name.failure("a school's name needs a letter or a digit") }
    (policy, policyFile) = try TrustFile.ListedSchool.policy(keys["policy"], workspace: workspace)
    let pupils = try keys["pupils"].map { value throws(YAMLFailure) in try workspace.files(value) } ?? []
    self.pupils = pupils
    // A pattern such as exports/mill-lane/*.csv may match the pupil file, which is not a register.
    self.registers = try workspace.files(registers).filter { !pupils.contains($0) }
    guard !self.registers.isEmpty else {
      throw registers.failure(
        "the files listed here are all listed under pupils, but a file is one or the other")
    }
    commentary = try keys["commentary"].map { value throws(YAMLFailure) in try workspace.file(value) }
    profile =
      try keys["profile"].map { value throws(YAMLFailure) in try SourceProfile(value) } ?? SourceProfile()
    similarSchools =
      try keys["similar_schools"].map { value throws(YAMLFailure) in try value.strings() } ?? []
    let own = try TrustFile.halfTerms(keys["calendar"])
    self.halfTerms = own.isEmpty ? halfTerms : own
    acceptsRefusedMarks = try keys["accept_refused"]?.boolean() ?? false
    isNamedByPath = false
  }

  /// Reads the names of sets and checks that each is listed once.
  private static func sets(_ value: YAMLValue) throws(YAMLFailure) -> [String] {
    var names: OrderedSet<String> = []
    for item in try value.sequence() {
      let name = try item.string()
      guard names.append(name).inserted else { throw item.failure("\(name) is listed twice") }
    }
    return names.elements
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
    let text = try value.string()
    guard let phase = School.Phase(rawValue: text.lowercased()) else {
      throw value.failure(
        "\"\(text)\" is not one of \(School.Phase.allCases.map(\.rawValue).joined(separator: ", "))")
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
      throw value?.failure("\"\(name)\" is not a policy that ships (\(known)), nor a path to a .yaml file")
        ?? YAMLFailure(file: TrustFile.fileName, line: 1, column: 1, "no policy \(name)")
    }
    let file = try workspace.file(value)
    return (try Policy(name: name, yaml: try workspace.text(file, named: value), file: file.relative), file)
  }
}

extension YAMLValue {
  /// Returns a day written as `2026-02-13`.
  func day() throws(YAMLFailure) -> Day {
    let text = try scalar("a date")
    guard let day = Day(iso: text) else {
      throw failure("\(name) must be a date such as 2026-02-13, but is \"\(text)\"")
    }
    return day
  }
}

extension SourceProfile {
  /// Reads the settings that replace detection for a school's files.
  init(_ value: YAMLValue) throws(YAMLFailure) {
    self.init()
    let keys = try value.mapping(
      keys: [
        "layout", "sheet", "header_row", "dates", "columns", "marks", "school", "sessions", "blank_means",
      ])
    if let value = keys["layout"] {
      let text = try value.string()
      guard let known = Layout(rawValue: text) else {
        throw value.failure(
          "\"\(text)\" is not one of \(Layout.allCases.map(\.rawValue).joined(separator: ", "))")
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
      let text = try order.string()
      guard let known = DateOrder(rawValue: text) else {
        throw order.failure(
          "\"\(text)\" is not one of \(DateOrder.allCases.map(\.rawValue).joined(separator: ", "))")
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
    for (name, half) in try keys["sessions"]?.mapping() ?? [:] {
      switch try half.scalar("AM or PM").uppercased() {
      case "AM": sessions[name] = .morning
      case "PM": sessions[name] = .afternoon
      default: throw half.failure("the session \"\(name)\" must be AM or PM")
      }
    }
    for (key, meaning) in try keys["blank_means"]?.mapping() ?? [:] {
      guard let column = Column(rawValue: key), Column.blankable.contains(column) else {
        throw meaning.failure(
          "\"\(key)\" is not one of \(Column.blankable.map(\.rawValue).joined(separator: ", "))")
      }
      let text = try meaning.scalar("no or unknown").lowercased()
      guard ["no", "n", "false", "unknown"].contains(text) else {
        throw meaning.failure("a blank can mean no or unknown, and here is \"\(text)\"")
      }
      if text != "unknown" { blankMeansNo.insert(column) }
    }
  }
}
