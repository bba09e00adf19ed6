import Foundation
import Testing

/// The packs beside DfE's own figures.
@Suite struct ComparedRunTests {
  /// The cells of a row of a page, by its first.
  static func row(_ name: String, of page: String) -> [String] {
    guard let start = page.range(of: "<th scope=\"row\">\(name)</th>"),
      let end = page.range(of: "</tr>", range: start.upperBound..<page.endIndex)
    else { return [] }
    return page[start.upperBound..<end.lowerBound].matches(of: /<td[^>]*>(.*?)<\/td>/).map {
      String($0.output.1)
    }
  }

  @Test func `a half-term and persistent absence are compared with England`() throws {
    let scratch = try Scratch()
    let packs = scratch.path + "/packs"
    #expect(try Program.run("build", Program.sample, "--output", packs, "--quiet").status == 1)
    let page = try scratch.text("packs/share/100001-mill-lane-primary-school/governor-pack.html")
    // As published: 5.2 for primary schools in Spring 1, 14.63 persistently absent at its end.
    #expect(Self.row("All pupils, missed, Spring 1", of: page)[1] == "5.2")
    #expect(Self.row("Persistently absent, year to date", of: page)[1] == "14.6")
    // Never a year to July beside a year to February.
    #expect(Self.row("All pupils, missed, year to date", of: page)[1] == "[x]")
    #expect(
      page.contains("runs to 10 July 2026, the school’s to 13 February 2026")
        || page.contains("runs to 10 July 2026, the school&#39;s to 13 February 2026"))
    #expect(page.contains("schools missed <b>5.2%</b>: no clear difference."))
    let centre = try scratch.text("packs/share/100004-the-tidewater-centre/governor-pack.html")
    #expect(centre.contains("DfE publishes no figures for alternative provision in the daily series"))
  }

  /// England's rates by SEN, made up: 20, 10 and 4 per cent. What is expected is worked out here from the pack's own data.
  @Test func `the expectation at England's rates is that of the school's groups`() throws {
    let scratch = try Scratch()
    let trust = scratch.path + "/trust"
    #expect(try Program.run("sample", trust, "--schools", "1", "--pupils", "300", "--seed", "5").status == 0)
    let rates = ["EHC plan": 20.0, "SEN support": 10, "No SEN": 4]
    var text = try scratch.text("trust/trust.yaml")
    let phase = text.contains("phase: primary") ? "Primary" : "Secondary"
    var rows =
      "series,time_period,period,education_phase,breakdown_topic,breakdown,measure,value,status,source\n"
    for (breakdown, rate) in rates.sorted(by: { $0.key < $1.key }) {
      rows +=
        "Pupil attendance in schools,202526,\"Year to date, end of Summer 2\",\(phase),SEN provision,\(breakdown),"
        + "sess_overall_percent,\(rate),final,Made up\n"
    }
    try scratch.write(rows, to: "trust/england.csv")
    text = "benchmarks: [england.csv]\n" + text
    try scratch.write(text, to: "trust/trust.yaml")
    let packs = scratch.path + "/packs"
    _ = try Program.run("build", trust, "--output", packs, "--as-at", "2026-07-21", "--quiet")
    let lines = try scratch.text("packs/restricted/data/measures.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let place = { (name: String) in try #require(lines[0].firstIndex(of: name)) }
    let (breakdown, possible, level) = (
      try place("breakdown"), try place("sess_possible"), try place("geographic_level")
    )
    let (topic, period) = (try place("breakdown_topic"), try place("time_identifier"))
    var (expected, all) = (0.0, 0.0)
    for line in lines
    where line[level] == "School" && line[topic] == "SEN provision" && line[period] == "Year to date" {
      guard let rate = rates[line[breakdown]] else { continue }
      let sessions = try #require(Double(line[possible]))
      expected += sessions * rate
      all += sessions
    }
    let page = try scratch.text("packs/share/trust-attendance-review.html")
    let start = try #require(
      page.range(of: "expected at England’s rates by SEN provision")?.upperBound
        ?? page.range(of: "expected at England&#39;s rates by SEN provision")?.upperBound)
    let name = try #require(text.firstMatch(of: /- name: (.*)/)).output.1
    let cells = Self.row(String(name), of: String(page[start...]))
    #expect(cells[2] == String(format: "%.1f", expected / all), "\(cells)")
    #expect(page.contains("Not worked out at England"))
  }

  @Test func `DfE's figures of a school are shown after the year has ended`() throws {
    let scratch = try Scratch()
    let trust = scratch.path + "/trust"
    #expect(try Program.run("sample", trust, "--schools", "1", "--pupils", "60", "--seed", "3").status == 0)
    try scratch.write(
      """
      time_period,time_identifier,geographic_level,la_name,new_la_code,education_phase,school_laestab,school_urn,school_name,\
      enrolments,sess_possible,sess_overall,sess_overall_percent,enrolments_pa_10_exact,enrolments_pa_10_exact_percent
      202526,Academic year,School,Southampton,E06000045,State-funded primary,8522001,100001,Mill,100,20000,1000,5.25,12,12

      """, to: "trust/schools.csv")
    try scratch.write(
      "benchmarks: [schools.csv]\n" + scratch.text("trust/trust.yaml"), to: "trust/trust.yaml")
    for (asAt, isThere) in [("2026-07-21", true), ("2026-02-13", false)] {
      let packs = scratch.path + "/packs"
      _ = try Program.run("build", trust, "--output", packs, "--as-at", asAt, "--quiet")
      let page = try scratch.text("packs/share/trust-attendance-review.html")
      let start = page.range(of: "What DfE has published of these schools")?.upperBound
      #expect((start != nil) == isThere)
      guard let start else { continue }
      let name = try #require(try scratch.text("trust/trust.yaml").firstMatch(of: /- name: (.*)/)).output.1
      let cells = Self.row(String(name), of: String(page[start...]))
      #expect(cells[1] == "5.3" && cells[4] == "12.0", "\(cells)")
    }
  }

  @Test func `a year to date is compared with the local authority on the same day`() throws {
    let scratch = try Scratch()
    let trust = scratch.path + "/trust"
    #expect(try Program.run("sample", trust, "--schools", "1", "--pupils", "60", "--seed", "3").status == 0)
    let file = "ees-attendance-2025-26-ytd.csv"
    try FileManager.default.copyItem(
      atPath: Program.sample + "/benchmarks/" + file, toPath: trust + "/" + file)
    let text = try scratch.text("trust/trust.yaml")
    try scratch.write(
      "benchmarks: [{file: \(file), to: 2026-07-10}]\n"
        + text.replacing(/local_authority: .*/, with: "local_authority: Southampton"), to: "trust/trust.yaml")
    let packs = scratch.path + "/packs"
    _ = try Program.run("build", trust, "--output", packs, "--as-at", "2026-07-10", "--quiet")
    let folder = try #require(scratch.files("packs/share").first { $0.hasSuffix("governor-pack.html") })
    let cells = Self.row("All pupils, missed, year to date", of: try scratch.text("packs/share/" + folder))
    // Published for 2025/26: England 5.28, and the rows of the South East and of Southampton.
    #expect(cells[1] == "5.3")
    #expect(cells[4...5].allSatisfy { Double($0) != nil }, "\(cells)")
  }
}
