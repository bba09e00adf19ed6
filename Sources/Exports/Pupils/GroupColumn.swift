import Tabular

/// A group of a school's own that its pupil details tell: a column of yes and no, by the header the school gave it.
package struct GroupColumn: Hashable, Sendable {
  /// What the school calls the group, such as "Groups of concern".
  package let name: String
  /// The header, compared without case, spaces and punctuation.
  package let header: String

  package init(name: String, header: String) {
    self.name = name
    self.header = header
  }

  /// Missing: nil when the table has no such column.
  func place(in header: HeaderRow) -> GroupPlace? {
    let wanted = self.header.reducedToLettersAndDigits
    guard !wanted.isEmpty,
      let place = header.headers.firstIndex(where: { $0.reducedToLettersAndDigits == wanted })
    else { return nil }
    return GroupPlace(column: self, place: place)
  }
}

/// Where a table holds a group of a school's own.
struct GroupPlace {
  let column: GroupColumn
  let place: Int
}
