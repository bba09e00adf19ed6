import Foundation
import Testing

/// DfE's files in the trust file and in the output of the commands.
@Suite struct BenchmarkRunTests {
  static let figures = """
    time_period,geographic_level,region_name,la_name,education_phase,overall_absence_perc
    202526,National,,,Primary,5.27
    202526,Local authority,South East,Southampton,Primary,c

    """

  static func workspace(_ keys: String, figures: String = figures) throws -> SmallWorkspace {
    let workspace = try SmallWorkspace(trust: keys + "\n" + SmallWorkspace.trust)
    try workspace.scratch.write(figures, to: "workspace/dfe.csv")
    return workspace
  }

  @Test func `check prints the layout of each file`() throws {
    let workspace = try Self.workspace("benchmarks: [{file: dfe.csv, to: 2025-09-12}]")
    let result = try Program.run("check", workspace.folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.contains(
        """
        Benchmarks
          dfe.csv
            Pupil attendance in schools, 2025/26, to 12 September 2025
            2 rows, 1 figures, 1 without a value (1 c)
        """))
    #expect(!result.output.contains("is not known; write"))
  }

  @Test func `check reports a year to date without an end`() throws {
    let workspace = try Self.workspace("benchmarks: [dfe.csv]")
    let result = try Program.run("check", workspace.folder)
    #expect(result.status == 0)
    #expect(
      result.output.contains(
        "The last day of the year to date in dfe.csv is not known; write {file: dfe.csv, to:"))
    #expect(try workspace.build().status == 0)
    #expect(try workspace.scratch.text("packs/manifest.json").contains("\"dfe.csv\""))
  }

  @Test(arguments: ["build", "check"]) func `a file with an unknown layout is refused`(command: String) throws
  {
    let workspace = try Self.workspace("benchmarks: [exports/register.csv]")
    let result =
      command == "build" ? try workspace.build() : try Program.run(command, workspace.folder)
    #expect(result.status == 2)
    #expect(
      result.errors.contains(
        "exports/register.csv: the file is not one of the DfE files that Halfterm reads; its columns are UPN, Date, "
          + "Session, Mark."
      ))
    #expect(!FileManager.default.fileExists(atPath: workspace.packs))
  }

  @Test func `a bad number is reported with its row`() throws {
    let workspace = try Self.workspace(
      "benchmarks: [dfe.csv]", figures: Self.figures.replacingOccurrences(of: "5.27", with: "5,27"))
    #expect(try workspace.build().errors.contains("dfe.csv: row 2: the row has 7 fields"))
    let other = try Self.workspace(
      "benchmarks: [dfe.csv]", figures: Self.figures.replacingOccurrences(of: "5.27", with: "5.2.7"))
    let result = try other.build()
    #expect(result.status == 2 && result.errors.contains("dfe.csv:2: overall_absence_perc must be"))
  }

  @Test(arguments: [
    ("benchmarks: [{file: dfe.csv, until: 2025-09-12}]", "trust.yaml:1:30: unknown key \"until\""),
    ("benchmarks: [{to: 2025-09-12}]", "trust.yaml:1:14: a benchmark needs file"),
    ("benchmarks: [{file: dfe.csv, to: July}]", "trust.yaml:1:34: benchmarks[1].to must be a date"),
    ("benchmarks: [{file: \"*.pdf\"}]", "trust.yaml:1:21: no files found for"),
    ("benchmarks: [dfe.csv, {file: dfe.csv}]", "trust.yaml:1:30: dfe.csv is listed above"),
    ("benchmarks: dfe.csv", "trust.yaml:1:13: benchmarks must be a list"),
    ("targets: [{name: A, measure: attendance}]", "trust.yaml:1:11: a target needs name, measure and value"),
    (
      "targets: [{name: A, measure: absence, value: 5}]",
      "trust.yaml:1:30: \"absence\" is not one of attendance, overall_absence, authorised_absence"
    ),
    ("targets: [{name: A, measure: attendance, value: 101}]", "trust.yaml:1:49: value must be from 0 to 100"),
    ("targets: [{name: A, measure: attendance, value: 95.25}]", "a number with at most one decimal"),
    (
      "targets: [{name: A, measure: attendance, value: 95, phase: infant}]",
      "trust.yaml:1:60: \"infant\" is not one of primary"
    ),
    (
      "targets: [{name: A, measure: attendance, value: 95}, {name: A, measure: attendance, value: 96}]",
      "trust.yaml:1:54: A is listed above"
    ),
    ("targets: [{name: A, measure: attendance, value: 95, pupils: 3}]", "unknown key \"pupils\""),
  ])
  func `an error in the trust file is reported with its position`(keys: String, message: String) throws {
    let result = try Self.workspace(keys).build()
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test(
    arguments: [
      ("[\"100010\"]", nil), ("[\"100011\"]", "trust.yaml:7:23: no school of this trust has the URN 100011"),
      ("[\"100009\"]", "trust.yaml:7:23: 100009 is the school itself"),
      ("[\"100010\", \"100010\"]", "trust.yaml:7:33: 100010 is listed twice"),
      ("[100010]", "trust.yaml:7:23: schools[1].similar_schools[1] must be text"),
      ("\"100010\"", "trust.yaml:7:22: schools[1].similar_schools must be a list"),
    ] as [(String, String?)])
  func `similar schools must be other schools of the trust`(list: String, message: String?) throws {
    let trust = SmallWorkspace.trust.replacingOccurrences(
      of: "    phase: primary\n", with: "    phase: primary\n    similar_schools: \(list)\n")
    let other = "  - {name: Two, urn: \"100010\", registers: [exports/two.csv]}\n"
    let keys = "targets: [{name: A, measure: attendance, value: 95, phase: primary, source: B}]\n"
    let workspace = try SmallWorkspace(trust: keys + trust + other)
    try workspace.scratch.write(
      SmallWorkspace.register, to: "workspace/exports/two.csv")
    let result = try Program.run("check", workspace.folder)
    if let message {
      #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
    } else {
      #expect(result.status < 2, "\(result.errors)")
    }
  }
}
