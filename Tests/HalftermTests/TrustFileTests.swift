import Foundation
import TestSupport
import Testing

/// A trust file is read strictly: errors have a file, line and column.
@Suite struct TrustFileTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let message: String
    var testDescription: String { message }
  }

  static func school(_ line: String) -> String {
    SmallWorkspace.trust.replacingOccurrences(
      of: "    phase: primary\n", with: "    phase: primary\n    \(line)\n")
  }

  private let ann = SmallWorkspace.ann
  private let bob = SmallWorkspace.bob

  static let cases = [
    Case(text: "nam: X\nschools: []\n", message: "trust.yaml:1:1: unknown key \"nam\""),
    Case(text: "schools: []\n", message: "the trust needs a name"),
    Case(text: "name: X\nschools: []\n", message: "trust.yaml:2:10: schools must list at least one school"),
    Case(text: "name: X\nschools: yes\n", message: "trust.yaml:2:10: schools must be a list, but is \"yes\""),
    Case(text: "name: [X]\nschools: []\n", message: "trust.yaml:1:7: name must be text"),
    Case(text: "name: X\n\tschools: []\n", message: "trust.yaml:2:"),
    Case(text: "name: X\nname: Y\nschools: []\n", message: "name"),
    Case(text: "", message: "trust.yaml:1:1: the file is empty"),
    Case(text: school("urnn: 1"), message: "trust.yaml:6:5: unknown key \"urnn\" in schools[1]"),
    Case(
      text: SmallWorkspace.trust.replacingOccurrences(of: "\"100009\"", with: "100009"),
      message: "trust.yaml:4:10: schools[1].urn must be text; put it in quotes: \"100009\""),
    Case(
      text: SmallWorkspace.trust.replacingOccurrences(of: "\"100009\"", with: "\"1009\""),
      message: "trust.yaml:4:10: a URN has six digits"),
    Case(
      text: SmallWorkspace.trust.replacingOccurrences(of: "primary", with: "infant"),
      message: "trust.yaml:5:12: \"infant\" is not one of primary, secondary, special, alternative"),
    Case(
      text: SmallWorkspace.trust.replacingOccurrences(of: "exports/*.csv", with: "../other/*.csv"),
      message: "trust.yaml:6:17: \"../other/*.csv\" leaves the trust file's folder"),
    Case(
      text: SmallWorkspace.trust.replacingOccurrences(of: "exports/*.csv", with: "/etc/hostname"),
      message: "leaves the trust file's folder"),
    Case(
      text: SmallWorkspace.trust.replacingOccurrences(of: "exports/*.csv", with: "nothing/*.csv"),
      message: "trust.yaml:6:17: no files found for \"nothing/*.csv\""),
    Case(
      text: SmallWorkspace.trust.replacingOccurrences(of: "exports/*.csv", with: "none.csv"),
      message: "trust.yaml:6:17: file not found: \"none.csv\""),
    Case(
      text: school("policy: none-such"), message: "trust.yaml:6:13: \"none-such\" is not a policy that ships"),
    Case(text: school("sets: [Coast, Coast]"), message: "trust.yaml:6:19: Coast is listed twice"),
    Case(text: school("sets: Coast"), message: "trust.yaml:6:11: schools[1].sets must be a list"),
    Case(text: school("profile: {dates: sideways}"), message: "\"sideways\" is not one of day-first"),
    Case(text: school("profile: {columns: {marc: X}}"), message: "unknown column \"marc\""),
    Case(
      text: school("profile: {layout: square}"), message: "\"square\" is not one of long, day, wide, strings"),
    Case(text: school("profile: {header_row: 31}"), message: "header_row must be from 1 to 30"),
    Case(text: "as_at: 13/02/2026\n" + SmallWorkspace.trust, message: "trust.yaml:1:8: as_at must be a date"),
    Case(
      text: "disclosure: {threshold: 0}\n" + SmallWorkspace.trust,
      message: "trust.yaml:1:25: threshold must be"),
    Case(
      text: "benchmarks: [none.csv]\n" + SmallWorkspace.trust, message: "trust.yaml:1:14: file not found"),
    Case(
      text: "calendar: {half_terms: [{name: Michaelmas, from: 2025-09-01, to: 2025-10-24}]}\n"
        + SmallWorkspace.trust,
      message: "trust.yaml:1:32: \"Michaelmas\" is not one of Autumn 1"),
    Case(
      text: "calendar: {half_terms: [{name: Autumn 1, from: 2025-10-24, to: 2025-09-01}]}\n"
        + SmallWorkspace.trust,
      message: "the half-term ends before it starts"),
    Case(
      text: "calendar: {half_terms: [{name: Autumn 1, from: 2025-09-01, to: 2025-09-19}, {name: Autumn 1, "
        + "from: 2025-10-06, to: 2025-10-24}]}\n" + SmallWorkspace.trust,
      message: "Autumn 1 of 2025/26 is listed above"),
  ]

  @Test(arguments: cases) func `an error is reported with its position`(wrong: Case) throws {
    let workspace = try SmallWorkspace(trust: wrong.text)
    let result = try workspace.build()
    #expect(result.status == 2)
    #expect(result.errors.contains(wrong.message), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: workspace.packs))
  }

  @Test func `a link that leads out of the folder is refused`() throws {
    let workspace = try SmallWorkspace()
    try workspace.scratch.write(SmallWorkspace.register, to: "outside.csv")
    try FileManager.default.createSymbolicLink(
      atPath: workspace.folder + "/exports/link.csv",
      withDestinationPath: workspace.scratch.path + "/outside.csv")
    let result = try workspace.build()
    #expect(result.status == 2)
    #expect(result.errors.contains("leaves the trust file's folder by a link"))
  }

  @Test func `a custom policy is read`() throws {
    let workspace = try SmallWorkspace(trust: Self.school("policy: policies/own.yaml"))
    try workspace.scratch.write(
      "title: Own\nstages:\n  - {name: Watch, missed_at_least: 4.5}\n", to: "workspace/policies/own.yaml")
    #expect(try workspace.build().status == 0)
    let pupils = try workspace.scratch.text("packs/restricted/data/pupils.csv").split(separator: "\n")
    #expect(pupils[1].hasSuffix(",") && pupils[2].hasSuffix(",Watch"))
  }

  @Test(arguments: [
    ("Year", 1, ["group-column-missing"]), ("Year,Concern", 0, []), ("Year,CONCERN?", 0, []),
    ("Concern,Form", 0, ["unclear-value", "unclear-value"]),
  ])
  func `a group of the policy is read from the pupil file`(
    header: String, status: Int32, rules: [String]
  ) throws {
    let values = header.contains(",") ? "4,Y" : "4"
    let workspace = try SmallWorkspace(
      trust: Self.school("policy: own.yaml"),
      pupils: "UPN,DOB,\(header)\n\(ann),2016-05-01,\(values)\n\(bob),2016-06-01,\(values)\n")
    let policy = try workspace.scratch.write(
      "title: Own\ngroups_from_columns: [{name: Groups of concern, column: Concern}]\n",
      to: "workspace/own.yaml")
    let result = try workspace.build()
    #expect(result.status == status, "\(result.errors)")
    let findings = try workspace.scratch.text("packs/restricted/data/findings.csv").split(separator: "\n")
    let told = findings.dropFirst().map { String($0.split(separator: ",")[1]) }
    #expect(told.filter { ["group-column-missing", "unclear-value"].contains($0) } == rules)
    #expect(
      try Program.run("policy", policy).output.contains(
        "Groups of concern: yes or no under \"Concern\" in the pupil details."))
  }

  @Test func `a profile replaces detected columns and marks`() throws {
    let workspace = try SmallWorkspace(
      trust: Self.school("profile: {columns: {mark: Kode}, marks: {\";\": I02}}"),
      register: "UPN,Date,Session,Kode,Mark\n\(ann),2025-09-08,AM,/,x\n\(bob),2025-09-08,AM,;,x\n")
    let result = try workspace.build()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try workspace.scratch.text("packs/restricted/data/codes.csv").contains(",I,authorised,1"))
  }

  @Test(arguments: [
    ["build"], ["build", "none", "--output", "x"], ["nonsense"],
    ["build", ".", "--output", "x", "--jobs", "0"],
    ["verify", "."], ["build", ".", "--output", "x", "--as-at", "soon"],
  ]) func `bad usage exits with status 2`(arguments: [String]) throws {
    let scratch = try Scratch()
    let files = FileHandle.nullDevice
    let process = Program.process(Program.path, arguments, in: scratch.path, output: files, errors: files)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 2)
    #expect(scratch.files().isEmpty)
  }

  @Test func `help and version exit with status 0`() throws {
    #expect(try Program.run("--help").status == 0)
    #expect(try Program.run("--help").output.contains("build"))
    #expect(try Program.run("--version").status == 0)
  }

  @Test func `marks after the as-at date are left out and counted`() throws {
    let workspace = try SmallWorkspace(
      register: SmallWorkspace.register + "\(ann),2025-09-09,AM,O\n\(bob),2025-09-09,AM,/\n")
    let result = try Program.run(
      "build", workspace.folder, "--output", workspace.packs, "--as-at", "2025-09-08")
    #expect(result.status == 0)
    #expect(result.output.contains("Left out  2 marks after the as-at date"))
    #expect(try workspace.scratch.text("packs/restricted/data/pupils.csv").contains(",2,2,0,0,0,100,"))
  }

  @Test func `packs in the summer holiday are about the year that has ended`() throws {
    let workspace = try SmallWorkspace(
      register: "UPN,Date,Session,Mark\n\(ann),2025-07-10,AM,/\n\(bob),2025-07-10,AM,I\n")
    let result = try Program.run(
      "build", workspace.folder, "--output", workspace.packs, "--as-at", "2025-08-20", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      try workspace.scratch.text("packs/restricted/data/measures.csv").contains("202425,Summer 2,School,"))
  }

  @Test func `packs in the first days of a school year are about that year`() throws {
    let last = (0..<30).map { "\(MadeUPN.of($0)),2024-09-09,AM,/\n\(MadeUPN.of($0)),2024-09-10,AM,/" }.joined(
      separator: "\n")
    let now = (0..<30).map { "\(MadeUPN.of($0)),2025-09-04,AM,\($0 % 2 == 0 ? "I" : "O")" }.joined(
      separator: "\n")
    let workspace = try SmallWorkspace(
      pupils: "UPN,Year\n" + (0..<30).map { "\(MadeUPN.of($0)),5" }.joined(separator: "\n"),
      register: "UPN,Date,Session,Mark\n\(last)\n\(now)\n")
    #expect(try workspace.build().status == 0)
    let measures = try workspace.scratch.text("packs/restricted/data/measures.csv")
    #expect(measures.contains("202526,Year to date,School,100009,One School,Total,Total,30,30,0,"))
  }

  @Test func `a school without marks does not stop the others`() throws {
    let other = """
        - name: Two School
          urn: "100010"
          registers: [exports/two/*.csv]

      """
    let workspace = try SmallWorkspace(trust: SmallWorkspace.trust + other)
    try workspace.scratch.write(
      "UPN,Year,Date,Session,Mark\nB1,4,2025-09-15,AM,/\n", to: "workspace/exports/two/register.csv")
    let result = try Program.run(
      "build", workspace.folder, "--output", workspace.packs, "--as-at", "2025-09-12", "--quiet")
    #expect(result.status == 1, "\(result.errors)")
    #expect(try workspace.scratch.text("packs/restricted/data/findings.csv").contains("no-marks-yet,100010"))
    #expect(
      FileManager.default.fileExists(atPath: workspace.packs + "/share/100010-two-school/governor-pack.html"))
  }

  @Test func `a register that ends long before the as-at date is reported`() throws {
    let workspace = try SmallWorkspace()
    let result = try Program.run(
      "build", workspace.folder, "--output", workspace.packs, "--as-at", "2026-02-13", "--quiet")
    #expect(result.status == 1)
    #expect(
      try workspace.scratch.text("packs/restricted/data/findings.csv").contains("register-ends-early,100009"))
  }

  @Test func `schools that share a file need the same profile`() throws {
    let other = "  - {name: Two School, registers: [exports/register.csv], profile: {dates: day-first}}\n"
    let result = try SmallWorkspace(trust: SmallWorkspace.trust + other).build()
    #expect(result.status == 2)
    #expect(result.errors.contains("trust.yaml:8:5: this school shares a file with One School"))
  }

  @Test func `two schools with the same URN are refused`() throws {
    let other = "  - {name: Two School, urn: \"100009\", registers: [exports/register.csv]}\n"
    let result = try SmallWorkspace(trust: SmallWorkspace.trust + other).build()
    #expect(result.status == 2)
    #expect(result.errors.contains("trust.yaml:8:5: One School, listed above, has the same URN 100009"))
  }

  @Test func `a row of another school is refused`() throws {
    let workspace = try SmallWorkspace(
      register: "URN,UPN,Date,Session,Mark\n100009,\(ann),2025-09-08,AM,/\n100008,\(bob),2025-09-08,AM,/\n")
    #expect(try workspace.build().status == 1)
    #expect(
      try workspace.scratch.text("packs/restricted/data/findings.csv").contains("row-of-another-school"))
  }
}
