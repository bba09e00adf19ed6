/// A piece of personal data that does not print itself.
///
/// Only the writers of restricted reports and the code that joins files may say `exposed`.
package struct Private<Value: Sendable>: Sendable {
  package let exposed: Value
  package init(_ value: Value) { exposed = value }
}

extension Private: Equatable where Value: Equatable {}
extension Private: Hashable where Value: Hashable {}

extension Private: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(private)" }
  package var debugDescription: String { "(private)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
