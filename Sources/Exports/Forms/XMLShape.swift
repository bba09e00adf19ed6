/// What an XML file is made of, learned in a first pass, and which of its elements are the records.
struct XMLShape {
  var tree = FieldTree()
  private var records: Set<Int> = []
  private var partsOfParent: Set<Int> = []

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
  mutating func chooseRecords(file: String) throws(ExportFailure) -> RecordColumns {
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
    // A census keeps a pupil's UPN and name in an element beside the one that has the attendance.
    partsOfParent = Set(
      tree.nodes.indices.filter {
        owners.contains(tree[$0].parent) && HeaderRow.reduced(tree.name(of: $0)) == "pupilidentifiers"
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

  /// The elements with a mark; where none has one, those with totals; else the like elements of a list.
  private func chosen(_ leaves: [Int: [Int]]) -> Set<Int> {
    for names in [XMLShape.marks, XMLShape.codes, XMLShape.totals] {
      let found = leaves.filter { $0.value.contains { names.contains(HeaderRow.reduced(tree.name(of: $0))) } }
      if !found.isEmpty { return Set(found.keys) }
    }
    let lists = leaves.filter { tree[$0.key].times > 1 && $0.value.count > 1 }.keys.sorted()
    let pupils = lists.filter { place in
      leaves[place, default: []].contains { XMLShape.pupils.contains(HeaderRow.reduced(tree.name(of: $0))) }
    }
    let candidates = pupils.isEmpty ? lists : pupils
    let most = candidates.map { tree[$0].times }.max()
    return Set(candidates.filter { tree[$0].times == most }.prefix(1))
  }

  private static let marks: Set<String> = [
    "attendancemark", "attendancemarks", "mark", "markcode", "sessionmark", "weekmarks", "rawmark",
    "statutorymark", "registrationmark", "attendancecode", "attendancecodeid", "sessionmarkid", "am", "pm",
    "ammark", "pmmark", "marks",
  ]
  /// A list of codes may stand beside the marks, so that this name counts only where no other does.
  private static let codes: Set<String> = ["code"]
  private static let totals: Set<String> = ["sessionspossible", "possiblesessions", "sessionsattended"]
  private static let pupils: Set<String> = ["upn", "uniquepupilnumber", "personid", "pupilid", "studentid"]
}
