/// What is wrong with a YAML file, and where.
package struct YAMLFailure: Error, Hashable, CustomStringConvertible {
  package let file: String
  /// Counts from 1.
  package let line: Int
  /// Counts from 1.
  package let column: Int
  package let message: String

  package init(file: String, line: Int, column: Int, _ message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  package var description: String { "\(file):\(line):\(column): \(message)" }
}
