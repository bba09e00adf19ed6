import Testing

@testable import Pages

@Suite struct PageTextTests {
  @Test func `every character of markup is escaped, whatever follows it`() {
    #expect(PageText().escapeText("<a href=\"x\">'&") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;")
    // With a combining mark behind it a sign is another character to a reader, and the same byte to a browser.
    #expect(PageText().escapeText("\"\u{301} onfocus=<\u{300}") == "&quot;\u{301} onfocus=&lt;\u{300}")
    #expect(PageText().escapeText("Zoë ’96 – €") == "Zoë ’96 – €")
  }

  @Test func `templates and their partials escape text`() throws {
    let templates = try PageTemplates(overrides: [
      "index": "<p title=\"{{title}}\">{{> card}}{{#groups}}{{name}}{{/groups}}</p>", "card": "{{title}}",
    ])
    let text = templates.render(["title": "\"\u{301}x", "groups": [["name": "<\u{301}"]]], with: "index")
    #expect(text == "<p title=\"&quot;\u{301}x\">&quot;\u{301}x&lt;\u{301}</p>")
  }
}
