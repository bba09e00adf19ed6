import Foundation
import FoundationXML
import Testing

/// Names that would do harm in an open pack: they are text in every output, and packs stay in their folder.
@Suite struct HostilePacksTests {
  private static let formula = "=cmd|' /C calc'!A0"
  private static let names = [
    formula, "@SUM(1+1)", "<script>alert(1)</script>", "\u{202E}\u{645}\u{62F} e\u{301}\u{301}",
    "a\u{1B}[2J\u{7}\u{B}",
    "\u{FFFE}\u{FFFF}x", "https://x.example/", "{{{x}}}", "]]>&amp;&", String(repeating: "x", count: 4000),
  ]

  @Test func `a name is text in every output`() throws {
    let scratch = try Scratch()
    try register(of: HostilePacksTests.names, school: HostilePacksTests.formula, in: scratch)
    let run = try build(scratch)
    #expect(run.status == 1, "\(run.said)")
    let files = scratch.files("out")
    #expect(files.allSatisfy { $0.hasPrefix("packs/") })
    #expect(scratch.files("in") == ["register.csv"])
    for file in files where file.hasSuffix(".html") {
      let page = try scratch.text("out/\(file)")
      for harm in ["<script", "<b>x", "href=\"http", "\u{202E}", "\u{1B}", "\u{7}"] {
        #expect(!page.contains(harm), "\(harm) in \(file)")
      }
    }
    let actions = try #require(files.first { $0.hasSuffix("/attendance-actions.html") })
    let page = try scratch.text("out/\(actions)")
    #expect(page.contains("a␛[2J␇") && page.contains("[U+202E]"))
    var texts = ""
    for file in files where file.hasSuffix(".xlsx") {
      texts += try checkedTexts(scratch.path + "/out/" + file)
    }
    #expect(texts.contains("=cmd|' /C calc'!A0") && texts.contains("@SUM(1+1)"))
    let pupils = try scratch.text("out/packs/restricted/data/pupils.csv")
    #expect(pupils.contains(HostilePacksTests.formula))
  }

  @Test(arguments: [
    "../../x", "/etc/x", "..\\..\\x", "x/../../../y", String(repeating: "x", count: 5000), "NUL", "CON.",
  ])
  func `the name of a school does not lead out of the folder`(school: String) throws {
    let scratch = try Scratch()
    try register(of: ["Bell"], school: school, in: scratch)
    let run = try build(scratch)
    #expect(run.status == 0, "\(run.said)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["in", "out"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out") == ["packs"])
    #expect(try Program.run("verify", scratch.path + "/out/packs").status == 0)
  }

  @Test(arguments: [
    (["..", ".."], "register.csv: the school's name \"..\" has neither a letter nor a digit"),
    (["\u{202E}\u{1B}"], "register.csv: the school's name \"\\u{202E}\\u{1B}\" has neither"),
  ]) func `a name without letters or digits is refused`(schools: [String], words: String) throws {
    let scratch = try Scratch()
    for (place, school) in schools.enumerated() {
      try register(
        of: ["Bell"], school: school, in: scratch, file: place == 0 ? "register.csv" : "x\(place).csv")
    }
    let run = try build(scratch)
    #expect(run.status == 2)
    #expect(run.said.contains(words), "\(run.said)")
    #expect(scratch.files("out").isEmpty)
  }

  /// A register of pupils by these names, in a folder with no trust file.
  private func register(
    of names: [String], school: String, in scratch: Scratch, file: String = "register.csv"
  ) throws {
    var text = "Adm No,Surname,Forename,Year,Form,School,Date,Session,Mark,Comments,SEN Status\n"
    for (number, name) in names.enumerated() {
      let cell = "\"\(name)\""
      for day in 8...12 {
        for (half, mark) in [("AM", "N"), ("PM", "L")] {
          text +=
            "\(number + 1),\(cell),\(cell),4,\(cell),\"\(school)\",\(day)/09/2025,\(half),\(mark),\(cell),K\n"
        }
      }
    }
    try scratch.write(text, to: "in/\(file)")
  }

  private func build(_ scratch: Scratch) throws -> WatchedRun {
    let run = try WatchedRun(
      "build", scratch.path + "/in", "--output", scratch.path + "/out/packs", "--quiet")
    expectNoHarm(run)
    return run
  }

  /// Returns the texts of a workbook, and checks that each part is well-formed, without formulas and external links.
  private func checkedTexts(_ path: String) throws -> String {
    let list = try Program.run("-Z1", path, program: "/usr/bin/unzip")
    var texts = ""
    for part in list.output.split(separator: "\n").map(String.init)
    where part.hasSuffix(".xml") || part.hasSuffix(".rels") {
      let text = try Program.run("-p", path, part.replacing("[", with: "\\["), program: "/usr/bin/unzip")
        .output
      let parser = XMLParser(data: Data(text.utf8))
      #expect(parser.parse(), "\(part) of \(path)")
      #expect(!text.contains("<f>") || part.hasPrefix("xl/charts/"), "\(part) of \(path)")
      #expect(!text.contains("External"), "\(part) of \(path)")
      if part == "xl/sharedStrings.xml" { texts = text }
    }
    return texts
  }
}
