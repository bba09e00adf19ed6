import Mustache
import Registers
import Templates

/// The templates of the pages: the built-in ones and custom ones that replace them.
package struct PageTemplates: Sendable {
  private let library: MustacheLibrary
  private let letters: [String: MustacheTemplate]

  /// - Parameters:
  ///   - overrides: The text of templates by name, such as `pack` or `style`, that replace built-in ones.
  ///   - customLetters: The text of letters to parents by name, which replace built-in letters or are added.
  /// - Throws: `PageFailure` if a template is malformed or could write text into a page unescaped, or a letter has an
  ///   unknown name.
  package init(
    overrides: [String: String] = [:], letters customLetters: [String: String] = [:]
  ) throws(PageFailure) {
    try TemplateNesting(
      pages: EmbeddedTemplates.all.merging(overrides) { $1 },
      letters: EmbeddedTemplates.letters.merging(customLetters) { $1 }
    ).check()
    var library = MustacheLibrary()
    for (name, text) in EmbeddedTemplates.all.merging(overrides, uniquingKeysWith: { $1 }) {
      library.register(try PageTemplates.template(text, named: name), named: name)
    }
    self.library = library
    var letters: [String: MustacheTemplate] = [:]
    for (name, text) in EmbeddedTemplates.letters.merging(customLetters, uniquingKeysWith: { $1 }) {
      letters[name] = try PageTemplates.template(text, named: "letters/\(name)")
      if let unknown = LetterNames.unknown(in: text) {
        throw .unknownName(
          template: "letters/\(name)", name: unknown, known: LetterNames.all.subtracting(["."]).sorted())
      }
    }
    self.letters = letters
  }

  /// The maximum size of a template in bytes.
  package static let maxSize = 1 << 20

  /// The names of the page templates.
  package static let names = EmbeddedTemplates.all.keys.sorted()

  /// The names of the letters that a policy can name.
  package var letterNames: [String] { letters.keys.sorted() }

  private static func template(_ text: String, named name: String) throws(PageFailure) -> MustacheTemplate {
    // Other delimiters or a pragma could also switch off escaping.
    guard !["{{{", "{{&", "{{=", "{{%"].contains(where: text.contains) else {
      throw .unescapedTag(template: name)
    }
    PageText.register()
    do {
      return try MustacheTemplate(string: PageText.pragma + text)
    } catch {
      throw .malformed(template: name, reason: "\(error)")
    }
  }

  /// Renders a page.
  func render(_ values: PageValues, with template: String) -> String {
    library.render(values, withTemplate: template) ?? ""
  }

  /// Renders a page with letters from one template, or returns an empty text if there is no such template.
  func render(_ values: PageValues, with template: String, letter: String) -> String {
    guard let letter = letters[letter] else { return "" }
    var library = library
    library.register(letter, named: "letter")
    return library.render(values, withTemplate: template) ?? ""
  }
}

/// A check of how templates include one another and nest sections, which the library follows without an end.
struct TemplateNesting {
  let pages: [String: String]
  let letters: [String: String]

  static let maxDepth = 50

  /// - Throws: `PageFailure` if a template is too large, is nested too deep, or includes itself.
  func check() throws(PageFailure) {
    // The name of the letter that `letter-page` includes is the same for each letter.
    var included = pages.mapValues(TemplateNesting.partials)
    included["letter"] = letters.values.reduce(into: []) { $0.formUnion(TemplateNesting.partials(of: $1)) }
    for (name, text) in pages.merging(letters.map { ("letters/\($0)", $1) }, uniquingKeysWith: { $1 })
      .sorted(by: { $0.key < $1.key })
    {
      guard text.utf8.count <= PageTemplates.maxSize else { throw .tooLarge(template: name) }
      guard TemplateNesting.depth(of: text) <= TemplateNesting.maxDepth else {
        throw .nestedTooDeep(template: name)
      }
    }
    for name in included.keys.sorted() {
      var reached: Set<String> = []
      var open = included[name] ?? []
      while let next = open.popFirst() {
        guard next != name else {
          throw .includesItself(template: name)
        }
        if reached.insert(next).inserted { open.formUnion(included[next] ?? []) }
      }
    }
  }

  /// Returns the names of the templates that a template includes or inherits from.
  private static func partials(of text: String) -> Set<String> {
    Set(tags(in: text).filter { $0.kind == ">" || $0.kind == "<" }.map(\.name))
  }

  private static func depth(of text: String) -> Int {
    var (depth, deepest) = (0, 0)
    for tag in tags(in: text) {
      if "#^$<".contains(tag.kind) { depth += 1 } else if tag.kind == "/" { depth -= 1 }
      deepest = max(deepest, depth)
    }
    return deepest
  }

