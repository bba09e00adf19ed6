/// The elements of an XML file, found in a first pass, and the choice of its records.
struct XMLShape {
  private let names: RecordNames
  var tree = FieldTree()
  private var records: Set<Int> = []
  private var elementsOfParent: Set<Int> = []

  init(_ names: RecordNames) { self.names = names }

  func isRecord(_ node: Int) -> Bool { records.contains(node) }
  /// Returns whether the values of the element count as those of the surrounding one.
  func belongsToParent(_ node: Int) -> Bool { elementsOfParent.contains(node) }

  mutating func recordLeaf(_ node: Int) {
    tree[node].occurrences += 1
    tree[node].hasText = true
  }

  mutating func recordElement(_ node: Int) {
    tree[node].occurrences += 1
    tree[node].hasChildren = true
  }

  /// Chooses the records and gives each of their fields, and of the surrounding elements, a column.
  ///
  /// - Throws: A failure if the file has no records or too many fields.
  mutating func chooseRecords(file: String) throws(TableFailure) -> RecordColumns {
    let leaves = leavesByParent
    records = chosen(leaves)
    guard !records.isEmpty else {
      throw .unusable(
        file: file, location: nil, reason: "the file has no records of attendance or pupils",
        remedy: XMLRecords.remedy)
    }
    var owners = records
    for record in records {
      var node = tree[record].parent
      while node > FieldTree.root, owners.insert(node).inserted { node = tree[node].parent }
    }
    elementsOfParent = Set(
      tree.nodes.indices.filter {
        owners.contains(tree[$0].parent)
          && names.elementsOfParent.contains(tree.name(of: $0).reducedToLettersAndDigits)
      })
    var columns = RecordColumns()
    for (parent, leaves) in leaves.sorted(by: { $0.key < $1.key })
    where owners.contains(parent) || elementsOfParent.contains(parent) {
      for leaf in leaves {
        guard let column = columns.index(of: tree.name(of: leaf)) else {
          throw .unusable(
            file: file, location: nil, reason: "its records have more than \(RowBatch.maxCells) fields",
            remedy: XMLRecords.remedy)
        }
        tree[leaf].column = column
      }
    }
    return columns
  }

  /// Leaves and attributes by the surrounding element, which is not a leaf itself.
  private var leavesByParent: [Int: [Int]] {
    var leaves: [Int: [Int]] = [:]
    for node in tree.nodes.indices.dropFirst() where tree[node].hasText && !tree[node].hasChildren {
      let parent = tree[node].parent
      if tree[parent].hasChildren { leaves[parent, default: []].append(node) }
    }
    return leaves
  }

  /// Returns the elements with a leaf of the first set of names that occurs, else the elements of a list.
  private func chosen(_ leaves: [Int: [Int]]) -> Set<Int> {
    for names in names.leaves {
      let found = leaves.filter {
        $0.value.contains { names.contains(tree.name(of: $0).reducedToLettersAndDigits) }
      }
      if !found.isEmpty { return Set(found.keys) }
    }
    let lists = leaves.filter { tree[$0.key].occurrences > 1 && $0.value.count > 1 }.keys.sorted()
    let named = lists.filter { list in
      leaves[list, default: []].contains {
        names.listLeaves.contains(tree.name(of: $0).reducedToLettersAndDigits)
      }
    }
    let candidates = named.isEmpty ? lists : named
    let maximum = candidates.map { tree[$0].occurrences }.max()
    return Set(candidates.filter { tree[$0].occurrences == maximum }.prefix(1))
  }
}
