/// The names by which an XML file's records are recognised, in lower case with nothing but letters and digits.
package struct RecordElements {
  /// Sets of leaf names, surest first: elements with a leaf of the first set that occurs are the records.
  let leaves: [Set<String>]
  /// Leaf names that tell which of several lists of alike elements is meant.
  let listLeaves: Set<String>
  /// Elements whose values belong to the element around them.
  let partsOfParent: Set<String>

  package init(leaves: [Set<String>], listLeaves: Set<String>, partsOfParent: Set<String>) {
    self.leaves = leaves
    self.listLeaves = listLeaves
    self.partsOfParent = partsOfParent
  }
}

/// The elements of an XML file, learned in a first pass, and which of them are the records.
struct XMLShape {
  private let names: RecordElements
  var tree = FieldTree()
  private var records: Set<Int> = []
  private var partsOfParent: Set<Int> = []

  init(_ names: RecordElements) { self.names = names }

  func isRecord(_ node: Int) -> Bool { records.contains(node) }
  /// Whether the values of the element count as those of the element around it.
  func belongsToParent(_ node: Int) -> Bool { partsOfParent.contains(node) }

  mutating func noteLeaf(_ node: Int) {
    tree[node].times += 1
    tree[node].holdsText = true
  }

  mutating func noteElement(_ node: Int) {
    tree[node].times += 1
    tree[node].holdsNodes = true
  }

  /// Chooses the records and gives each of their fields, and of those around them, a column.
  ///
  /// Throws: where the file has no records, or too many fields.
  mutating func chooseRecords(file: String) throws(TableFailure) -> RecordColumns {
    let leaves = leavesByParent
    records = chosen(leaves)
    guard !records.isEmpty else {
      throw .unusable(
        file: file, place: nil, reason: "the file holds no records of attendance or pupils",
        remedy: XMLRecords.remedy)
    }
    var owners = records
    for record in records {
      var node = tree[record].parent
      while node > FieldTree.root, owners.insert(node).inserted { node = tree[node].parent }
    }
    partsOfParent = Set(
      tree.nodes.indices.filter {
        owners.contains(tree[$0].parent)
          && names.partsOfParent.contains(tree.name(of: $0).reducedToLettersAndDigits)
      })
    var columns = RecordColumns()
    for (parent, leaves) in leaves.sorted(by: { $0.key < $1.key })
    where owners.contains(parent) || partsOfParent.contains(parent) {
      for leaf in leaves {
        guard let column = columns.place(of: tree.name(of: leaf)) else {
          throw .unusable(
            file: file, place: nil, reason: "its records have more than \(RowBatch.mostCells) fields",
            remedy: XMLRecords.remedy)
        }
        tree[leaf].column = column
      }
    }
    return columns
  }

  /// Leaves and attributes by the element around them, which is no leaf itself.
  private var leavesByParent: [Int: [Int]] {
    var leaves: [Int: [Int]] = [:]
    for node in tree.nodes.indices.dropFirst() where tree[node].holdsText && !tree[node].holdsNodes {
      let parent = tree[node].parent
      if tree[parent].holdsNodes { leaves[parent, default: []].append(node) }
    }
    return leaves
  }

  /// Returns the elements with a leaf of the first set of names that occurs; else the alike elements of a list.
  private func chosen(_ leaves: [Int: [Int]]) -> Set<Int> {
    for names in names.leaves {
      let found = leaves.filter {
        $0.value.contains { names.contains(tree.name(of: $0).reducedToLettersAndDigits) }
      }
      if !found.isEmpty { return Set(found.keys) }
    }
    let lists = leaves.filter { tree[$0.key].times > 1 && $0.value.count > 1 }.keys.sorted()
    let named = lists.filter { list in
      leaves[list, default: []].contains {
        names.listLeaves.contains(tree.name(of: $0).reducedToLettersAndDigits)
      }
    }
    let candidates = named.isEmpty ? lists : named
    let most = candidates.map { tree[$0].times }.max()
    return Set(candidates.filter { tree[$0].times == most }.prefix(1))
  }
}
