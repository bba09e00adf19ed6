/// The records of a JSON file: the objects of an array under a name such as `data`, else of the longest array
/// of objects; of a file with an object a line, the objects themselves.
///
/// A field inside another is named by the whole way to it, such as `student.data.upn`, four steps at most. A
/// date that PHP wrote as an object has the object's own name. Arrays inside a record are left out.
package final class JSONRecords: RowSource {
  private var walk: JSONWalk
  private let columns: RecordColumns
  private var hasGivenNames = false

  private static let batchBytes = 1 << 18
  private static let batchCells = 1 << 14

  /// Reads the file once to learn its fields; `fill` reads it again.
  ///
  /// Throws: where the file is malformed, has no records or is beyond a limit.
  package init(
    file: String, open: @escaping () throws(TableFailure) -> ByteFeed.Read
  ) throws(TableFailure) {
    var first = try JSONWalk(try open(), file: file, shape: JSONShape())
    while try first.step(into: nil) {}
    var shape = first.shape
    columns = try shape.chooseRecords(file: file)
    walk = try JSONWalk(try open(), file: file, shape: shape, columns: columns.names.count)
  }

  package var sharedTexts: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }

  package func fill(_ batch: RowBatch) throws(TableFailure) -> Bool {
    if !hasGivenNames {
      columns.add(to: batch)
      hasGivenNames = true
      return true
    }
    while batch.count < JSONRecords.batchBytes, batch.cells.count < JSONRecords.batchCells,
      try walk.step(into: batch)
    {}
    return !batch.rows.isEmpty
  }
}

/// One pass over a JSON file, token by token, along the tree of its names.
struct JSONWalk: ~Copyable {
  private struct Frame {
    let node: Int
    let isArray: Bool
  }

  private var scanner: JSONScanner
  private(set) var shape: JSONShape
  private var frames: [Frame] = []
  /// The value that comes next stands here.
  private var node = FieldTree.root
  /// Containers open that are of no interest.
  private var skipped = 0
  /// The frame of the record that is open. Missing: nil outside of one.
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

  /// Takes the next token; false at the end of the file. Records go into the batch, where there is one.
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
    // Outside of an object's field, it is one of an array, or a line of the file.
    if frames.last?.isArray ?? true {
      node = try child(of: frames.last?.node ?? FieldTree.root, named: JSONShape.element)
      shape.noteElement(node)
    }
    shape.tree[node].holdsNodes = true
    shape.tree.startOver(node)
    frames.append(Frame(node: node, isArray: false))
    guard isReading, recordDepth == nil, node == shape.record else { return }
    recordDepth = frames.count
    cells.start()
    texts.cut(to: 0)
  }

  /// Arrays inside an element of an array are left out: they are records of a record.
  private mutating func beginArray() {
    let isInElement = frames.contains { $0.isArray } || recordDepth != nil
    guard !isInElement else {
      skipped = 1
      return
    }
    if frames.isEmpty { shape.noteArray() }
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
    shape.tree[node].times += 1
    if token != .null { shape.tree[node].holdsText = true }
    if frames.count <= 2 { shape.note(token, at: node, text: scanner.text.bytes) }
    let column = shape.tree[node].column
    guard recordDepth != nil, column >= 0 else { return }
    let start = texts.count
    switch token {
    case .string, .number: texts.append(scanner.text.bytes)
    case .yes: texts.append("true")
    case .no: texts.append("false")
    default: break
    }
    // A key that stands twice has its last value, as JavaScript has it; an empty one hides none, such as
    // `date` of a date.
    if token != .null || !cells.has(column) { cells.set(column, to: start..<texts.count) }
    if texts.count > JSONShape.longestRecord { throw scanner.failure("it has a record longer than 16 MB") }
  }
}
