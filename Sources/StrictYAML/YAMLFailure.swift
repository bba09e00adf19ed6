/// What is wrong with a YAML file, and where.
public struct YAMLFailure: Error, Hashable, CustomStringConvertible {
  public let file: String
  /// Counts from 1.
  public let line: Int
  /// Counts from 1.
  public let column: Int
  public let message: String

  public init(file: String, line: Int, column: Int, _ message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  public var description: String { "\(file):\(line):\(column): \(message)" }
}
