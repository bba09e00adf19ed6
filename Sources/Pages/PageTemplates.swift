import Mustache
import Reports
import Templates

/// The templates the pages are made of: those in the program, or a school's own in their place.
public struct PageTemplates: Sendable {
  private let library: MustacheLibrary

  /// - Parameter overrides: The text of templates by name, such as `pack` or `style`, that replace those in the program.
  public init(overrides: [String: String] = [:]) throws(PageFailure) {
    var library = MustacheLibrary()
    for (name, text) in EmbeddedTemplates.all.merging(overrides, uniquingKeysWith: { _, own in own }) {
      guard !text.contains("{{{"), !text.contains("{{&") else { throw .unescapedTag(template: name) }
      do {
        try library.register(text, named: name)
      } catch {
        throw .malformed(template: name, reason: "\(error)")
      }
    }
    self.library = library
  }

  /// The names of the templates, each of which a school may replace.
  public static let names = EmbeddedTemplates.all.keys.sorted()

  func render(_ values: [String: Any], with template: String) -> String {
    library.render(values, withTemplate: template) ?? ""
  }
}

/// Why templates cannot be used.
public enum PageFailure: Error, Hashable, CustomStringConvertible {
  /// Personal names could carry markup into a page.
  case unescapedTag(template: String)
  case malformed(template: String, reason: String)

  public var description: String {
    switch self {
    case .unescapedTag(let template):
      "template \(template): triple braces and & put text into a page unescaped; use two braces"
    case .malformed(let template, let reason): "template \(template): \(reason)"
    }
  }
}
