import Registers

/// A splitter of strings of marks, one mark for each session.
///
/// A string as long as a week, or of even length, has one character for each session. If codes have two
/// characters, the longest known mark is taken, and the string is read only if the number of marks fits the
/// sessions.
/// Source: formats, mark string.
struct MarkString {
  private let marks: MarkReader
  /// Marks of more than one byte, the longest first.
  private let longMarks: [[UInt8]]
  /// The number of sessions in a whole week of this table: 10 to Friday or 14 to Sunday.
  private let week: Int

  /// The sessions that a string covers.
  enum Span {
    /// Monday morning to Friday or Sunday afternoon.
    case week
    /// The morning and the afternoon of a day.
    case day
    /// Two sessions for each date of the calendar.
    case dates
  }

  /// - Parameter first: The first strings of the table, which show how long its weeks are.
  init(marks: MarkReader, map: [String: String], first: [String]) {
    let lengths = Set(first.map(\.utf8.count))
    week = lengths.contains(10) && !lengths.contains(14) ? 10 : 14
    self.marks = marks
    let codes = AttendanceCode.allCases.map(\.mark) + map.keys
    longMarks = codes.filter { $0.utf8.count > 1 }.map { Array($0.utf8) }.sorted { $0.count > $1.count }
  }

  /// Fills `ranges` with the ranges of the marks, one for each session. Returns `false` if the string fits
  /// no number of sessions.
  func split(_ bytes: UnsafeBufferPointer<UInt8>, of span: Span, into ranges: inout [Range<Int>]) -> Bool {
    ranges.removeAll(keepingCapacity: true)
    guard !bytes.isEmpty else { return false }
    // A digit by itself is not a mark, so `C1` must be one mark or the row cannot be read.
    if bytes.allSatisfy(marks.isMark) || !hasLongMark(bytes) {
      ranges.append(contentsOf: bytes.indices.map { $0..<($0 + 1) })
      return fits(bytes.count, span, isCertain: true)
    }
    var index = 0
    while index < bytes.count {
      let length = longMarks.first { bytes[index...].starts(with: $0) }?.count ?? 1
      ranges.append(index..<(index + length))
      index += length
    }
    return fits(ranges.count, span, isCertain: false)
  }

  /// Returns whether the number of marks fits a span. A string that ends early is read only if every mark
  /// is certain.
  private func fits(_ count: Int, _ span: Span, isCertain: Bool) -> Bool {
    switch span {
    case .week: isCertain ? count <= week : count == 10 || count == week
    case .day: isCertain ? count <= 2 : count == 2
    case .dates: count % 2 == 0
    }
  }

  /// Returns whether the string contains a mark of two characters or more.
  private func hasLongMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.indices.contains { index in longMarks.contains { bytes[index...].starts(with: $0) } }
  }
}
