/// A piece of personal data that does not print itself.
///
/// Only the writers of restricted reports and the code that joins files may say `exposed`.
public struct Private<Value: Sendable>: Sendable {
  public let exposed: Value
  public init(_ value: Value) { exposed = value }
}

extension Private: Equatable where Value: Equatable {}
extension Private: Hashable where Value: Hashable {}

extension Private: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "(private)" }
  public var debugDescription: String { "(private)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
