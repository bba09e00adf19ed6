import Mustache
import Registers
import Templates

/// The templates the pages are made of: those in the program, or a school's own in their place.
package struct PageTemplates: Sendable {
  private let library: MustacheLibrary
  private let letters: [String: MustacheTemplate]

  /// - Parameter overrides: The text of templates by name, such as `pack` or `style`, that replace those in the program.
  /// - Parameter ownLetters: The text of letters to parents by name; they replace those in the program, or stand beside them.
  /// Throws: where a template cannot be read, or could put text into a page unescaped, or a letter asks for what there is not.
  package init(overrides: [String: String] = [:], letters ownLetters: [String: String] = [:])
    throws(PageFailure)
  {
    var library = MustacheLibrary()
    for (name, text) in EmbeddedTemplates.all.merging(overrides, uniquingKeysWith: { _, own in own }) {
      library.register(try PageTemplates.template(text, named: name), named: name)
    }
    self.library = library
    var letters: [String: MustacheTemplate] = [:]
    for (name, text) in EmbeddedTemplates.letters.merging(ownLetters, uniquingKeysWith: { _, own in own }) {
      letters[name] = try PageTemplates.template(text, named: "letters/\(name)")
      if let unknown = LetterNames.unknown(in: text) {
        throw .unknownName(
          template: "letters/\(name)", name: unknown, known: LetterNames.all.subtracting(["."]).sorted())
      }
    }
    self.letters = letters
  }

  /// The names of the templates, each of which a school may replace.
  package static let names = EmbeddedTemplates.all.keys.sorted()

  /// The names of the letters a policy can ask for.
  package var letterNames: [String] { letters.keys.sorted() }

  private static func template(_ text: String, named name: String) throws(PageFailure) -> MustacheTemplate {
    // By other delimiters or a pragma a tag could do what the first two do.
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

  func render(_ values: PageValues, with template: String) -> String {
    library.render(values, withTemplate: template) ?? ""
  }

  /// Renders a page whose letters are made by one template. Missing: empty where there is none by the name.
  func render(_ values: PageValues, with template: String, letter: String) -> String {
    guard let letter = letters[letter] else { return "" }
    var library = library
    library.register(letter, named: "letter")
    return library.render(values, withTemplate: template) ?? ""
  }
}

/// Why templates cannot be used.
package enum PageFailure: ReportableError, Hashable {
  /// Personal names could carry markup into a page.
  case unescapedTag(template: String)
  case malformed(template: String, reason: String)
  /// It would be left out of a letter in silence.
  case unknownName(template: String, name: String, known: [String])

  package var exitStatus: ExitStatus { .blocked }

  package var description: String {
    switch self {
    case .unescapedTag(let template):
      "template \(template): triple braces and &, = and % behind two braces put text into a page unescaped; use two braces"
    case .malformed(let template, let reason): "template \(template): \(reason)"
    case .unknownName(let template, let name, let known):
      "template \(template): it asks for \(name), which a letter does not have; there are \(known.joined(separator: ", "))"
    }
  }
}
