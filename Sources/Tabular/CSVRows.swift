/// The rows of a file of delimited text, read by RFC 4180 without a `String` for a row or a field.
///
/// A quote opens a field only at its start, `""` inside is a quote, and nothing is an escape: `\` is a mark. A quote that
/// does not close within `longestField` bytes is taken as a plain character.
package struct CSVRows: RowReader, ~Copyable {
  package static let hasFixedWidth = true

  private var feed: ByteFeed
  private let file: String
  private var delimiter: UInt8 = .comma
  private let fields: UnsafeMutablePointer<Field>
  private var rowStart = 0
  /// Fields of the row, of which the first `mostFields` are kept.
  package private(set) var count = 0
  /// The row as a spreadsheet counts it: the first is 1.
  package private(set) var row = 0
  /// Rows in which a quote opened and never closed.
  package private(set) var openQuotes: [Int] = []
  /// Whether a quote of the row closes in the middle of a later line: the row may have taken others in.
  package private(set) var spansRows = false
  private var hasOpenQuote = false

  /// How many leading fields are likely to repeat from row to row, such as a pupil's id and name.
  package var stableFields = 0
  /// Whether the leading `stableFields` are the same bytes as in the row before: they need no second look.
  package private(set) var repeatsStableFields = false
  private var stableBytes = 0
  private var previousStart: Int?

  private static let mostFields = 4096
  /// Unit: bytes; twice what a spreadsheet cell can hold.
  private static let longestField = 1 << 16
  /// Unit: bytes. No row of a register is longer; a file without line breaks must not be held whole.
  private static let longestRow = 16 << 20

  /// A field's place, counted from its row's first byte.
  private struct Field {
    var start: Int32
    var end: Int32
    var hasInnerQuotes = false
  }

  package init(_ feed: consuming ByteFeed, file: String = "") {
    self.feed = feed
    self.file = file
    fields = .allocate(capacity: CSVRows.mostFields)
  }

  deinit { fields.deallocate() }

  /// Moves to the next row; false at the end of the file.
  package mutating func next() throws(TableFailure) -> Bool {
    while true {
      if scanRow() { return true }
      if feed.isComplete { return false }
      previousStart = nil
      guard feed.end - feed.start < CSVRows.longestRow else {
        throw .unusable(
          file: file, place: "row \(row + 1)", reason: "the row is longer than any row of a register",
          remedy: "Export it again; line breaks may have been lost.")
      }
      _ = try feed.readMore()
    }
  }

  /// The bytes of a field, without the quotes around it; empty where the row has no such field.
  @inline(__always)
  package func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
    guard field < min(count, CSVRows.mostFields) else { return UnsafeBufferPointer(start: nil, count: 0) }
    let place = fields[field]
    return UnsafeBufferPointer(
      start: feed.base + rowStart + Int(place.start), count: Int(place.end - place.start))
  }

  /// A field as text, trimmed, inner quotes halved. Missing: empty where the row has no such field.
  package func text(_ field: Int) -> String {
    let text = TextEncoding.text(of: bytes(field).trimmed)
    guard field < min(count, CSVRows.mostFields), fields[field].hasInnerQuotes else { return text }
    return text.halvingQuotes
  }
}

extension CSVRows {
  /// The first rows of the file as text under a delimiter, at most as far as the first piece; then back to the start.
  package mutating func head(rows limit: Int, delimiter: UInt8) throws(TableFailure) -> [[String]] {
    if feed.end == 0 { try feed.fill() }
    self.delimiter = delimiter
    feed.rewind(to: feed.byteOrderMarkLength)
    var head: [[String]] = []
    while head.count < limit, scanRow() {
      var texts: [String] = []
      for field in 0..<count { texts.append(text(field)) }
      head.append(texts)
    }
    feed.rewind(to: feed.byteOrderMarkLength)
    previousStart = nil
    openQuotes = []
    row = 0
    return head
  }

  /// How the first piece of the file is written: Windows-1252 where it is not UTF-8.
  package mutating func textForm() throws(TableFailure) -> FileForm.TextForm {
    if feed.end == 0 { try feed.fill() }
    let bytes = UnsafeBufferPointer(start: feed.base, count: feed.end)
    // The piece may end within a character.
    let isUTF8 = (0..<4).contains { cut in
      String(validating: bytes.dropLast(feed.isComplete ? 0 : cut), as: UTF8.self) != nil
    }
    return isUTF8 ? .utf8 : .windows1252
  }

  /// Finds the fields of one row; false when its end is not yet in the buffer.
  private mutating func scanRow() -> Bool {
    let start = feed.start
    let available = feed.end - start
    guard available > 0 else { return false }
    let base = feed.base + start
    var place = 0
    var found = 0
    spansRows = false
    hasOpenQuote = false
    if let previousStart, stableBytes > 0, stableBytes < available,
      equalBytes(base, feed.base + previousStart, count: stableBytes)
    {
      place = stableBytes
      found = stableFields
    }
    repeatsStableFields = found > 0
    var plain = found
    if let end = scanPlainRow(base, available, from: place, &plain) {
      return finishRow(base, available, end, plain)
    }
    while true {
      var field = Field(start: Int32(truncatingIfNeeded: place), end: 0)
      if place < available, base[place] == .quote {
        guard scanQuoted(base, available, &place, &field) else { return false }
      } else {
        place = endOfPlainField(base, available, place)
        field.end = Int32(truncatingIfNeeded: place)
      }
      guard place < available || feed.isComplete else { return false }
      if found < CSVRows.mostFields { fields[found] = field }
      found += 1
      if place < available, base[place] == delimiter {
        place += 1
        if found == stableFields { stableBytes = place }
        continue
      }
      return finishRow(base, available, place, found)
    }
  }

