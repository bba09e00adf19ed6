/// A half-term of a school year, with its first and last day.
package struct HalfTerm: Hashable, Sendable {
  package let name: Name
  package let first: Day
  package let last: Day

  package init(_ name: Name, from first: Day, to last: Day) {
    self.name = name
    self.first = first
    self.last = last
  }

  package func contains(_ day: Day) -> Bool { first <= day && day <= last }

  package enum Name: String, CaseIterable, Comparable, Sendable {
    case autumn1 = "Autumn 1"
    case autumn2 = "Autumn 2"
    case spring1 = "Spring 1"
    case spring2 = "Spring 2"
    case summer1 = "Summer 1"
    case summer2 = "Summer 2"

    package static func < (left: Name, right: Name) -> Bool { left.order < right.order }
    private var order: Int { Name.allCases.firstIndex(of: self) ?? 0 }
  }
}
