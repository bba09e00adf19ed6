/// A handler that collects the structure of an XML file, or adds its records to a batch.
final class XMLElements: XMLHandler {
  private struct Frame {
    let node: Int
    /// The index of the first value of the element and of the leaves inside it.
    let firstValue: Int
    let firstText: Int
    /// The start of the text that is being collected.
    var textStart: Int
    var attributes = 0
    /// The values of an inner element that count as its own.
    var adopted = 0..<0
    var hasElements = false
    var hasText = false
  }

  private struct Value {
    let column: Int
    let range: Range<Int>
  }

  private(set) var shape: XMLShape
  /// The batch for records, or `nil` in the first pass.
  var batch: RowBatch?
  private var frames: [Frame] = []
  private var values: [Value] = []
  private var texts = ByteBuffer()
  private var cells: RecordCells

  /// The maximum length of a text in bytes.
  private static let maxTextLength = 1 << 16
  private static let maxRecordLength = 1 << 24
  private static let batchBytes = 1 << 18
  private static let batchCells = 1 << 14
  private static let maxValues = 4 * RowBatch.maxCells

  init(shape: XMLShape, columns: Int) {
    self.shape = shape
    cells = RecordCells(columns: columns)
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    let parent = frames.last?.node ?? FieldTree.root
    if let last = frames.indices.last {
      // Text between elements is only white space for readability.
      frames[last].hasElements = true
      texts.truncate(to: frames[last].textStart)
    }
    guard let node = child(of: parent, named: name.bytes) else { return }
    var frame = Frame(node: node, firstValue: values.count, firstText: texts.count, textStart: texts.count)
    for (name, value) in attributes where !name.hasPrefix && !name.bytes.equals("xmlns") {
      guard let index = child(of: node, named: name.bytes) else { return }
      frame.attributes += 1
      shape.recordLeaf(index)
      let start = texts.count
      texts.append(value)
      keep(start..<texts.count, at: index)
      if value.count > XMLElements.maxTextLength { refuse("it has a text longer than 64 KB") }
    }
    frame.textStart = texts.count
    frames.append(frame)
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let last = frames.indices.last else { return }
    texts.append(bytes)
    if !frames[last].hasText { frames[last].hasText = bytes.contains { !$0.isBlank } }
    if texts.count - frames[last].textStart > XMLElements.maxTextLength {
      refuse("it has a text longer than 64 KB")
    }
  }

  override func end(_ name: XMLName) {
    // A refused element has no frame, and events after it do not count.
    guard request == .proceed, let frame = frames.popLast() else { return }
    let looksLikeLeaf = !frame.hasElements && (frame.hasText || frame.attributes == 0)
    if looksLikeLeaf, !shape.belongsToParent(frame.node) {
      shape.recordLeaf(frame.node)
      // The attributes of a leaf describe its value and are not fields.
      values.removeSubrange(frame.firstValue...)
      keep(frame.textStart..<texts.count, at: frame.node)
    } else {
      shape.recordElement(frame.node)
      if let batch, shape.isRecord(frame.node) { add(to: batch, own: frame.firstValue) }
      if shape.belongsToParent(frame.node) {
        adopt(from: frame.firstValue)
      } else {
        values.removeSubrange(frame.firstValue...)
        texts.truncate(to: frame.firstText)
      }
    }
    shape.tree.resetOrder(frame.node)
    if let last = frames.indices.last { frames[last].textStart = texts.count }
  }

  private func child(of parent: Int, named name: UnsafeBufferPointer<UInt8>) -> Int? {
    let child = shape.tree.child(of: parent, named: name)
    if child == nil { refuse("it has more kinds of elements than an export has, or a name longer than 1 KB") }
    return child
  }

  /// Keeps a text as a value of the surrounding element, if it is a field.
  private func keep(_ range: Range<Int>, at node: Int) {
    let column = shape.tree[node].column
    guard column >= 0 else { return texts.truncate(to: range.lowerBound) }
    values.append(Value(column: column, range: range))
    if values.count > XMLElements.maxValues {
      refuse("a record has more than \(XMLElements.maxValues) values")
    }
  }

  /// Passes the values of an element to the surrounding one. They replace those of an earlier element,
  /// which is another pupil.
  private func adopt(from firstValue: Int) {
    guard let parent = frames.indices.last else { return }
    let earlier = frames[parent].adopted
    values.removeSubrange(earlier)
    frames[parent].adopted = firstValue - earlier.count..<values.count
  }

  /// Adds a record: its own values, then those of the surrounding elements, the nearest first. Of two
  /// values with one name the later is taken.
  private func add(to batch: RowBatch, own firstValue: Int) {
    cells.start()
    var end = values.count
    var start = firstValue
    var around = frames.count
    while true {
      for value in values[start..<end].reversed() where !cells.has(value.column) {
        cells.set(value.column, to: value.range)
      }
      guard around > 0 else { break }
      around -= 1
      end = start
      start = frames[around].firstValue
    }
    cells.add(to: batch, from: texts)
    if batch.cells.count >= XMLElements.batchCells || batch.count >= XMLElements.batchBytes {
      request = .pause
    }
  }
}
