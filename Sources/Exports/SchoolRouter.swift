import Registers

/// Says which of several schools a row belongs to, by its school column.
///
/// A file listed for one school may call that school what it likes, but not by another URN; a file listed for several must
/// name them.
struct SchoolRouter {
  private let place: Int?
  private let schools: [(urn: String?, name: String)]

  init(header: HeaderRow, schools: [SchoolIntake]) {
    place = header.place(of: .school)
    self.schools = schools.map { ($0.school.urn, $0.school.name.lowercased()) }
  }

  /// Missing: nil when the row names none of the schools.
  func school(of rows: borrowing CSVRows) -> Int? {
    guard let place else { return schools.count > 1 ? nil : 0 }
    let written = rows.text(place).lowercased()
    let digits = written.split { !$0.isNumber }.last.map(String.init)
    if schools.count == 1 {
      guard let urn = schools[0].urn, let digits, digits.count == 6 else { return 0 }
      return digits == urn ? 0 : nil
    }
    return schools.firstIndex { school in
      school.name == written || (school.urn != nil && school.urn == digits)
    }
  }

  /// What a row says of its school, for a message.
  func written(in rows: borrowing CSVRows) -> String {
    place.map { String(rows.text($0).prefix(40)) } ?? ""
  }
}
