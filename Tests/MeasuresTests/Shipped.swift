import Measures
import Policies
import Registers
import Testing

/// A made-up school with a policy that ships, or with the policy of a text.
enum Shipped {
  static func policy(_ name: String) throws -> Policy {
    try Policy(name: name, yaml: Policy.shipped[name] ?? name, file: name)
  }

  /// - Parameter asAt: The as-at date, or `nil` for the last school day of the register.
  static func figures(_ register: Register, by name: String = "title: P", asAt: Day? = nil) throws
    -> SchoolFigures
  {
    let end = register.calendar.days.last ?? Day(number: 0)
    return SchoolFigures(register, asAt: asAt ?? end, policy: try policy(name))
  }
}
