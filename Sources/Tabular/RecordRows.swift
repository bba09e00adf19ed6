/// The names by which the records of JSON and XML files are recognised, reduced to lower-case letters and
/// digits.
package struct RecordNames {
  /// The names of arrays that probably contain the records of a JSON file.
  let lists: Set<String>
  /// Sets of leaf names, the surest first. Elements with a leaf of the first set that occurs are the
  /// records.
  let leaves: [Set<String>]
  /// Leaf names that select one of several lists of similar elements.
  let listLeaves: Set<String>
  /// The names of elements whose values belong to the element around them.
  let elementsOfParent: Set<String>

  package init(
    lists: Set<String>, leaves: [Set<String>], listLeaves: Set<String>, elementsOfParent: Set<String>
  ) {
    self.lists = lists
    self.leaves = leaves
    self.listLeaves = listLeaves
    self.elementsOfParent = elementsOfParent
  }
}

/// The columns of records, each name once.
struct RecordColumns {
  private(set) var names: [String] = []
  private var indices: [String: Int] = [:]

  /// Returns the index of a name, adding it if it is new, or `nil` if a row has no room for more.
  mutating func index(of name: String) -> Int? {
    if let index = indices[name] { return index }
    guard names.count < RowBatch.maxCells else { return nil }
    indices[name] = names.count
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

/// The cells of a record, which come in any order and are added to a batch by column.
struct RecordCells {
  private var ranges: [Range<Int>]
  /// The record that last set each cell, so that cells need not be cleared.
  private var setBy: [Int]
  private(set) var number = 0

  init(columns: Int) {
    ranges = Array(repeating: 0..<0, count: columns)
    setBy = Array(repeating: 0, count: columns)
  }

  mutating func start() { number += 1 }

  /// Returns whether the record already has a cell in a column.
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
