/// The events of an XML file along the tree of its names: what it is made of, or its records into a batch.
final class XMLElements: XMLHandler {
  private struct Frame {
    let node: Int
    /// Where its own values and those of the leaves inside it begin.
    let firstValue: Int
    let firstText: Int
    /// Where the text that is now collected begins.
    var textStart: Int
    var attributes = 0
    /// Values of an element inside it that count as its own.
    var adopted = 0..<0
    var holdsElements = false
    var holdsText = false
  }

  private struct Value {
    let column: Int
    let range: Range<Int>
  }

  private(set) var shape: XMLShape
  /// Missing: nil while the file is learned.
  var batch: RowBatch?
  private var frames: [Frame] = []
  private var values: [Value] = []
  private var texts = ByteBuffer()
  private var cells: RecordCells

  /// Unit: bytes.
  private static let longestText = 1 << 16
  private static let longestRecord = 1 << 24
  private static let batchBytes = 1 << 18
  private static let batchCells = 1 << 14
  private static let mostValues = 4 * RowBatch.mostCells

  init(shape: XMLShape, columns: Int) {
    self.shape = shape
    cells = RecordCells(columns: columns)
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    let parent = frames.last?.node ?? FieldTree.root
    if let last = frames.indices.last {
      // Text between elements is white space for the eye.
      frames[last].holdsElements = true
      texts.cut(to: frames[last].textStart)
    }
    guard let node = child(of: parent, named: name.bytes) else { return }
    var frame = Frame(node: node, firstValue: values.count, firstText: texts.count, textStart: texts.count)
    for (name, value) in attributes where !name.hasPrefix && !name.bytes.says("xmlns") {
      guard let place = child(of: node, named: name.bytes) else { return }
      frame.attributes += 1
      shape.noteLeaf(place)
      let start = texts.count
      texts.append(value)
      keep(start..<texts.count, at: place)
      if value.count > XMLElements.longestText { refuse("it has a text longer than 64 KB") }
    }
    frame.textStart = texts.count
    frames.append(frame)
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let last = frames.indices.last else { return }
    texts.append(bytes)
    if !frames[last].holdsText { frames[last].holdsText = bytes.contains { !$0.isBlank } }
    if texts.count - frames[last].textStart > XMLElements.longestText {
      refuse("it has a text longer than 64 KB")
    }
  }

  override func end(_ name: XMLName) {
    // A refused element has no frame; nothing that follows counts.
    guard request == .goOn, let frame = frames.popLast() else { return }
    let looksLikeLeaf = !frame.holdsElements && (frame.holdsText || frame.attributes == 0)
    if looksLikeLeaf, !shape.belongsToParent(frame.node) {
      shape.noteLeaf(frame.node)
      // A leaf's attributes say what kind of value it is, and are no fields.
      values.removeSubrange(frame.firstValue...)
      keep(frame.textStart..<texts.count, at: frame.node)
    } else {
      shape.noteElement(frame.node)
      if let batch, shape.isRecord(frame.node) { add(to: batch, own: frame.firstValue) }
      if shape.belongsToParent(frame.node) {
        adopt(from: frame.firstValue)
      } else {
        values.removeSubrange(frame.firstValue...)
        texts.cut(to: frame.firstText)
      }
    }
    shape.tree.startOver(frame.node)
    if let last = frames.indices.last { frames[last].textStart = texts.count }
  }

  private func child(of parent: Int, named name: UnsafeBufferPointer<UInt8>) -> Int? {
    let child = shape.tree.child(of: parent, named: name)
    if child == nil { refuse("it has more kinds of elements than an export has, or a name longer than 1 KB") }
    return child
  }

  /// Keeps a text as a value of the element around it, where it is a field.
  private func keep(_ range: Range<Int>, at node: Int) {
    let column = shape.tree[node].column
    guard column >= 0 else { return texts.cut(to: range.lowerBound) }
    values.append(Value(column: column, range: range))
    if values.count > XMLElements.mostValues {
      refuse("a record has more than \(XMLElements.mostValues) values")
    }
  }

  /// Leaves the values of an element to the one around it, in the place of those of an earlier one, who is
  /// another pupil.
  private func adopt(from firstValue: Int) {
    guard let parent = frames.indices.last else { return }
    let earlier = frames[parent].adopted
    values.removeSubrange(earlier)
    frames[parent].adopted = firstValue - earlier.count..<values.count
  }

  /// Adds a record: its own values, then those of the elements around it, the nearest first; of two of a name
  /// the later.
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
