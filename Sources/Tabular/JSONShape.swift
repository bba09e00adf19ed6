/// What a JSON file is made of, learned in a first pass, and which of its objects are the records.
struct JSONShape {
  var tree = FieldTree()
  /// The node of the records. Missing: nil before they are chosen.
  private(set) var record: Int?
  /// What the file says of itself where it has no records.
  private var message: String?
  /// Whether the file is one array.
  private(set) var isArray = false
  /// The nodes of array elements that are objects, and of the objects that are lines of the file.
  private var elements: [Int] = []

  /// Unit: bytes.
  static let longestRecord = 1 << 24
  /// The name of an array's elements in the tree.
  static var element: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: ("[]" as StaticString).utf8Start, count: 2)
  }
  private static let deepestField = 4
  private static let usualNames: Set<String> = [
    "data", "results", "result", "value", "values", "records", "record", "items", "rows", "marks",
    "attendance",
    "attendances", "students", "pupils",
  ]

  /// Keeps the message of a file that only reports an error.
  mutating func note(_ token: JSONScanner.Token, at node: Int, text: UnsafeBufferPointer<UInt8>) {
    guard token == .string, message == nil, text.count <= 400, tree[node].times == 1 else { return }
    guard ["message", "error", "error_description", "detail"].contains(tree.name(of: node).lowercased())
    else { return }
    message = String(decoding: text, as: UTF8.self)
  }

  mutating func noteElement(_ node: Int) {
    tree[node].times += 1
    if tree[node].times == 1 { elements.append(node) }
  }

  mutating func noteArray() { isArray = true }

  /// Chooses the records and gives each of their fields a column.
  ///
  /// Throws: where the file has no records, or too many fields.
  mutating func chooseRecords(file: String) throws(TableFailure) -> RecordColumns {
    guard let record = chosen else {
      let said = message.map { ". It says: \"\($0.filter { !$0.isNewline }.prefix(200))\"" } ?? ""
      throw .unusable(
        file: file, place: nil, reason: "the file holds no records\(said)", remedy: JSONScanner.remedy)
    }
    self.record = record
    let dates = dateObjects
    var columns = RecordColumns()
    for node in tree.nodes.indices where tree[node].times > 0 {
      let isField = tree[node].holdsText || !tree[node].holdsNodes
      guard isField, let name = fieldName(of: node, in: record, dates: dates) else { continue }
      guard let column = columns.place(of: name) else {
        throw .unusable(
          file: file, place: nil, reason: "its records have more than \(RowBatch.mostCells) fields",
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
    let usual = arrays.first { JSONShape.usualNames.contains(tree.name(of: tree[$0].parent).lowercased()) }
    if let usual { return usual }
    if let lines, tree[lines].times > 1 { return lines }
    let most = arrays.map { tree[$0].times }.max()
    return arrays.first { tree[$0].times == most }
  }

  /// Nodes whose objects are dates as PHP writes them.
  private var dateObjects: Set<Int> {
    let zones = tree.nodes.indices.filter { tree.name(of: $0).hasPrefix("timezone") }
    return Set(zones.map { tree[$0].parent })
  }

  /// Missing: nil where the node is no field of the record, lies too deep, or is a date's time zone.
  private func fieldName(of node: Int, in record: Int, dates: Set<Int>) -> String? {
    var node = node
    var name: [String] = []
    let parent = tree[node].parent
    if parent != record, dates.contains(parent) {
      guard tree.name(of: node) == "date" else { return nil }
      node = parent
    }
    while node != record {
      guard node != FieldTree.root, name.count < JSONShape.deepestField, !elements.contains(node) else {
        return nil
      }
      name.append(tree.name(of: node))
      node = tree[node].parent
    }
    return name.isEmpty ? nil : name.reversed().joined(separator: ".")
  }
}
