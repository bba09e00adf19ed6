import Foundation
import Measures
import Registers
import ReportModel
import Templates
import TestSupport
import Testing

@testable import Pages

@Suite struct PageTests {
  /// A report with every kind of table, chart and cell in it.
  static func report(name: String = "Bell, Ama", kind: Report.Kind = .sencoReport) -> Report {
    let rate = Rate(1, of: 16)
    let columns = [
      Table.Column("Pupil", .text), Table.Column("Missed (%)", .percent), Table.Column("Pupils"),
    ]
    let rows: [[Cell]] = (0..<50).map { row in
      [.text("\(name) \(row)"), .rate(rate, of: 1), row == 3 ? .shorthand(.confidential) : .pupils(row)]
    }
    let weeks: [[Cell]] = (0..<20).map { week in
      [.day(Day("2025-09-01") + 7 * week), .text(week < 9 ? "Autumn 1" : "Autumn 2"), .rate(rate, of: 1)]
    }
    let weekColumns = [
      Table.Column("Week beginning", .day), Table.Column("Half-term", .text),
      Table.Column("Missed (%)", .percent),
    ]
    func chart(_ kind: Chart.Kind, _ table: String, _ series: Int) -> Chart {
      Chart(
        kind, title: "Absence is down", caption: "Per cent.", description: "A chart.", table: table,
        series: [series])
    }
    let short = Array(rows.prefix(6))
    return Report(
      kind, subject: "Mill Lane", period: "Spring 1 2025/26", asAt: Day("2026-02-13"), purpose: "For all.",
      headlines: ["Pupils missed \(Cell.rate(rate, of: 1)) of sessions."],
      questions: [Question("Why \(Cell.pupils(9))?", section: "Bars"), Question("Why not?", section: "")],
      sections: [
        Section(
          "Weeks", sentences: ["A sentence."],
          tables: [
            Table("Short", title: "Short", columns: columns, rows: short),
            Table("Weeks", title: "By week", columns: weekColumns, rows: weeks, blockColumn: 1),
          ], charts: [chart(.line, "Weeks", 2)]),
        Section(
          "Bars",
          tables: [
            Table("Bars", title: "Bars", columns: columns, rows: short, look: .bars(column: 1), total: 0),
            Table("Heat", title: "Heat", columns: columns, rows: short, look: .heat),
          ], charts: [chart(.bars, "Bars", 1), chart(.columns, "Heat", 2)]),
        Section("List", tables: [Table("List", title: "List", columns: columns, rows: rows, look: .list)]),
        Section("Cards", cards: [card(name)], isFirst: true),
        Section(
          "Words",
          prose: Prose([
            .heading(name), .paragraph([Prose.Words(name), Prose.Words("strong", isStrong: true)]),
            .list([[Prose.Words(name)]], isNumbered: false), .list([[Prose.Words("one")]], isNumbered: true),
          ])),
        Section("None", tables: [Table("None", title: "None", columns: columns, rows: [], look: .list)]),
      ], notes: ["A note."])
  }

  private static func card(_ name: String) -> PupilCard {
    let marks: [YearStrip.Mark?] = YearStrip.Mark.allCases + [nil]
    return PupilCard(
      name: name, details: "Year 4", attendance: .text("90.0%"), change: "down 2.0 points",
      strip: YearStrip(
        weeks: [
          YearStrip.Week(monday: Day("2025-09-01"), startsHalfTerm: true, marks: marks),
          YearStrip.Week(monday: Day("2025-11-03"), startsHalfTerm: true, marks: marks),
        ], formatted: "Absent on 4 days."), lines: ["Illness 4 sessions"], flags: ["Review it."])
  }

  static func page(_ report: Report) throws -> String {
    try PageTemplates().page(report, publisher: "A Trust", workbook: "a.xlsx", version: "1")
  }

  static let index = IndexPage(
    title: "Packs", trust: "A Trust", period: "Spring 1", asAt: Day("2026-02-13"), sensitivity: "Open",
    isRestricted: true,
    groups: [
      IndexPage.Group(
        name: "A", files: [IndexPage.File(path: "a.html", title: "A", about: "a", workbook: "a.xlsx")])
    ])

