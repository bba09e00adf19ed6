/// The names in a file of records, by their paths. A first pass collects them, and a second pass looks them
/// up by index.
struct FieldTree {
  struct Node {
    let parent: Int
    fileprivate let nameStart: Int
    fileprivate let nameCount: Int
    /// The next node with the same hash and another name, or -1.
    fileprivate var sameHash = -1
    /// The child that is likely to follow, since files repeat the order of their fields.
    fileprivate var following = -1
    fileprivate var lastChild = -1
    fileprivate var firstChild = -1

    /// The number of times the node occurs.
    var occurrences = 0
    /// A Boolean value that indicates whether the node has children.
    var hasChildren = false
    /// A Boolean value that indicates whether the node has a text of its own.
    var hasText = false
    /// The column of its cell in a record, or -1 if it is not a field of a record.
    var column = -1
  }

  private(set) var nodes: [Node] = [Node(parent: -1, nameStart: 0, nameCount: 0)]
  private var names: [UInt8] = []
  private var indices: [Int: Int] = [:]

  static let root = 0
  private static let maxNodes = 4 * RowBatch.maxCells
  /// The maximum length of a name in bytes.
  private static let maxNameLength = 1024

  subscript(index: Int) -> Node {
    get { nodes[index] }
    set { nodes[index] = newValue }
  }

  /// Returns the name of a node. A space, which XML may not have in a name, is written `_x0020_`.
  func name(of index: Int) -> String {
    let node = nodes[index]
    return String(decoding: names[node.nameStart..<(node.nameStart + node.nameCount)], as: UTF8.self)
      .replacing("_x0020_", with: " ")
  }

  /// Returns the child of a node by its name, adding it if it is new, or `nil` if the tree is full or the
  /// name too long.
  mutating func child(of parent: Int, named name: UnsafeBufferPointer<UInt8>) -> Int? {
    let last = nodes[parent].lastChild
    let likely = last < 0 ? nodes[parent].firstChild : nodes[last].following
    if likely >= 0, isNamed(likely, name) {
      nodes[parent].lastChild = likely
      return likely
    }
    if last >= 0, isNamed(last, name) { return last }
    guard let index = find(name, in: parent) else { return nil }
    if last >= 0 { nodes[last].following = index }
    nodes[parent].lastChild = index
    return index
  }

  /// Expects the first child of the node next.
  mutating func resetOrder(_ parent: Int) { nodes[parent].lastChild = -1 }

  func children(of parent: Int) -> [Int] { nodes.indices.filter { nodes[$0].parent == parent && $0 != 0 } }

  private mutating func find(_ name: UnsafeBufferPointer<UInt8>, in parent: Int) -> Int? {
    var hasher = Hasher()
    hasher.combine(parent)
    hasher.combine(bytes: UnsafeRawBufferPointer(name))
    let hash = hasher.finalize()
    var index = indices[hash] ?? -1
    while index >= 0 {
      if nodes[index].parent == parent, isNamed(index, name) { return index }
      index = nodes[index].sameHash
    }
    guard nodes.count < FieldTree.maxNodes, name.count <= FieldTree.maxNameLength else { return nil }
    var node = Node(parent: parent, nameStart: names.count, nameCount: name.count)
    node.sameHash = indices[hash] ?? -1
    names.append(contentsOf: name)
    indices[hash] = nodes.count
    if nodes[parent].firstChild < 0 { nodes[parent].firstChild = nodes.count }
    nodes.append(node)
    return nodes.count - 1
  }

  @inline(__always) private func isNamed(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let node = nodes[index]
    guard node.nameCount == name.count else { return false }
    for byte in 0..<name.count where names[node.nameStart + byte] != name[byte] { return false }
    return true
  }
}
