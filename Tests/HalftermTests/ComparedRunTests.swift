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
    #expect(Self.row("Attendance, Spring 1", of: page).dropFirst().first == "94.8%")
    #expect(Self.row("Persistently absent, year to date", of: page).dropFirst().first == "14.6%")
    // Never a year to July beside a year to February.
    #expect(Self.row("Attendance, year to date", of: page).isEmpty)
    #expect(
      page.contains("runs to 10 July 2026; the school’s ends on 13 February 2026")
        || page.contains("runs to 10 July 2026; the school&#39;s ends on 13 February 2026"))
    #expect(page.contains("In primary schools in England it was <b>94.8%</b>: no clear difference."))
    let centre = try scratch.text("packs/share/100004-the-tidewater-centre/governor-pack.html")
    #expect(centre.contains("DfE publishes no figures for alternative provision in the daily series"))
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
      let start = page.range(of: "Figures that DfE has published of these schools")?.upperBound
      #expect((start != nil) == isThere)
      guard let start else { continue }
      let name = try #require(try scratch.text("trust/trust.yaml").firstMatch(of: /- name: (.*)/)).output.1
      let cells = Self.row(String(name), of: String(page[start...]))
      #expect(cells.count == 5 && cells[1] == "94.8%" && cells[4] == "12.0%", "\(cells)")
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
    let cells = Self.row("Attendance, year to date", of: try scratch.text("packs/share/" + folder))
    // Published for 2025/26: England 5.28, and the rows of the South East and of Southampton.
    #expect(cells.count > 5 && cells[1] == "94.7%", "\(cells)")
    #expect(cells.suffix(2).allSatisfy { Double($0.dropLast()) != nil }, "\(cells)")
  }
}
