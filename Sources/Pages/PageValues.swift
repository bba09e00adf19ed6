import Mustache

/// What templates ask for by name.
///
/// swift-mustache takes dictionaries too. It asks of every value what it can do, and of a type of the program's own it is told
/// several times as fast.
struct PageValues: MustacheParent, ExpressibleByDictionaryLiteral {
  private(set) var values: [String: Any]

  init(dictionaryLiteral elements: (String, Any)...) {
    values = Dictionary(elements, uniquingKeysWith: { first, _ in first })
  }

  /// Of a name in both, the value here.
  func merging(_ others: PageValues) -> PageValues {
    var merged = self
    merged.values.merge(others.values) { own, _ in own }
    return merged
  }

  func child(named name: String) -> Any? {
    switch values[name] {
    case let words as String: PageWords(renderText: words)
    case let isSo as Bool where !isSo: PageNothing()
    case let other: other
    }
  }
}

/// Words of a value.
struct PageWords: MustacheCustomRenderable, MustacheTransformable {
  let renderText: String
  let isNull = false

  func transform(_ name: String) -> Any? { renderText.transform(name) }
}

/// A value that is there and says no, so that none is looked for further up.
struct PageNothing: MustacheCustomRepresentation {
  let representation: Any? = nil
}
