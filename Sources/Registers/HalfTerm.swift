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

    /// The half-term a run of school days belongs to, by the day it starts on.
    ///
    /// English half-terms start in the first week of September, the last of October, the first of January, after the
    /// February week, after Easter and after the last Monday of May; the limits lie well between those. A run that
    /// starts after an unplanned closure carries the name of the half-term it lies in.
    init(startingOn day: Day) {
      let (_, month, dayOfMonth) = day.date
      switch (month, dayOfMonth) {
      case (8...9, _), (10, ..<16): self = .autumn1
      case (10...11, _), (12, ..<27): self = .autumn2
      case (12, _), (1, _), (2, ..<8): self = .spring1
      case (2, _), (3, ..<24): self = .spring2
      case (3...4, _), (5, ..<23): self = .summer1
      default: self = .summer2
      }
    }

    /// Missing: nil for the first of a school year.
    var previous: Name? { order == 0 ? nil : Name.allCases[order - 1] }

    /// A day by which the half-term has ended everywhere, in the calendar year of the given day.
    func latestEnd(startingIn day: Day) -> Day {
      let year = day.date.year
      let end =
        switch self {
        case .autumn1: Day(year: year, month: 11, day: 3)
        case .autumn2: Day(year: year, month: 1, day: 1)
        case .spring1: Day(year: year, month: 2, day: 22)
        case .spring2: Day(year: year, month: 4, day: 12)
        case .summer1: Day(year: year, month: 5, day: 31)
        case .summer2: Day(year: year, month: 7, day: 31)
        }
      return end ?? day
    }
  }
}
