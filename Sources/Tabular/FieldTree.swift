/// The names met in a file of records, by the path to each: learned in a first pass, matched by place in the
/// second.
struct FieldTree {
  struct Node {
    let parent: Int
    fileprivate let nameStart: Int
    fileprivate let nameCount: Int
    /// The node of another name that has the same hash. Missing: -1.
    fileprivate var sameHash = -1
    /// The child that is likely to come next: files repeat their order of fields.
    fileprivate var following = -1
    fileprivate var lastChild = -1
    fileprivate var firstChild = -1

    /// How often it was met.
    var times = 0
    /// Whether it holds others.
    var holdsNodes = false
    /// Whether it holds a text of its own.
    var holdsText = false
    /// The place of its cell in a record. Missing: -1 when it is no field of a record.
    var column = -1
  }

  private(set) var nodes: [Node] = [Node(parent: -1, nameStart: 0, nameCount: 0)]
  private var names: [UInt8] = []
  private var places: [Int: Int] = [:]

  static let root = 0
  private static let mostNodes = 4 * RowBatch.mostCells
  /// Unit: bytes of one name.
  private static let longestName = 1024

  subscript(place: Int) -> Node {
    get { nodes[place] }
    set { nodes[place] = newValue }
  }

  func name(of place: Int) -> String {
    let node = nodes[place]
    return String(decoding: names[node.nameStart..<(node.nameStart + node.nameCount)], as: UTF8.self)
  }

  /// The child of a node by its name, made where it is new. Missing: nil when the tree is full or the name
  /// too long.
  mutating func child(of parent: Int, named name: UnsafeBufferPointer<UInt8>) -> Int? {
    let last = nodes[parent].lastChild
    let likely = last < 0 ? nodes[parent].firstChild : nodes[last].following
    if likely >= 0, isNamed(likely, name) {
      nodes[parent].lastChild = likely
      return likely
    }
    if last >= 0, isNamed(last, name) { return last }
    guard let place = find(name, in: parent) else { return nil }
    if last >= 0 { nodes[last].following = place }
    nodes[parent].lastChild = place
    return place
  }

  /// The next child of the node is likely its first.
  mutating func startOver(_ parent: Int) { nodes[parent].lastChild = -1 }

  func children(of parent: Int) -> [Int] { nodes.indices.filter { nodes[$0].parent == parent && $0 != 0 } }

  private mutating func find(_ name: UnsafeBufferPointer<UInt8>, in parent: Int) -> Int? {
    var hasher = Hasher()
    hasher.combine(parent)
    hasher.combine(bytes: UnsafeRawBufferPointer(name))
    let hash = hasher.finalize()
    var place = places[hash] ?? -1
    while place >= 0 {
      if nodes[place].parent == parent, isNamed(place, name) { return place }
      place = nodes[place].sameHash
    }
    guard nodes.count < FieldTree.mostNodes, name.count <= FieldTree.longestName else { return nil }
    var node = Node(parent: parent, nameStart: names.count, nameCount: name.count)
    node.sameHash = places[hash] ?? -1
    names.append(contentsOf: name)
    places[hash] = nodes.count
    if nodes[parent].firstChild < 0 { nodes[parent].firstChild = nodes.count }
    nodes.append(node)
    return nodes.count - 1
  }

  @inline(__always) private func isNamed(_ place: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let node = nodes[place]
    guard node.nameCount == name.count else { return false }
    for byte in 0..<name.count where names[node.nameStart + byte] != name[byte] { return false }
    return true
  }
}

/// The columns of records, each name once.
struct RecordColumns {
  private(set) var names: [String] = []
  private var places: [String: Int] = [:]

  /// The column of a name, made where it is new. Missing: nil when a row has no room for more.
  mutating func place(of name: String) -> Int? {
    if let place = places[name] { return place }
    guard names.count < RowBatch.mostCells else { return nil }
    places[name] = names.count
    names.append(name)
    return names.count - 1
  }

  /// Adds the names as the row before the first record.
  func add(to batch: RowBatch) {
    batch.startRow(0)
    for (column, name) in names.enumerated() {
      Array(name.utf8).withUnsafeBufferPointer { batch.add($0, column: column) }
    }
  }
}

/// The cells of a record, which come in any order and go into a batch by their columns.
struct RecordCells {
  private var ranges: [Range<Int>]
  /// The record that set the cell last, so that no cell need be cleared.
  private var setBy: [Int]
  private(set) var number = 0

  init(columns: Int) {
    ranges = Array(repeating: 0..<0, count: columns)
    setBy = Array(repeating: 0, count: columns)
  }

  mutating func start() { number += 1 }

  /// Whether the record has a cell there already.
  func has(_ column: Int) -> Bool { setBy[column] == number }

  mutating func set(_ column: Int, to range: Range<Int>) {
    ranges[column] = range
    setBy[column] = number
  }

  /// Adds the record as a row whose cells are ranges of the texts.
  func add(to batch: RowBatch, from texts: borrowing ByteBuffer) {
    batch.startRow(number)
    for column in ranges.indices where setBy[column] == number && !ranges[column].isEmpty {
      batch.add(texts[ranges[column]], column: column)
    }
  }
}
