import Foundation
import TestSupport
import Testing

/// Letters to parents, from exports to files.
@Suite struct LetterTests {
  private static let folder = "packs/restricted/100009-one-school"
  private static let hostile = "=cmd|' /C calc'!A0<script>"
  private static let (cal, dot) = (MadeUPN.of(5), MadeUPN.of(7))

  private static func trust(policy: String = "mason-moor-primary") -> String {
    SmallWorkspace.trust.replacing("phase: primary", with: "phase: primary\n    policy: \(policy)")
      + """
        - name: Two School
          urn: "100010"
          registers: [two/register.csv]

      """
  }

  /// Ann has missed nothing, Bob 2 of 40 sessions, Cal 10, and Dot 2 before leaving.
  private static func workspace(policy: String = "mason-moor-primary") throws -> SmallWorkspace {
    let pupils = """
      UPN,Surname,Forename,DOB,Year,Date of Leaving
      \(SmallWorkspace.ann),Ash,Ann,2016-05-01,4,
      \(SmallWorkspace.bob),"\(hostile)",Bob,2016-06-01,4,
      \(cal),Cole,Cal,2016-06-01,4,
      \(dot),Dean,Dot,2016-06-01,4,2025-10-02

      """
    var register = "UPN,Date,Session,Mark\n"
    for (upn, missed) in [(SmallWorkspace.ann, 0), (SmallWorkspace.bob, 1), (cal, 5), (dot, 1)] {
      for day in 0..<20 where upn != dot || day < 19 {
        let date = "2025-09-\(String(format: "%02d", 8 + day / 5 * 7 + day % 5))"
          .replacing("2025-09-31", with: "2025-10-01").replacing("2025-09-32", with: "2025-10-02")
          .replacing("2025-09-33", with: "2025-10-03")
        for (half, mark) in [("AM", "/"), ("PM", "\\")] {
          register += "\(upn),\(date),\(half),\(day < missed ? "I" : mark)\n"
        }
      }
    }
    let workspace = try SmallWorkspace(trust: trust(policy: policy), pupils: pupils, register: register)
    try workspace.scratch.write(
      register.replacing(SmallWorkspace.ann, with: MadeUPN.of(9)).replacing(cal, with: MadeUPN.of(11))
        .replacing(SmallWorkspace.bob, with: MadeUPN.of(13)).replacing(dot, with: MadeUPN.of(15)),
      to: "workspace/two/register.csv")
    return workspace
  }

  private static func build(_ workspace: SmallWorkspace, _ more: String...) throws -> Program.Result {
    let arguments = ["build", workspace.folder, "--output", workspace.packs] + more
    let scratch = try Scratch()
    let files = try ["out", "err"].map { name in
      try #require(FileHandle(forWritingAtPath: try scratch.write("", to: name)))
    }
    let process = Program.process(Program.path, arguments, output: files[0], errors: files[1])
    try process.run()
    process.waitUntilExit()
    return Program.Result(
      status: process.terminationStatus, output: try scratch.text("out"), errors: try scratch.text("err"))
  }

  @Test func `letters are written for the stages that name one`() throws {
    let workspace = try Self.workspace()
    let result = try Self.build(workspace, "--letters")
    #expect(result.status <= 1, "\(result.errors)")
    #expect(result.output.contains("Letters   2 letters to parents; none for 1 pupil at a stage who left"))
    #expect(result.output.contains("the policy names no letter at Two School"))
    let files = workspace.scratch.files("packs").filter { $0.contains("letter") }
    #expect(
      files
        == ["letter.html", "mail-merge.xlsx", "referral-and-contract.html", "target-and-meeting.html"].map {
          "restricted/100009-one-school/letters/\($0)"
        })
    let letter = try workspace.scratch.text("\(Self.folder)/letters/letter.html")
    #expect(letter.contains("Bob =cmd|&#39; /C calc&#39;!A0&lt;script&gt;") && !letter.contains("<script"))
    #expect(
      letter.contains("has left and gets no letter") && !letter.contains("Dean") && !letter.contains("Ash"))
    let referral = try workspace.scratch.text("\(Self.folder)/letters/referral-and-contract.html")
    #expect(referral.contains("Cal Cole") && referral.contains("10 of 40 sessions"))
    let index = try workspace.scratch.text("packs/restricted/index.html")
    for file in files { #expect(index.contains(file.dropFirst("restricted/".count)), "\(file)") }
    #expect(try Program.run("verify", workspace.packs).status == 0)
    let manifest = try workspace.scratch.text("packs/manifest.json")
    for file in files {
      #expect(manifest.contains("\"\(file)\""))
      let facts = try FileManager.default.attributesOfItem(atPath: "\(workspace.packs)/\(file)")
      #expect((facts[.posixPermissions] as? Int) == 0o600)
    }
  }

  @Test func `letters are written only on request`() throws {
    let workspace = try Self.workspace()
    let result = try Self.build(workspace)
    #expect(result.status <= 1 && !result.output.contains("etter"))
    #expect(!workspace.scratch.files("packs").contains { $0.contains("letters/") })
  }

  @Test func `a letter without a template stops the run before it writes`() throws {
    let workspace = try Self.workspace(policy: "rules.yaml")
    try workspace.scratch.write(
      "title: Ours\nstages: [{name: A, attendance_at_most: 95, letter: warm-words}]",
      to: "workspace/rules.yaml")
    let refused = try Self.build(workspace, "--letters")
    #expect(refused.status == 2)
    #expect(
      refused.errors.contains(
        "rules.yaml: the letter \"warm-words\" has no template; the templates are attendance-letter, meeting, referral."
      ))
    #expect(workspace.scratch.files("packs").isEmpty)
    #expect(try Self.build(workspace).status <= 1, "without --letters the name is not needed")
    try workspace.scratch.write(
      "<h2 id=\"{{anchor}}\">Dear {{fullName}}</h2>", to: "own/letters/warm-words.mustache")
    let own = try Self.build(workspace, "--letters", "--templates", workspace.scratch.path + "/own")
    #expect(own.status <= 1, "\(own.errors)")
    #expect(try workspace.scratch.text("\(Self.folder)/letters/a.html").contains(">Dear Cal Cole</h2>"))
  }

  @Test func `a template that cannot be used is reported with the reason`() throws {
    let workspace = try Self.workspace()
    for (template, words) in [
      ("{{{name}}}", "template letters/meeting: triple braces"), ("{{#dates}}", "template letters/meeting: "),
      ("{{nmae}}", "template letters/meeting: unknown name nmae"),
    ] {
      try workspace.scratch.write(template, to: "own/letters/meeting.mustache")
      let result = try Self.build(workspace, "--letters", "--templates", workspace.scratch.path + "/own")
      #expect(result.status == 2 && result.errors.contains(words), "\(result.errors)")
    }
    #expect(workspace.scratch.files("packs").isEmpty)
  }
}
