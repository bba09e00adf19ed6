import Tabular

/// Where the columns of a file stand, by their names in lower case.
struct BenchmarkColumns {
  let layout: BenchmarkLayout
  let file: String
  let percentages: [Place]
  private let places: [String: Int]
  private let head: [(name: String, place: Int)]

  /// A percentage that the file has.
  struct Place {
    let percentage: BenchmarkLayout.Percentage
    let column: Int
    /// Missing: nil where the file does not have both counts.
    let counts: (part: Int, whole: Int)?
  }

  init(_ columns: [String], file: String) throws(ComparatorFailure) {
    var places: [String: Int] = [:]
    var twice: Set<String> = []
    for (place, column) in columns.enumerated() {
      if places.updateValue(place, forKey: column.lowercased()) != nil { twice.insert(column.lowercased()) }
    }
    guard let layout = BenchmarkLayout.of(Set(places.keys)) else {
      throw .unknownLayout(file: file, found: columns)
    }
    let lacking = layout.required.filter { names in !names.contains { places[$0] != nil } }.map { $0[0] }
    guard lacking.isEmpty else {
      throw .missingColumns(file: file, layout: layout, columns: lacking, found: columns)
    }
    // Columns that nobody looks at may be called as they like.
    let read = Set(
      layout.required.joined() + layout.percentages.flatMap { [$0.column, $0.part, $0.whole] }
        + RowHead.columns)
    if let column = twice.sorted().first(where: read.contains) {
      throw .columnTwice(file: file, column: column)
    }
    self.layout = layout
    self.file = file
    self.places = places
    head = Set(layout.required.joined() + RowHead.columns).sorted().compactMap { name in
      places[name].map { (name, $0) }
    }
    percentages = layout.percentages.compactMap { percentage in
      places[percentage.column].map { column in
        let counts = places[percentage.part].flatMap { part in
          places[percentage.whole].map { (part: part, whole: $0) }
        }
        return Place(percentage: percentage, column: column, counts: counts)
      }
    }
  }

  /// The place of the first of these columns that the file has. Missing: nil where it has none.
  func place(_ names: [String]) -> Int? { names.lazy.compactMap { places[$0] }.first }

  /// The texts of a row that its head is made of, by column.
  func headTexts(_ table: borrowing TextTable) -> [String: String] {
    var texts: [String: String] = [:]
    for (name, place) in head { texts[name] = table.text(place) }
    return texts
  }
}
