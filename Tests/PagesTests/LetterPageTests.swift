import Measures
import Policies
import Registers
import ReportModel
import Templates
import TestSupport
import Testing

@testable import Pages
@testable import StaffReports

@Suite struct LetterPageTests {
  static func stages(
    forename: String = "Bea", surname: String = "Bell", policy: String = PupilsToWriteTo.policy
  ) throws -> [LetterBatch] {
    StageLetters.all(
      of: SchoolFigures(
        PupilsToWriteTo.register(forename: forename, surname: surname), asAt: PupilsToWriteTo.asAt,
        policy: try Policy(name: "p", yaml: policy, file: "p"))
    ).map(\.batch)
  }

  @Test func `a page has a letter with a heading for each pupil`() throws {
    let page = try PageTemplates().letters(try Self.stages()[0])
    #expect(page.matches(of: /<h1/).count == 1 && page.matches(of: /<article/).count == 1)
    #expect(page.contains("<h2 id=\"letter-1\"><bdi>Bea</bdi>’s attendance this school year</h2>"))
    for words in [
      "lang=\"en-GB\"", "Content-Security-Policy", "break-before:page", "Official-Sensitive",
      "19 September 2025",
      "To the parents or carers of", "<bdi>Bea Bell</bdi>", "Class 4B, Year 4", "has missed 1 of 20 sessions",
      "half a day", "95.0%", "<b>Thu 11 September, morning</b> illness", "“First letter”",
      "attendance of 95% or below", "A policy, section “4.2”",
      "1 pupil at this stage has left and gets no letter.",
    ] { #expect(page.contains(words), "\(words)") }
    #expect(!page.contains("Last school year") && !page.contains("Ash") && !page.contains("Dot"))
    for forbidden in ["http:", "https:", "src=", "@import", "url(", "<script", "<link", "{{"] {
      #expect(!page.contains(forbidden), "\(forbidden)")
    }
  }

  @Test func `heading levels are in order and references resolve`() throws {
    let stages = try Self.stages()
    #expect(!stages.isEmpty)
    for (stage, page) in try stages.map({ ($0, try PageTemplates().letters($0)) }) {
      let levels = page.matches(of: /<h([1-6])/).compactMap { Int($0.output.1) }
      #expect(!levels.isEmpty)
      for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
      let ids = page.matches(of: /\ id="([^"]*)"/).map { String($0.output.1) }
      #expect(Set(ids).count == ids.count)
      for reference in page.matches(of: /(?:aria-labelledby="|href="#)([^"]*)"/) {
        #expect(ids.contains(String(reference.output.1)), "\(stage.stage)")
      }
      #expect(page.matches(of: /<table/).count == page.matches(of: /<caption/).count)
    }
  }

  @Test(arguments: PupilsToWriteTo.hostileNames) func `a name is text, whatever markup it contains`(
    name: String
  ) throws {
    let page = try PageTemplates().letters(try Self.stages(forename: name, surname: name)[0])
    for harm in ["<script", "<img"] { #expect(!page.contains(harm), "\(harm)") }
    // Each name is isolated, so that a name that changes the direction of text has no effect on other text.
    let names = page.matches(of: /<bdi>(.*?)<\/bdi>/)
    #expect(names.count > 4)
    let rest = page.replacing(/<bdi>(.*?)<\/bdi>/, with: "")
    #expect(!rest.contains("\u{202E}") && !rest.contains("calc") && !rest.contains("alert"))
    if name.contains("{{{") { #expect(names.allSatisfy { $0.output.1.contains("{{{school}}}") }) }
  }

  @Test func `a child without a name is called your child`() throws {
    let page = try PageTemplates().letters(try Self.stages(forename: "", surname: "")[0])
    #expect(
      page.contains("<bdi>Your child</bdi>’s attendance")
        && page.contains("glad to have <bdi>your child</bdi>"))
  }

  @Test func `a stage without pupils has a page that says so`() throws {
    let stages = try Self.stages(
      policy: "title: P\nstages: [{name: A, attendance_at_most: 5, letter: referral}]")
    let page = try PageTemplates().letters(stages[0])
    #expect(page.contains("No pupil on roll is at this stage.") && !page.contains("<article"))
  }

  @Test func `many dates are cut, so that a letter stays on one page`() throws {
    let marks = (0..<40).map { $0.isMultiple(of: 2) ? "M \\" : "/ \\" }.joined(separator: " ")
    let stages = StageLetters.all(
      of: SchoolFigures(
        Register([marks], from: Day("2025-09-08")), asAt: Day("2025-12-01"),
        policy: try Policy(name: "p", yaml: PupilsToWriteTo.policy, file: "p")))
    let page = try PageTemplates().letters(stages[1].batch)
    #expect(page.matches(of: /<li><b>/).count == LetterFigures.maxAbsences)
    #expect(page.contains("And 10 more sessions earlier in the year."))
  }

  /// Returns letters of a school whose register has a week of last year.
  static func stagesWithLastYear() throws -> [LetterBatch] {
    let sessions =
      Register.weekdaySessions(from: Day("2025-07-14"), count: 10)
      + Register.weekdaySessions(from: Day("2025-09-08"), count: 10)
    let marks = sessions.indices.map { $0.isMultiple(of: 10) ? AttendanceCode.illness : .presentMorning }
    let register = Register(
      school: School(name: "A"), pupils: [.ofYear(5)], sessions: sessions, marks: marks.map(\.rawValue),
      minutes: [])
    return StageLetters.all(
      of: SchoolFigures(
        register, asAt: Day("2025-09-19"),
        policy: try Policy(name: "p", yaml: PupilsToWriteTo.policy, file: "p"))
    ).map(\.batch)
  }

  @Test func `last year has a column if the register covers it`() throws {
    let page = try PageTemplates().letters(try Self.stagesWithLastYear()[0])
    #expect(page.contains("<th scope=\"col\">Last school year, 2024/25, 14 July to 18 July</th>"))
    let missed = "<td>1 (half a day)</td>"
    #expect(page.contains("<th scope=\"row\">Sessions missed</th>\(missed)\(missed)"))
  }

  @Test func `a custom letter replaces a built-in letter or is added`() throws {
    let templates = try PageTemplates(letters: [
      "attendance-letter": "<h2 id=\"{{anchor}}\">Hello {{fullName}}</h2>", "our-letter": "{{> letter-head}}",
    ])
    let page = templates.letters(try Self.stages()[0])
    #expect(page.contains("<h2 id=\"letter-1\">Hello Bea Bell</h2>"))
    #expect(templates.letterNames == ["attendance-letter", "meeting", "our-letter", "referral"])
  }

  @Test(arguments: ["{{{name}}}", "{{&name}}", "{{=<% %>=}}<%&name%>", "{{% CONTENT_TYPE:TEXT}}{{name}}"])
  func `a letter must escape its text`(template: String) {
    #expect(throws: PageFailure.unescapedTag(template: "letters/mine")) {
      try PageTemplates(letters: ["mine": template])
    }
  }

  @Test func `a malformed letter or one with an unknown name is refused`() {
    #expect(throws: PageFailure.self) { try PageTemplates(letters: ["mine": "{{#dates}}"]) }
    for (template, name) in [("{{forname}}", "forname"), ("{{> letter-foot}}", "the template letter-foot")] {
      let failure = #expect(throws: PageFailure.self) { try PageTemplates(letters: ["mine": template]) }
      #expect(failure?.description.contains("template letters/mine: unknown name \(name);") == true)
    }
  }
}
