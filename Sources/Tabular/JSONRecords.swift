/// The records of a JSON file: the objects of an array with a known name such as `data`, else of the
/// longest array of objects. In a file with an object on each line, the objects themselves.
///
/// A nested field is named by its path, such as `student.data.upn`, with at most four steps. A date that
/// PHP wrote as an object has the object's own name. Arrays inside a record are left out.
package final class JSONRecords: RowSource {
  private var traversal: JSONTraversal
  private let columns: RecordColumns
  private var hasReturnedNames = false

  private static let batchBytes = 1 << 18
  private static let batchCells = 1 << 14

  /// Reads the file once to find its fields; `fill` reads it again.
  ///
  /// - Throws: A failure if the file is malformed, has no records or exceeds a limit.
  package init(
    file: String, names: RecordNames, open: @escaping () throws(TableFailure) -> ByteFeed.Read
  ) throws(TableFailure) {
    var first = try JSONTraversal(try open(), file: file, shape: JSONShape(listNames: names.lists))
    while try first.step(into: nil) {}
    var shape = first.shape
    columns = try shape.chooseRecords(file: file)
    traversal = try JSONTraversal(try open(), file: file, shape: shape, columns: columns.names.count)
  }

  package var sharedTexts: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }

  package func fill(_ batch: RowBatch) throws(TableFailure) -> Bool {
    if !hasReturnedNames {
      columns.add(to: batch)
      hasReturnedNames = true
      return true
    }
    while batch.count < JSONRecords.batchBytes, batch.cells.count < JSONRecords.batchCells,
      try traversal.step(into: batch)
    {}
    return !batch.rows.isEmpty
  }
}

/// One pass over a JSON file, token by token, along the tree of its names.
struct JSONTraversal: ~Copyable {
  private struct Frame {
    let node: Int
    let isArray: Bool
  }

  private var scanner: JSONScanner
  private(set) var shape: JSONShape
  private var frames: [Frame] = []
  /// The node of the next value.
  private var node = FieldTree.root
  /// The number of open containers that are skipped.
  private var skipped = 0
  /// The depth of the open record, or `nil` outside of records.
  private var recordDepth: Int?
  private var cells: RecordCells
  private var texts = ByteBuffer()

  init(_ read: @escaping ByteFeed.Read, file: String, shape: JSONShape, columns: Int = 0)
    throws(TableFailure)
  {
    scanner = try JSONScanner(read, file: file)
    self.shape = shape
    cells = RecordCells(columns: columns)
  }

  /// Reads the next token. Returns `false` at the end of the file. Records are added to the batch, if there
  /// is one.
  mutating func step(into batch: RowBatch?) throws(TableFailure) -> Bool {
    let token = try scanner.next()
    if skipped > 0 {
      if token == .beginObject || token == .beginArray { skipped += 1 }
      if token == .endObject || token == .endArray { skipped -= 1 }
      return true
    }
    switch token {
    case .end: return false
    case .key: node = try child(of: frames.last?.node ?? FieldTree.root, named: scanner.text.bytes)
    case .beginObject: try beginObject(isReading: batch != nil)
    case .beginArray: beginArray()
    case .endObject, .endArray: endContainer(batch)
    case .string, .number, .yes, .no, .null: try take(token)
    }
    return true
  }

  private mutating func child(of parent: Int, named name: UnsafeBufferPointer<UInt8>) throws(TableFailure)
    -> Int
  {
    guard let child = shape.tree.child(of: parent, named: name) else {
      throw scanner.failure("it has more field names than a table can have, or one longer than 1 KB")
    }
    return child
  }

  private mutating func beginObject(isReading: Bool) throws(TableFailure) {
    // An object that is not the value of a field is an element of an array or a line of the file.
    if frames.last?.isArray ?? true {
      node = try child(of: frames.last?.node ?? FieldTree.root, named: JSONShape.element)
      shape.recordElement(node)
    }
    shape.tree[node].hasChildren = true
    shape.tree.resetOrder(node)
    frames.append(Frame(node: node, isArray: false))
    guard isReading, recordDepth == nil, node == shape.record else { return }
    recordDepth = frames.count
    cells.start()
    texts.truncate(to: 0)
  }

  /// Skips arrays inside an element of an array, since they are records of a record.
  private mutating func beginArray() {
    let isInElement = frames.contains { $0.isArray } || recordDepth != nil
    guard !isInElement else {
      skipped = 1
      return
    }
    if frames.isEmpty { shape.recordArray() }
    frames.append(Frame(node: node, isArray: true))
  }

  private mutating func endContainer(_ batch: RowBatch?) {
    if let batch, recordDepth == frames.count {
      cells.add(to: batch, from: texts)
      recordDepth = nil
    }
    frames.removeLast()
  }

  private mutating func take(_ token: JSONScanner.Token) throws(TableFailure) {
    guard let frame = frames.last, !frame.isArray else { return }
    shape.tree[node].occurrences += 1
    if token != .null { shape.tree[node].hasText = true }
    if frames.count <= 2 { shape.recordMessage(token, at: node, text: scanner.text.bytes) }
    let column = shape.tree[node].column
    guard recordDepth != nil, column >= 0 else { return }
    let start = texts.count
    switch token {
    case .string, .number: texts.append(scanner.text.bytes)
    case .yes: texts.append("true")
    case .no: texts.append("false")
    case .null, .key, .beginObject, .endObject, .beginArray, .endArray, .end: break
    }
    // A repeated key has its last value, as in JavaScript. A null does not replace a value, such as the
    // `date` of a date.
    if token != .null || !cells.has(column) { cells.set(column, to: start..<texts.count) }
    if texts.count > JSONShape.maxRecordLength { throw scanner.failure("it has a record longer than 16 MB") }
  }
}
