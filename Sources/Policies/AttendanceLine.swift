import StrictYAML

/// A threshold of attendance, as a policy writes it. It is compared in integers, in tenths of a per cent.
///
/// Source: rules, section 2.
package enum AttendanceLine: Hashable, Sendable {
  /// `missed_at_least: 10`: 10% or more of possible sessions missed.
  case missedAtLeast(Int)
  /// `attendance_at_most: 90`: attendance of 90% and below.
  case attendanceAtMost(Int)
  /// `attendance_below: 20`: attendance below 20%.
  case attendanceBelow(Int)

  static let keys = ["missed_at_least", "attendance_at_most", "attendance_below"]

  /// Returns a Boolean value that indicates whether a pupil has reached the threshold. It is not reached without a
  /// possible session.
  package func isReached(absence: Int, of possible: Int) -> Bool {
    guard possible > 0 else { return false }
    return switch self {
    case .missedAtLeast(let tenths): absence * 1000 >= tenths * possible
    case .attendanceAtMost(let tenths): (possible - absence) * 1000 <= tenths * possible
    case .attendanceBelow(let tenths): (possible - absence) * 1000 < tenths * possible
    }
  }

  /// The share missed at which the threshold is reached, or above which it is. In tenths of a per cent.
  package var missed: Int {
    switch self {
    case .missedAtLeast(let tenths): tenths
    case .attendanceAtMost(let tenths), .attendanceBelow(let tenths): 1000 - tenths
    }
  }

  /// Returns a Boolean value that indicates whether this threshold needs more absence than another.
  func comes(after other: AttendanceLine) -> Bool {
    (missed, isBeyond ? 1 : 0) > (other.missed, other.isBeyond ? 1 : 0)
  }

  private var isBeyond: Bool {
    if case .attendanceBelow = self { true } else { false }
  }

  /// `10% or more of possible sessions missed`.
  package var label: String {
    switch self {
    case .missedAtLeast(let tenths): "\(percent(tenths)) or more of possible sessions missed"
    case .attendanceAtMost(let tenths): "attendance of \(percent(tenths)) or below"
    case .attendanceBelow(let tenths): "attendance below \(percent(tenths))"
    }
  }
}

/// Returns tenths of a per cent as text: `90%`, `97.5%`.
func percent(_ tenths: Int) -> String {
  tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
}

extension AttendanceLine {
  /// Reads the only threshold among the keys of a rule, or returns `nil` if there is none.
  ///
  /// - Throws: An error if there are two, or if it is out of bounds.
  init?(_ keys: [String: YAMLValue], of value: YAMLValue) throws(YAMLFailure) {
    let found = AttendanceLine.keys.filter { keys[$0] != nil }
    guard let key = found.first, let written = keys[key] else { return nil }
    guard found.count == 1 else {
      throw value.failure("\(found.joined(separator: " and ")) are two thresholds; give one")
    }
    let tenths = try written.tenths()
    guard 1...1000 ~= tenths else { throw written.failure("\(key) is from 0.1 to 100 per cent") }
    switch key {
    case "missed_at_least": self = .missedAtLeast(tenths)
    case "attendance_at_most": self = .attendanceAtMost(tenths)
    default: self = .attendanceBelow(tenths)
    }
  }
}
