import Registers
import Tabular

/// A resolver of the school of each row: by its school column, or for the whole table by its sheet, title
/// or file name.
///
/// A file listed for one school may use any name for it, but not another URN. A file listed for several
/// must name each.
struct SchoolResolver {
  /// The index of the school column, or `nil` if the table has none.
  let index: Int?
  private let schools: [(urn: String?, names: [String])]
  /// The school of every row of a table without a school column, or `nil` if nothing names it.
  private let schoolOfTable: Int?
  /// The last text of the school column and its school. Rows of one school are mostly together.
  private var last: (text: [UInt8], school: Int?) = ([], nil)
  /// The schools of the texts read before.
  private var known: [[UInt8]: Int?] = [:]

  init<Rows: RowReader & ~Copyable>(
    _ table: borrowing ExportTable<Rows>, schools: [RegisterBuilder], profile: SourceProfile
  ) {
    index = table.header.index(of: .school)
    let alias = profile.school.map { [$0.reducedToLettersAndDigits] } ?? []
    self.schools = schools.map { ($0.school.urn, [$0.school.name.reducedToLettersAndDigits] + alias) }
    let texts = [table.facts.sheetName].compactMap(\.self) + table.header.titles + [table.file]
    schoolOfTable =
      schools.count == 1
      ? 0 : texts.lazy.compactMap { SchoolResolver.school(named: $0, of: schools.map(\.school)) }.first
  }

  /// Returns the one school whose name or URN a text contains, or `nil` if it contains none or several.
  static func school(named text: String, of schools: [School]) -> Int? {
    let text = text.reducedToLettersAndDigits
    let found = schools.indices.filter { school in
      text.contains(schools[school].name.reducedToLettersAndDigits)
        || schools[school].urn.map { text.contains($0) } ?? false
    }
    return found.count == 1 ? found[0] : nil
  }

  /// A Boolean value that indicates whether the table is listed for several schools and names none of them.
  var namesNoSchool: Bool { index == nil && schoolOfTable == nil }

  /// Returns the school of a row, or `nil` if the row names none. Each text is examined once.
  mutating func resolve(_ rows: borrowing some RowReader & ~Copyable) -> Int? {
    guard let index else { return schoolOfTable }
    let bytes = rows.bytes(index)
    if !bytes.isEmpty, bytes.elementsEqual(last.text) { return last.school }
    let text = Array(bytes)
    let school: Int?
    if let found = known[text] {
      school = found
    } else {
      school = self.school(of: rows)
      if known.count < SchoolResolver.maxKnown { known[text] = .some(school) }
    }
    last = (text, school)
    return school
  }

  /// The maximum number of texts to remember, more than any trust has schools.
  private static let maxKnown = 1000

  /// Returns the school of a row, or `nil` if the row names none.
  func school(of rows: borrowing some RowReader & ~Copyable) -> Int? {
    guard let index else { return schoolOfTable }
    let text = rows.text(index)
    let written = text.reducedToLettersAndDigits
    let digits = text.split { !$0.isNumber }.last.map(String.init)
    if schools.count == 1 {
      guard let urn = schools[0].urn, let digits, digits.count == 6 else { return 0 }
      return digits == urn || schools[0].names.contains(written) ? 0 : nil
    }
    return schools.firstIndex { school in
      school.names.contains(written) || (school.urn != nil && school.urn == digits)
    }
  }

  /// Returns the row's text for its school, for a message.
  func written(in rows: borrowing some RowReader & ~Copyable) -> String {
    index.map { String(rows.text($0).prefix(40)) } ?? ""
  }
}
