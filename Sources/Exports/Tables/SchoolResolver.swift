import Registers
import Tabular

/// Says which of several schools a row belongs to: by its school column, or the whole table by its sheet, title or file name.
///
/// A file listed for one school may call that school what it likes, but not by another URN; a file listed for several must
/// tell them apart.
struct SchoolResolver {
  /// The school column. Missing: nil when the table has none.
  let place: Int?
  private let schools: [(urn: String?, names: [String])]
  /// The school of every row of a table with no school column. Missing: nil when nothing tells.
  private let ofTable: Int?
  /// What the school column said last, and what came of it: rows of a school mostly stand together.
  private var last: (text: [UInt8], school: Int?) = ([], nil)
  /// The same of every text before.
  private var known: [[UInt8]: Int?] = [:]

  init<Rows: RowReader & ~Copyable>(
    _ table: borrowing ExportTable<Rows>, schools: [RegisterBuilder], profile: SourceProfile
  ) {
    place = table.header.place(of: .school)
    let alias = profile.school.map { [$0.lowercased()] } ?? []
    self.schools = schools.map { ($0.school.urn, [$0.school.name.lowercased()] + alias) }
    let texts = [table.facts.sheetName].compactMap(\.self) + table.header.titles + [table.file]
    ofTable =
      schools.count == 1
      ? 0 : texts.lazy.compactMap { SchoolResolver.school(named: $0, of: schools.map(\.school)) }.first
  }

  /// The one school whose name or URN a text holds. Missing: nil when it holds none, or several.
  static func school(named text: String, of schools: [School]) -> Int? {
    let text = text.reducedToLettersAndDigits
    let found = schools.indices.filter { school in
      text.contains(schools[school].name.reducedToLettersAndDigits)
        || schools[school].urn.map { text.contains($0) } ?? false
    }
    return found.count == 1 ? found[0] : nil
  }

  /// The school of a row, whose text is looked into once. Missing: nil when the row names none of the schools.
  mutating func turn(to rows: borrowing some RowReader & ~Copyable) -> Int? {
    guard let place else { return ofTable }
    let bytes = rows.bytes(place)
    if !bytes.isEmpty, bytes.elementsEqual(last.text) { return last.school }
    let text = Array(bytes)
    let school: Int?
    if let found = known[text] {
      school = found
    } else {
      school = self.school(of: rows)
      if known.count < SchoolResolver.mostKnown { known[text] = .some(school) }
    }
    last = (text, school)
    return school
  }

  /// Unit: texts; more than any trust has schools.
  private static let mostKnown = 1000

  /// Missing: nil when the row names none of the schools.
  func school(of rows: borrowing some RowReader & ~Copyable) -> Int? {
    guard let place else { return ofTable }
    let written = rows.text(place).lowercased()
    let digits = written.split { !$0.isNumber }.last.map(String.init)
    if schools.count == 1 {
      guard let urn = schools[0].urn, let digits, digits.count == 6 else { return 0 }
      return digits == urn || schools[0].names.contains(written) ? 0 : nil
    }
    return schools.firstIndex { school in
      school.names.contains(written) || (school.urn != nil && school.urn == digits)
    }
  }

  /// What a row says of its school, for a message.
  func written(in rows: borrowing some RowReader & ~Copyable) -> String {
    place.map { String(rows.text($0).prefix(40)) } ?? ""
  }
}
