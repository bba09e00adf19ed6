/// The structure of a JSON file, found in a first pass, and the choice of its records.
struct JSONShape {
  private let listNames: Set<String>
  var tree = FieldTree()
  /// The node of the records, or `nil` before they are chosen.
  private(set) var record: Int?
  /// The message of a file that has no records.
  private var message: String?
  /// A Boolean value that indicates whether the whole file is one array.
  private(set) var isArray = false
  /// The nodes of objects in arrays, and of the objects that are lines of the file.
  private var elements: [Int] = []

  /// The maximum length of a record in bytes.
  static let maxRecordLength = 1 << 24
  /// The name of array elements in the tree.
  static var element: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: ("[]" as StaticString).utf8Start, count: 2)
  }
  private static let maxFieldDepth = 4

  init(listNames: Set<String>) { self.listNames = listNames }

  /// Keeps the message of a file that only reports an error.
  mutating func recordMessage(_ token: JSONScanner.Token, at node: Int, text: UnsafeBufferPointer<UInt8>) {
    guard token == .string, message == nil, text.count <= 400, tree[node].occurrences == 1 else { return }
    guard ["message", "error", "error_description", "detail"].contains(tree.name(of: node).lowercased())
    else { return }
    message = String(decoding: text, as: UTF8.self)
  }

  mutating func recordElement(_ node: Int) {
    tree[node].occurrences += 1
    if tree[node].occurrences == 1 { elements.append(node) }
  }

  mutating func recordArray() { isArray = true }

  /// Chooses the records and gives each of their fields a column.
  ///
  /// - Throws: A failure if the file has no records or too many fields.
  mutating func chooseRecords(file: String) throws(TableFailure) -> RecordColumns {
    guard let record = chosen else {
      let quotedMessage = message.map { ". It says: \"\($0.filter { !$0.isNewline }.prefix(200))\"" } ?? ""
      throw .unusable(
        file: file, location: nil, reason: "the file has no records\(quotedMessage)",
        remedy: JSONScanner.remedy)
    }
    self.record = record
    let dates = dateObjects
    var columns = RecordColumns()
    for node in tree.nodes.indices where tree[node].occurrences > 0 {
      let isField = tree[node].hasText || !tree[node].hasChildren
      guard isField, let name = fieldName(of: node, in: record, dates: dates) else { continue }
      guard let column = columns.index(of: name) else {
        throw .unusable(
          file: file, location: nil, reason: "its records have more than \(RowBatch.maxCells) fields",
          remedy: JSONScanner.remedy)
      }
      tree[node].column = column
    }
    return columns
  }

  private var chosen: Int? {
    let lines = elements.first { tree[$0].parent == FieldTree.root }
    if isArray { return lines }
    let arrays = elements.filter { tree[$0].parent != FieldTree.root }
    let usual = arrays.first { listNames.contains(tree.name(of: tree[$0].parent).lowercased()) }
    if let usual { return usual }
    if let lines, tree[lines].occurrences > 1 { return lines }
    let maximum = arrays.map { tree[$0].occurrences }.max()
    return arrays.first { tree[$0].occurrences == maximum }
  }

  /// The nodes of dates that PHP wrote as objects.
  private var dateObjects: Set<Int> {
    let zones = tree.nodes.indices.filter { tree.name(of: $0).hasPrefix("timezone") }
    return Set(zones.map { tree[$0].parent })
  }

  /// Returns the path of a field, or `nil` if the node is not a field of the record, is too deep, or is a
  /// date's time zone.
  private func fieldName(of node: Int, in record: Int, dates: Set<Int>) -> String? {
    var node = node
    var name: [String] = []
    let parent = tree[node].parent
    if parent != record, dates.contains(parent) {
      guard tree.name(of: node) == "date" else { return nil }
      node = parent
    }
    while node != record {
      guard node != FieldTree.root, name.count < JSONShape.maxFieldDepth, !elements.contains(node) else {
        return nil
      }
      name.append(tree.name(of: node))
      node = tree[node].parent
    }
    return name.isEmpty ? nil : name.reversed().joined(separator: ".")
  }
}