  /// Returns the tags of a template that begin with a sign.
  private static func tags(in text: String) -> [(kind: Character, name: String)] {
    text.split(separator: "{{").dropFirst(text.hasPrefix("{{") ? 0 : 1).compactMap { rest in
      let tag = rest.drop(while: \.isWhitespace)
      guard let kind = tag.first, "#^$<>/".contains(kind) else { return nil }
      let name = tag.dropFirst().prefix { $0 != "}" }
      return (kind, name.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? "")
    }
  }
}

/// The reason why a template cannot be used.
package enum PageFailure: ReportableError, Hashable {
  /// Names of pupils could add markup to a page.
  case unescapedTag(template: String)
  case malformed(template: String, reason: String)
  case tooLarge(template: String)
  case nestedTooDeep(template: String)
  /// A template that includes itself, directly or through others.
  case includesItself(template: String)
  /// The value would be missing from a letter without a message.
  case unknownName(template: String, name: String, known: [String])

  package var exitStatus: ExitStatus { .blocked }

  package var description: String {
    switch self {
    case .unescapedTag(let template):
      "template \(template): triple braces and &, = and % after two braces put text into a page unescaped; use two "
        + "braces"
    case .malformed(let template, let reason): "template \(template): \(reason)"
    case .tooLarge(let template):
      "template \(template): it is larger than \(PageTemplates.maxSize >> 20) MB"
    case .nestedTooDeep(let template):
      "template \(template): its sections are nested more than \(TemplateNesting.maxDepth) deep"
    case .includesItself(let template):
      "template \(template): it includes itself, directly or through another template"
    case .unknownName(let template, let name, let known):
      "template \(template): unknown name \(name); known are \(known.joined(separator: ", "))"
    }
  }
}

/// The escaping of text in pages, such that no value can end an attribute or begin a tag.
///
/// swift-mustache escapes grapheme clusters, so it does not escape a quotation mark that is followed by a combining mark.
/// Browsers read code points. This type escapes bytes, which is also several times as fast.
struct PageText: MustacheContentType {
  /// The first line of each template, which selects this escaping.
  static let pragma = "{{% CONTENT_TYPE:PAGE}}\n"

  /// Registers the pragma. Repeated calls have no effect.
  static func register() { MustacheContentTypes.register(PageText(), named: "PAGE") }

  private static func escaped(_ byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }

  /// Returns the text with marks in place of characters that cannot be seen and change what can: controls as their
  /// pictures, such as ␛, and marks of direction by their numbers.
  private static func withVisibleControls(_ text: String) -> String {
    let isSuspect = text.utf8.contains {
      $0 < 0x20 && $0 != 0x09 && $0 != 0x0A || [0x7F, 0xD8, 0xE2].contains($0)
    }
    guard isSuspect else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A: shown.append(scalar)
      case 0..<0x20: shown.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: shown.append("\u{2421}")
      case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
        shown.append(contentsOf: "[U+\(String(scalar.value, radix: 16, uppercase: true))]".unicodeScalars)
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }

  func escapeText(_ text: String) -> String {
    let text = PageText.withVisibleControls(text)
    guard text.utf8.contains(where: { PageText.escaped($0) != nil }) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      if let replacement = PageText.escaped(byte) {
        replacement.withUTF8Buffer { bytes.append(contentsOf: $0) }
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The values of a template by name.
///
/// swift-mustache also accepts dictionaries, but it tests the conformances of every value, which takes several times as
/// long as a call to this type.
struct PageValues: MustacheParent, ExpressibleByDictionaryLiteral {
  private(set) var values: [String: Any]

  init(dictionaryLiteral elements: (String, Any)...) {
    values = Dictionary(elements, uniquingKeysWith: { first, _ in first })
  }

  /// Returns the values of both. For a name in both it keeps the value of this instance.
  func merging(_ others: PageValues) -> PageValues {
    var merged = self
    merged.values.merge(others.values) { current, _ in current }
    return merged
  }

  func child(named name: String) -> Any? {
    switch values[name] {
    case let text as String: PageString(renderText: text)
    case let isTrue as Bool where !isTrue: EmptyPageValue()
    case let other: other
    }
  }
}

/// A text in a template.
struct PageString: MustacheCustomRenderable, MustacheTransformable {
  let renderText: String
  let isNull = false

  func transform(_ name: String) -> Any? { renderText.transform(name) }
}

/// A value that counts as false, so that the outer contexts are not searched for the name.
struct EmptyPageValue: MustacheCustomRepresentation {
  let representation: Any? = nil
}