  @Test func `every name in a template has a value`() throws {
    var known = Set(["."] + CellValues.names + BarValues.names)
    func collect(_ value: Any) {
      if let page = value as? PageValues {
        known.formUnion(page.values.keys)
        page.values.values.forEach(collect)
      } else if let values = value as? [Any] {
        values.forEach(collect)
      }
    }
    collect(Page.values(of: Self.report(), publisher: "T", brand: PageBrand(), workbook: nil, version: "1"))
    collect(Page.values(of: Self.index, brand: PageBrand(), version: "1"))
    for stage in try LetterPageTests.stages() + LetterPageTests.stagesWithLastYear() {
      collect(Page.values(of: stage))
    }
    #expect(LetterNames.all.subtracting(known).isEmpty, "an own letter may ask for these only")
    for (name, template) in EmbeddedTemplates.all.merging(EmbeddedTemplates.letters, uniquingKeysWith: +) {
      for match in template.matches(of: /\{\{([#^\/>]?)\s*([^}]*?)\s*\}\}/) {
        let asked = String(match.output.2)
        let isPartial = match.output.1 == ">"
        // The page of letters takes in whichever letter is asked for.
        let exists =
          isPartial ? asked == "letter" || EmbeddedTemplates.all[asked] != nil : known.contains(asked)
        #expect(exists, "template \(name) asks for \(asked)")
      }
    }
  }

  @Test func `a name adds no markup to a page`() throws {
    let page = try Self.page(Self.report(name: "<script>alert(1)</script>\" onload=\"x"))
    #expect(!page.contains("<script"))
    #expect(!page.contains("\" onload"))
    #expect(page.contains("&lt;script&gt;"))
  }

  @Test func `a page needs no other file`() throws {
    for page in [try Self.page(Self.report()), try PageTemplates().index(Self.index, version: "1")] {
      for forbidden in ["http:", "https:", "src=", "@import", "url(", "<script", "<link", "{{", "<iframe"] {
        #expect(!page.contains(forbidden), "\(forbidden)")
      }
      #expect(page.contains("Content-Security-Policy"))
      #expect(page.contains("lang=\"en-GB\""))
      #expect(page.utf8.count < 500_000)
    }
  }

  @Test func `headings, references and table headers suit a screen reader`() throws {
    let page = try Self.page(Self.report())
    #expect(page.matches(of: /<h1/).count == 1)
    let levels = page.matches(of: /<h([1-6])/).compactMap { Int($0.output.1) }
    #expect(levels.count > 5)
    for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
    let ids = page.matches(of: /\ id="([^"]*)"/).map { String($0.output.1) }
    #expect(page.contains("aria-labelledby=") && Set(ids).count == ids.count, "ids are unique")
    for reference in page.matches(of: /aria-labelledby="([^"]*)"/).flatMap({
      $0.output.1.split(separator: " ")
    }) {
      #expect(ids.contains(String(reference)), "\(reference)")
    }
    #expect(page.matches(of: /<table/).count == page.matches(of: /<caption/).count)
    #expect(page.matches(of: /<svg class="(chart|strip)"/).count == page.matches(of: /<desc/).count)
    #expect(page.contains("href=\"#main\""))
  }

  @Test func `a long list is cut with a note`() throws {
    let page = try Self.page(Self.report())
    #expect(page.contains("20 more rows: see the workbook."))
    #expect(!page.contains("Bell, Ama 35"))
  }

  @Test func `a wide list is only in the workbook`() throws {
    let columns = (0..<25).map { Table.Column("Column \($0)") }
    let wide = Table(
      "Wide", title: "Wide", columns: columns, rows: [columns.map { _ in .number(1) }], look: .wideList)
    let report = Report(
      .attendanceActions, subject: "S", period: "P", asAt: Day("2026-02-13"), purpose: "For all.",
      headlines: [], sections: [Section("All", sentences: ["In the workbook."], tables: [wide])], notes: [])
    let page = try Self.page(report)
    #expect(!page.contains("<table") && page.contains("In the workbook."))
  }

  @Test func `a restricted page has its sensitivity`() throws {
    #expect(try Self.page(Self.report()).contains("Official-Sensitive: contains personal data"))
    #expect(try !Self.page(Self.report(kind: .governorPack)).contains("Official-Sensitive"))
  }

  @Test func `a custom template must escape its text`() {
    #expect(throws: PageFailure.unescapedTag(template: "pack")) {
      try PageTemplates(overrides: ["pack": "{{{subject}}}"])
    }
    #expect(throws: PageFailure.self) { try PageTemplates(overrides: ["pack": "{{#open}}"]) }
  }

  @Test func `a custom template replaces a built-in one`() throws {
    let page = try PageTemplates(overrides: ["pack": "<p>{{subject}}</p>"])
      .page(Self.report(), publisher: "T", workbook: nil, version: "1")
    #expect(page == "<p>Mill Lane</p>")
  }

  @Test func `a line is interrupted by a holiday`() throws {
    let section = Self.report().sections[0]
    let drawing = try #require(ChartDrawing(section.charts[0], of: section.tables[1]))
    let path = try #require(drawing.paths.first?.values["d"] as? String)
    #expect(path.filter { $0 == "M" }.count == 2)
    #expect(path.filter { $0 == "L" }.count == 18)
  }

  @Test func `a chart without values is not drawn`() throws {
    let empty = Table(
      "Weeks", title: "By week", columns: Self.report().sections[0].tables[1].columns, rows: [])
    for kind in [Chart.Kind.line, .columns, .bars] {
      let chart = Chart(
        kind, title: "None", caption: "None.", description: "None.", table: "Weeks", series: [2])
      #expect(ChartDrawing(chart, of: empty) == nil)
    }
  }

  @Test func `bars start at zero`() throws {
    let section = Self.report().sections[1]
    let drawing = try #require(ChartDrawing(section.charts[0], of: section.tables[0]))
    let widths = drawing.rectangles.compactMap { ($0.values["width"] as? String).flatMap(Double.init) }
    // Six equal rates: six bars of the full width.
    #expect(widths == Array(repeating: 310, count: 6))
  }
}
