import Registers
import Yams

/// A value of a YAML file with its position, which refuses values of other types and unknown keys.
package struct YAMLValue {
  private let node: Node
  package let file: String
  /// The path of the value in messages, such as `schools[2].urn`, or an empty text for the whole file.
  package let name: String

  private init(node: Node, file: String, name: String) {
    self.node = node
    self.file = file
    self.name = name
  }

  /// Parses a file.
  ///
  /// - Throws: `YAMLFailure` if the text is empty or not YAML.
  package init(text: String, file: String) throws(YAMLFailure) {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw YAMLFailure(file: file, line: 1, column: 1, "the file is empty")
      }
      self.init(node: node, file: file, name: "")
    } catch let failure as YAMLFailure {
      throw failure
    } catch let error as YamlError {
      throw YAMLValue.failure(of: error, file: file)
    } catch {
      throw YAMLFailure(file: file, line: 1, column: 1, "\(error)")
    }
  }

  private static func failure(of error: YamlError, file: String) -> YAMLFailure {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      YAMLFailure(file: file, line: mark.line, column: mark.column, problem)
    case .duplicatedKeysInMapping(let keys, let context):
      YAMLFailure(
        file: file, line: context.mark.line, column: context.mark.column,
        "the same key twice: \(keys.joined(separator: ", "))")
    default: YAMLFailure(file: file, line: 1, column: 1, "the file is not YAML: \(error)")
    }
  }

  /// Creates a failure at the position of the value.
  package func failure(_ message: String) -> YAMLFailure {
    YAMLFailure(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message)
  }

  /// Returns the values of a mapping by key.
  ///
  /// - Throws: `YAMLFailure` if the value is not a mapping, or has a key that is not one of `keys`.
  package func mapping(keys: [String]) throws(YAMLFailure) -> [String: YAMLValue] {
    let values = try mapping()
    for (key, value) in values.sorted(by: { $0.key < $1.key }) where !keys.contains(key) {
      throw YAMLFailure(
        file: file, line: value.keyLine, column: value.keyColumn,
        "unknown key \"\(key)\"\(name.isEmpty ? "" : " in \(name)"); known are \(keys.joined(separator: ", "))"
      )
    }
    return values
  }

  /// Returns the values of a mapping that may have any keys.
  package func mapping() throws(YAMLFailure) -> [String: YAMLValue] {
    guard case .mapping(let mapping) = node else { throw wrongType("a mapping") }
    var values: [String: YAMLValue] = [:]
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        throw YAMLFailure(
          file: file, line: key.mark?.line ?? 1, column: key.mark?.column ?? 1, "a key must be plain text")
      }
      let path = name.isEmpty ? scalar.string : "\(name).\(scalar.string)"
      var item = YAMLValue(node: value, file: file, name: path)
      item.keyMark = key.mark
      values[scalar.string] = item
    }
    return values
  }

  private var keyMark: Mark?
  private var keyLine: Int { keyMark?.line ?? 1 }
  private var keyColumn: Int { keyMark?.column ?? 1 }
}

extension YAMLValue {
  package var isMapping: Bool {
    if case .mapping = node { true } else { false }
  }

  package var isSequence: Bool {
    if case .sequence = node { true } else { false }
  }

  package func sequence() throws(YAMLFailure) -> [YAMLValue] {
    guard case .sequence(let sequence) = node else { throw wrongType("a list") }
    return sequence.enumerated().map { YAMLValue(node: $1, file: file, name: "\(name)[\($0 + 1)]") }
  }

  /// The maximum length of a text in characters. Several of them fit into a cell of a workbook.
  private static let maxLength = 2_000

  /// Returns a text. A number without quotes is refused, so that `urn: 012345` keeps its zero.
  package func string() throws(YAMLFailure) -> String {
    guard case .scalar(let scalar) = node else { throw wrongType("text") }
    guard scalar.style != .plain || node.tag.description == Tag.Name.str.rawValue else {
      throw failure("\(name) must be text; put it in quotes: \"\(scalar.string)\"")
    }
    guard scalar.string.count <= YAMLValue.maxLength else {
      throw failure("\(name) is longer than \(YAMLValue.maxLength) characters")
    }
    return scalar.string
  }

  package func integer() throws(YAMLFailure) -> Int {
    guard case .scalar(let scalar) = node, scalar.style == .plain, let value = Int(scalar.string) else {
      throw wrongType("a whole number")
    }
    return value
  }

  /// Returns `true` or `false`.
  package func boolean() throws(YAMLFailure) -> Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      let value = ["true": true, "yes": true, "false": false, "no": false][scalar.string.lowercased()]
    else { throw wrongType("true or false") }
    return value
  }

  /// Returns a number with at most one decimal in tenths, such as 975 for 97.5.
  package func tenths() throws(YAMLFailure) -> Int {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { throw wrongType("a number") }
    let parts = scalar.string.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let whole = Int(parts[0]), whole <= 1_000_000
    else { throw wrongType("a number") }
    guard parts.count == 2 else { return whole * 10 }
    guard parts[1].count == 1, let tenth = Int(parts[1]) else {
      throw wrongType("a number with at most one decimal")
    }
    return whole * 10 + tenth
  }

  /// Returns the plain text of a scalar, for values with their own format such as a date.
  package func scalar(_ kind: String) throws(YAMLFailure) -> String {
    guard case .scalar(let scalar) = node else { throw wrongType(kind) }
    return scalar.string
  }

  package func strings() throws(YAMLFailure) -> [String] {
    var strings: [String] = []
    for value in try sequence() { strings.append(try value.string()) }
    return strings
  }

  private func wrongType(_ expected: String) -> YAMLFailure {
    let actual =
      switch node {
      case .mapping: "a mapping"
      case .sequence: "a list"
      case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "\"\(scalar.string)\""
      case .alias: "an alias"
      }
    return failure("\(name.isEmpty ? "the file" : name) must be \(expected), but is \(actual)")
  }
}

/// An error in a YAML file, with its position.
package struct YAMLFailure: ReportableError, Hashable {
  package let file: String
  /// The line, counted from 1.
  package let line: Int
  /// The column, counted from 1.
  package let column: Int
  package let message: String

  package init(file: String, line: Int, column: Int, _ message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  package var description: String { "\(file):\(line):\(column): \(message)" }

  package var exitStatus: ExitStatus { .blocked }
}
