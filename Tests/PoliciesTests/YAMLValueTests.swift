import Testing

@testable import StrictYAML

@Suite struct YAMLValueTests {
  @Test(arguments: ["", "\n", "# nothing but a comment\n", "---\n"]) func `an empty file is refused`(
    text: String
  ) {
    let said = failure(text) { _ = try $0.mapping(keys: ["name"]) }
    #expect(
      said == "trust.yaml:1:1: the file is empty"
        || said.hasSuffix("the file must be a mapping, but is nothing"))
  }

  @Test(arguments: [
    ("name: a\nnmae: b\n", "2:1: unknown key \"nmae\"; known are name, list"),
    ("name: a\n  \nlist: []\nextra:\n  deep: 1\n", "4:1: unknown key \"extra\"; known are name, list"),
    ("{name: a, b: 1}\n", "1:11: unknown key \"b\"; known are name, list"),
    ("Name: a\n", "1:1: unknown key \"Name\"; known are name, list"),
  ])
  func `an unknown key is refused with its position`(text: String, said: String) {
    #expect(failure(text) { _ = try $0.mapping(keys: ["name", "list"]) } == "trust.yaml:\(said)")
  }

  @Test func `an unknown key within a list says which one`() {
    let said = failure("schools:\n  - urn: \"1\"\n  - urm: \"2\"\n") {
      for school in try $0.mapping()["schools"]?.sequence() ?? [] { _ = try school.mapping(keys: ["urn"]) }
    }
    #expect(said == "trust.yaml:3:5: unknown key \"urm\" in schools[2]; known are urn")
  }

  @Test func `a repeated key is refused`() {
    let said = failure("name: a\nlist: []\nname: b\n") { _ = try $0.mapping() }
    #expect(said.hasPrefix("trust.yaml:"))
    #expect(said.hasSuffix("the same key twice: name"))
  }

  @Test(arguments: [
    "name: a\n\tlist: b\n", "name:\n\t- a\n", "\tname: a\n", "name: \"a\n", "name: [a\n", "name: a: b\n",
    "- a\nname: b\n", "name: *none\n", "name: a\n---\nname: b\n", "%YAML 9\n", "name: \u{1}\n",
  ])
  func `text that is not YAML is refused with its position`(text: String) throws {
    let said = failure(text) { _ = try $0.mapping() }
    let parts = said.split(separator: ":", maxSplits: 3)
    #expect(parts.count == 4)
    #expect(try #require(Int(parts[1])) >= 1)
    #expect(try #require(Int(parts[2])) >= 1)
  }

  @Test func `a tab is named on its line`() {
    #expect(failure("name: a\nlist:\n\t- b\n") { _ = try $0.mapping() }.hasPrefix("trust.yaml:3:1: "))
  }

  @Test(arguments: [
    ("name: 12\n", "1:7: name must be text; put it in quotes: \"12\""),
    ("name: 012345\n", "1:7: name must be text; put it in quotes: \"012345\""),
    ("name: yes\n", "1:7: name must be text; put it in quotes: \"yes\""),
    ("name: 2025-09-08\n", "1:7: name must be text; put it in quotes: \"2025-09-08\""),
    ("name: 1.5\n", "1:7: name must be text; put it in quotes: \"1.5\""),
    ("name: [a]\n", "1:7: name must be text, but is a list"),
    ("name:\n  a: b\n", "2:3: name must be text, but is a mapping"),
  ])
  func `a value that is not text is refused`(text: String, said: String) {
    #expect(failure(text) { _ = try $0.mapping()["name"]?.string() } == "trust.yaml:\(said)")
  }

  @Test(arguments: [
    ("\"100001\"", "100001"), ("'yes'", "yes"), ("Mill Lane", "Mill Lane"), ("|\n  a\n  b", "a\nb"),
  ])
  func `text is text`(written: String, text: String) throws {
    let value = try YAMLValue(text: "name: \(written)\n", file: "trust.yaml")
    #expect(try value.mapping()["name"]?.string().trimmingSuffix == text)
  }

  @Test(arguments: ["\"5\"", "5.0", "five", "0x10", "[5]", "", "99999999999999999999", "1_000"])
  func `a value that is not a whole number is refused`(written: String) {
    let said = failure("a: b\nname: \(written)\n") { _ = try $0.mapping()["name"]?.integer() }
    #expect(said.hasPrefix("trust.yaml:2:"))
    #expect(said.contains("name must be a whole number, but is "))
  }

  @Test(arguments: [("10", 100), ("97.5", 975), ("0", 0), ("0.1", 1), ("100.0", 1000)])
  func `tenths are exact`(written: String, tenths: Int) throws {
    #expect(try YAMLValue(text: "a: \(written)", file: "a").mapping()["a"]?.tenths() == tenths)
  }

  @Test(arguments: [
    "-1", "-0.5", "10.25", "10.", ".5", "1.2.3", "ten", "\"10\"", "1e3", "9223372036854775807",
    "922337203685477580.7",
    "10.+", "10.-", "+10",
  ])
  func `a value that is not a number with one decimal is refused`(written: String) {
    let said = failure("name: \(written)\n") { _ = try $0.mapping()["name"]?.tenths() }
    #expect(said.hasPrefix("trust.yaml:1:7: name must be a number"))
  }

  @Test func `a list is a list`() throws {
    let value = try YAMLValue(text: "list: [a, b]\n", file: "trust.yaml")
    #expect(try value.mapping()["list"]?.strings() == ["a", "b"])
    #expect(
      failure("list: a\n") { _ = try $0.mapping()["list"]?.sequence() }
        == "trust.yaml:1:7: list must be a list, but is \"a\"")
    #expect(
      failure("list: [a, 1]\n") { _ = try $0.mapping()["list"]?.strings() }
        == "trust.yaml:1:11: list[2] must be text; put it in quotes: \"1\"")
  }

  @Test func `a file with a list is not a mapping`() {
    #expect(
      failure("- a\n") { _ = try $0.mapping() } == "trust.yaml:1:1: the file must be a mapping, but is a list"
    )
  }

  private func failure(_ text: String, _ read: (YAMLValue) throws -> Void) -> String {
    let failure = #expect(throws: YAMLFailure.self) { try read(YAMLValue(text: text, file: "trust.yaml")) }
    return failure?.description ?? ""
  }
}

extension String {
  fileprivate var trimmingSuffix: String {
    var text = self
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
