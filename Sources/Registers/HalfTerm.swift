/// A half-term of a school year, with its first and last day.
public struct HalfTerm: Hashable, Sendable {
  public let name: Name
  public let first: Day
  public let last: Day

  public init(_ name: Name, from first: Day, to last: Day) {
    self.name = name
    self.first = first
    self.last = last
  }

  public func contains(_ day: Day) -> Bool { first <= day && day <= last }

  public enum Name: String, CaseIterable, Comparable, Sendable {
    case autumn1 = "Autumn 1"
    case autumn2 = "Autumn 2"
    case spring1 = "Spring 1"
    case spring2 = "Spring 2"
    case summer1 = "Summer 1"
    case summer2 = "Summer 2"

    public static func < (left: Name, right: Name) -> Bool { left.order < right.order }
    private var order: Int { Name.allCases.firstIndex(of: self) ?? 0 }
  }
}
