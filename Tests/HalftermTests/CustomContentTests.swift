import Foundation
import Testing

/// Commentary, logo and colour of a trust in its packs.
@Suite struct CustomContentTests {
  static let pack = "packs/share/100009-one-school/governor-pack.html"
  static let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"

  static func workspace(commentary: String) throws -> SmallWorkspace {
    let workspace = try SmallWorkspace(trust: TrustFileTests.school("commentary: words.md"))
    try workspace.scratch.write(commentary, to: "workspace/words.md")
    return workspace
  }

  @Test func `a commentary is in the pack as text`() throws {
    let workspace = try Self.workspace(
      commentary: "# Since *May*\n\n- <b>Breakfast</b> club\n- A **nurse**\n")
    #expect(try workspace.build().status == 0)
    let page = try workspace.scratch.text(Self.pack)
    #expect(page.contains("<h2 id=\"from-the-school\">From the school</h2>"))
    #expect(page.contains("<h3>Since May</h3>") && page.contains("A <strong>nurse</strong>"))
    #expect(page.contains("&lt;b&gt;Breakfast&lt;/b&gt; club") && !page.contains("<b>Breakfast"))
    let manifest = try workspace.scratch.text("packs/manifest.json")
    #expect(manifest.contains("words.md"))
  }

  @Test func `an empty commentary has no heading`() throws {
    let without = try SmallWorkspace()
    let empty = try Self.workspace(commentary: "\n\n")
    for workspace in [without, empty] {
      #expect(try workspace.build().status == 0)
      #expect(try !workspace.scratch.text(Self.pack).contains("From the school"))
    }
  }

  @Test(arguments: [
    "Well.\n\nann CANARY was ill.", "Well.\n\nCanary, Bob did better", "Well.\n\nSee \(SmallWorkspace.ann).",
    "Well.\n\nAnn\nCanary is better.",
  ]) func `a commentary that names a pupil blocks the run without repeating the name`(text: String) throws {
    let workspace = try Self.workspace(commentary: text)
    let result = try workspace.build()
    #expect(result.status == 2)
    #expect(result.errors.contains("words.md:3: contains the name, UPN"), "\(result.errors)")
    #expect(!result.errors.lowercased().contains("canary") && !result.errors.contains(SmallWorkspace.ann))
    #expect(!FileManager.default.fileExists(atPath: workspace.packs))
  }

  @Test(arguments: [
    "&#65;nn Canary", "A&#110;n [Canary](x)", "AnnCanary", "Ann **Can**ary", "[a](Ann%20Canary)",
  ])
  func `a name is found however it is written`(text: String) throws {
    let result = try Self.workspace(commentary: text).build()
    #expect(result.status == 2 && result.errors.contains("words.md"), "\(result.errors)")
  }

  @Test func `a sentence with a small number of pupils is quoted as a warning`() throws {
    let result = try Self.workspace(commentary: "All is well. Two pupils moved away.").build()
    #expect(result.status == 1)
    #expect(result.errors.contains("\"One School: Two pupils moved away\""), "\(result.errors)")
  }

  @Test func `a forename alone does not name a pupil`() throws {
    #expect(try Self.workspace(commentary: "Bob the builder came to assembly.").build().status == 0)
  }

  @Test func `a logo and a colour are in every page`() throws {
    let workspace = try SmallWorkspace(
      trust: "logo: logo.svg\naccent: \"#801650\"\n" + SmallWorkspace.trust)
    try workspace.scratch.write(Self.svg, to: "workspace/logo.svg")
    #expect(try workspace.build().status == 0)
    let pages = workspace.scratch.files("packs").filter { $0.hasSuffix(".html") }
    #expect(pages.count > 5)
    for page in pages {
      let text = try workspace.scratch.text("packs/" + page)
      #expect(text.contains("src=\"data:image/svg+xml;base64,"), "\(page)")
      #expect(text.contains(":root{--deep:#801650}"), "\(page)")
    }
  }

  @Test(arguments: [
    ("logo: note.txt", "note.txt is not a PNG, JPEG or SVG picture"),
    ("logo: large.svg", "large.svg has 200000 bytes"),
    ("accent: \"#F46A25\"", "#F46A25 has a contrast of 3.0 on white; text needs 4.5"),
    ("accent: blue", "accent must be a colour such as \"#12436D\", but is \"blue\""),
    ("accent: \"#12436D;x\"", "accent must be a colour"),
  ]) func `a logo or a colour that cannot be shown is refused`(line: String, message: String) throws {
    let workspace = try SmallWorkspace(trust: line + "\n" + SmallWorkspace.trust)
    try workspace.scratch.write("words", to: "workspace/note.txt")
    try workspace.scratch.write(
      Self.svg + String(repeating: " ", count: 200_000 - Self.svg.utf8.count), to: "workspace/large.svg")
    let result = try workspace.build()
    #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
  }
}