  private mutating func finishRow(
    _ base: UnsafePointer<UInt8>, _ available: Int, _ place: Int, _ found: Int
  ) -> Bool {
    var length = place + 1
    if place < available, base[place] == .carriageReturn {
      if place + 1 < available {
        if base[place + 1] == .newline { length += 1 }
      } else if !feed.isComplete {
        return false
      }
    }
    if found <= stableFields || hasOpenQuote || spansRows { stableBytes = 0 }
    rowStart = feed.start
    previousStart = rowStart
    count = found
    row += 1
    if hasOpenQuote { openQuotes.append(row) }
    feed.pass(min(length, available))
    return true
  }

  /// Finds the fields of a row that holds no quote, from a place on, eight bytes at a time. Gives where the row ends.
  ///
  /// Missing: nil where a quote stands before the end or close behind it, or the end is not in the buffer's whole words.
  private mutating func scanPlainRow(
    _ base: UnsafePointer<UInt8>, _ available: Int, from place: Int, _ found: inout Int
  ) -> Int? {
    var start = place
    var word = place
    while word + 8 <= available {
      let bytes = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: word, as: UInt64.self)
      guard bytes.places(of: .quote) == 0 else { return nil }
      var ends =
        bytes.places(of: delimiter) | bytes.places(of: .newline) | bytes.places(of: .carriageReturn)
      while ends != 0 {
        let end = word + ends.trailingZeroBitCount / 8
        if found < CSVRows.mostFields {
          fields[found] = Field(
            start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end))
        }
        found += 1
        guard base[end] == delimiter else { return end }
        start = end + 1
        if found == stableFields { stableBytes = start }
        ends &= ends - 1
      }
      word += 8
    }
    return nil
  }

  @inline(__always)
  private func endOfPlainField(_ base: UnsafePointer<UInt8>, _ available: Int, _ start: Int) -> Int {
    var place = start
    while place < available {
      let byte = base[place]
      if byte == delimiter || byte == .newline || byte == .carriageReturn { break }
      place += 1
    }
    return place
  }

  /// Reads a field that opens with a quote; false when more bytes are needed to know where it ends.
  private mutating func scanQuoted(
    _ base: UnsafePointer<UInt8>, _ available: Int, _ place: inout Int, _ field: inout Field
  ) -> Bool {
    let opening = place
    var cursor = opening + 1
    while cursor < available, cursor - opening < CSVRows.longestField {
      guard base[cursor] == .quote else {
        cursor += 1
        continue
      }
      if cursor + 1 < available, base[cursor + 1] == .quote {
        field.hasInnerQuotes = true
        cursor += 2
        continue
      }
      if cursor + 1 == available, !feed.isComplete { return false }
      field.start = Int32(truncatingIfNeeded: opening + 1)
      field.end = Int32(truncatingIfNeeded: cursor)
      // What stands between a closing quote and the delimiter belongs to no field.
      place = endOfPlainField(base, available, cursor + 1)
      if place > cursor + 1, hasText(base, cursor + 1..<place), hasLineBreak(base, opening..<cursor) {
        spansRows = true
      }
      return true
    }
    guard feed.isComplete || cursor - opening >= CSVRows.longestField else { return false }
    hasOpenQuote = true
    field.hasInnerQuotes = false
    place = endOfPlainField(base, available, opening)
    field.end = Int32(truncatingIfNeeded: place)
    return true
  }

  private func hasText(_ base: UnsafePointer<UInt8>, _ places: Range<Int>) -> Bool {
    places.contains { !base[$0].isBlank }
  }

  private func hasLineBreak(_ base: UnsafePointer<UInt8>, _ places: Range<Int>) -> Bool {
    places.contains { base[$0] == .newline || base[$0] == .carriageReturn }
  }

  @inline(__always)
  private func equalBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
    let left = UnsafeRawPointer(left)
    let right = UnsafeRawPointer(right)
    var place = 0
    while place + 8 <= count {
      if left.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        != right.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      {
        return false
      }
      place += 8
    }
    while place < count {
      if left.load(fromByteOffset: place, as: UInt8.self) != right.load(fromByteOffset: place, as: UInt8.self)
      {
        return false
      }
      place += 1
    }
    return true
  }
}

extension UInt64 {
  /// The highest bit of each of the eight bytes, in their order in memory, that is this one.
  @inline(__always)
  fileprivate func places(of byte: UInt8) -> UInt64 {
    let rest = littleEndian ^ (0x0101_0101_0101_0101 &* UInt64(byte))
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~(((rest & low) &+ low) | rest | low)
  }
}

extension String {
  fileprivate var halvingQuotes: String {
    split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }
}
