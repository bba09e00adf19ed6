/// The half of a school day of a mark.
package enum DayHalf: Int, CaseIterable, Sendable {
  case morning, afternoon

  /// DfE's name for the session: `AM` or `PM`.
  package var name: String {
    switch self {
    case .morning: "AM"
    case .afternoon: "PM"
    }
  }
}

/// A half-day for which a register is taken.
///
/// Source: School Attendance (Pupil Registration) (England) Regulations 2024.
package struct Session: Hashable, Comparable, Sendable {
  /// The number of half-days since the morning of 1 January 1970, which is 0.
  package let number: Int32

  @inlinable package init(number: Int32) { self.number = number }
  @inlinable package init(_ day: Day, _ half: DayHalf) { number = day.number * 2 + Int32(half.rawValue) }

  @inlinable package var day: Day { Day(number: number >> 1) }
  @inlinable package var half: DayHalf { number & 1 == 0 ? .morning : .afternoon }

  @inlinable package static func < (left: Session, right: Session) -> Bool { left.number < right.number }
}

extension Session: CustomStringConvertible {
  package var description: String { "\(day) \(half.name)" }
}
