/// A piece of personal data that does not print itself.
///
/// Only the writers of restricted reports and the code that joins files may use `unredacted`.
package struct Redacted<Value: Sendable>: Sendable {
  package let unredacted: Value
  package init(_ value: Value) { unredacted = value }
}

extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(private)" }
  package var debugDescription: String { "(private)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
