import Commentary
import ReportModel
import Testing

@Suite struct MarkdownTests {
  static func blocks(_ text: String) -> [Prose.Block] { Prose(markdown: text)?.blocks ?? [] }

  @Test func `headings, paragraphs and strong text are read`() {
    let blocks = Self.blocks("# What we did\n\nWe *rang* each\nfamily **on day one**.")
    #expect(
      blocks == [
        .heading("What we did"),
        .paragraph([.init("We rang each family "), .init("on day one", isStrong: true), .init(".")]),
      ])
  }

  @Test func `a nested list becomes part of its outer list`() {
    #expect(
      Self.blocks("1. One\n   - inner\n2. Two")
        == [.list([[.init("One")], [.init("inner")], [.init("Two")]], isNumbered: true)])
    #expect(Self.blocks("- a\n- b") == [.list([[.init("a")], [.init("b")]], isNumbered: false)])
  }

  @Test func `HTML, links and pictures become text`() {
    let lines = Prose(
      markdown: "Say <b>no</b>\n\n<script>alert(1)</script>\n\n[us](javascript:alert(1)) ![x](a.png)")?.lines
    #expect(lines == ["Say <b>no</b>", "<script>alert(1)</script>", "us x"])
  }

  @Test(arguments: ["", "  \n\n", "---"]) func `a document without text has no content`(text: String) {
    #expect(Prose(markdown: text) == nil)
  }

  @Test func `deep nesting is read to its end`() {
    let prose = Prose(markdown: String(repeating: "> ", count: 20_000) + "deep")
    #expect(prose?.lines == ["deep"])
  }

  @Test func `items of a numbered list keep their numbers as lines`() {
    #expect(Prose(markdown: "3. a\n4. b\n\nText")?.lines == ["1. a", "2. b", "Text"])
  }
}
