import Registers

/// Parts a run of marks into the marks of its sessions.
///
/// One character a session where the length is that of a week or an even one; with codes of two characters the longest known mark
/// is taken, and the run is read only if the number of marks then fits the sessions. Source: formats, mark string.
struct MarkString {
  private let marks: MarkReader
  /// Marks of more than one byte that may stand in a run, the longest first.
  private let long: [[UInt8]]
  /// Sessions of a whole week in this table: 10 to Friday, 14 to Sunday.
  private let week: Int

  /// What a run covers.
  enum Span {
    /// Monday morning to Friday or Sunday afternoon.
    case week
    /// The morning and the afternoon of a day.
    case day
    /// Two sessions for each date of the calendar.
    case dates
  }

  /// - Parameter first: The first runs of the table; those of a whole week show how long a week is in it.
  init(marks: MarkReader, map: [String: String], first: [String]) {
    let lengths = Set(first.map(\.utf8.count))
    week = lengths.contains(10) && !lengths.contains(14) ? 10 : 14
    self.marks = marks
    let codes = AttendanceCode.allCases.map(\.mark) + map.keys
    long = codes.filter { $0.utf8.count > 1 }.map { Array($0.utf8) }.sorted { $0.count > $1.count }
  }

  /// Appends the ranges of the marks, one a session. False where the run fits no number of sessions.
  func part(_ bytes: UnsafeBufferPointer<UInt8>, of span: Span, into ranges: inout [Range<Int>]) -> Bool {
    ranges.removeAll(keepingCapacity: true)
    guard !bytes.isEmpty else { return false }
    // A digit is no mark by itself: `C1` must be one mark, or the row cannot be read.
    if bytes.allSatisfy(marks.knows) || !hasLongMark(bytes) {
      ranges.append(contentsOf: bytes.indices.map { $0..<($0 + 1) })
      return fits(bytes.count, span, isCertain: true)
    }
    var place = 0
    while place < bytes.count {
      let length = long.first { bytes[place...].starts(with: $0) }?.count ?? 1
      ranges.append(place..<(place + length))
      place += length
    }
    return fits(ranges.count, span, isCertain: false)
  }

  /// Whether so many marks are those of a span. A run that ends early is read only where it is certain what each mark is.
  private func fits(_ count: Int, _ span: Span, isCertain: Bool) -> Bool {
    switch span {
    case .week: isCertain ? count <= week : count == 10 || count == week
    case .day: isCertain ? count <= 2 : count == 2
    case .dates: count % 2 == 0
    }
  }

  /// Whether a mark of two characters or more stands in the run.
  private func hasLongMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.indices.contains { place in long.contains { bytes[place...].starts(with: $0) } }
  }
}
