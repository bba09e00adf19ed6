/// The rows of a file of delimited text, read by RFC 4180 without a `String` for each row or field.
///
/// A quote opens a field only at its start, `""` inside is a quote, and there is no escape character: `\`
/// is a mark. A quote that does not close within `maxFieldLength` bytes is a plain character.
package struct CSVRows: ~Copyable {
  package static let hasFixedWidth = true
  /// The delimiters to try on a file, the likeliest first.
  package static let delimiters = [UInt8.comma, UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|")]

  private var feed: ByteFeed
  private let file: String
  private var delimiter: UInt8 = .comma
  /// The ranges of the row's fields, as many as `count` and at most `maxFields`.
  package let fields: UnsafeMutablePointer<Field>
  /// The first byte of the row.
  package private(set) var rowBase: UnsafePointer<UInt8>
  /// The number of fields in the row, of which the first `maxFields` are kept.
  package private(set) var count = 0
  /// The row, counted from 1.
  package private(set) var row = 0
  /// Rows in which a quote opens and never closes.
  package private(set) var openQuotes: [Int] = []
  /// A Boolean value that indicates whether a quote in the row closes in the middle of a later line, so
  /// that the row may contain others.
  package private(set) var spansRows = false
  private var hasOpenQuote = false

  /// The number of leading fields that are likely to repeat from row to row, such as a pupil's id and name.
  package var stableFields = 0
  /// A Boolean value that indicates whether the leading `stableFields` are the same bytes as in the row
  /// before.
  package private(set) var repeatsStableFields = false
  private var stableBytes = 0
  private var previousStart: Int?

  package static let maxFields = 4096
  /// The maximum length of a field in bytes, twice that of a spreadsheet cell.
  private static let maxFieldLength = 1 << 16
  /// The maximum length of a row in bytes, so that a file without line breaks is not held in memory.
  private static let maxRowLength = 16 << 20

  /// The range of a field, from its row's first byte.
  package struct Field {
    package var start: Int32
    package var end: Int32
    var hasInnerQuotes = false
  }

  package init(_ feed: consuming ByteFeed, file: String = "") {
    self.feed = feed
    self.file = file
    fields = .allocate(capacity: CSVRows.maxFields)
    rowBase = UnsafePointer(UnsafeRawPointer(fields).assumingMemoryBound(to: UInt8.self))
  }

  deinit { fields.deallocate() }

  /// Moves to the next row. Returns `false` at the end of the file.
  package mutating func next() throws(TableFailure) -> Bool {
    while true {
      if scanRow() { return true }
      if feed.isComplete { return false }
      previousStart = nil
      guard feed.end - feed.start < CSVRows.maxRowLength else {
        throw .unusable(
          file: file, location: "row \(row + 1)", reason: "the row is longer than any row of a register",
          remedy: "Export it again; line breaks may have been lost.")
      }
      _ = try feed.readMore()
    }
  }

  /// Returns the bytes of a field without the quotes around it, empty if the row has no such field.
  @inline(__always)
  package func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
    guard field < min(count, CSVRows.maxFields) else { return UnsafeBufferPointer(start: nil, count: 0) }
    let range = fields[field]
    return UnsafeBufferPointer(start: rowBase + Int(range.start), count: Int(range.end - range.start))
  }

  /// Returns a field as trimmed text with its quotes unescaped, empty if the row has no such field.
  package func text(_ field: Int) -> String {
    let text = TextEncoding.text(of: bytes(field).trimmed)
    guard field < min(count, CSVRows.maxFields), fields[field].hasInnerQuotes else { return text }
    return text.halvingQuotes
  }
}

extension CSVRows {
  /// Returns the first rows of the file as text, at most those of the first piece, and goes back to the
  /// start.
  package mutating func head(rows limit: Int, delimiter: UInt8) throws(TableFailure) -> [[String]] {
    if feed.end == 0 { try feed.fill() }
    self.delimiter = delimiter
    feed.rewind(to: feed.byteOrderMarkLength)
    var head: [[String]] = []
    while head.count < limit, scanRow() {
      var texts: [String] = []
      for field in 0..<count { texts.append(TextEncoding.head(of: text(field))) }
      head.append(texts)
    }
    feed.rewind(to: feed.byteOrderMarkLength)
    previousStart = nil
    openQuotes = []
    row = 0
    return head
  }

  /// Returns the encoding of the first piece of the file: UTF-8, else Windows-1252.
  package mutating func textForm() throws(TableFailure) -> FileForm.TextForm {
    if feed.end == 0 { try feed.fill() }
    let bytes = UnsafeBufferPointer(start: feed.base, count: feed.end)
    // The piece may end within a character.
    let isUTF8 = (0..<4).contains { cut in
      String(validating: bytes.dropLast(feed.isComplete ? 0 : cut), as: UTF8.self) != nil
    }
    return isUTF8 ? .utf8 : .windows1252
  }

  /// Finds the fields of one row. Returns `false` if its end is not yet in the buffer.
  private mutating func scanRow() -> Bool {
    let start = feed.start
    let available = feed.end - start
    guard available > 0 else { return false }
    let base = feed.base + start
    var index = 0
    var found = 0
    spansRows = false
    hasOpenQuote = false
    if let previousStart, stableBytes > 0, stableBytes < available,
      equalBytes(base, feed.base + previousStart, count: stableBytes)
    {
      index = stableBytes
      found = stableFields
    }
    repeatsStableFields = found > 0
    var plain = found
    if let end = scanPlainRow(base, available, from: index, &plain) {
      return finishRow(base, available, end, plain)
    }
    while true {
      var field = Field(start: Int32(truncatingIfNeeded: index), end: 0)
      if index < available, base[index] == .quote {
        guard scanQuoted(base, available, &index, &field) else { return false }
      } else {
        index = endOfPlainField(base, available, index)
        field.end = Int32(truncatingIfNeeded: index)
      }
      guard index < available || feed.isComplete else { return false }
      if found < CSVRows.maxFields { fields[found] = field }
      found += 1
      if index < available, base[index] == delimiter {
        index += 1
        if found == stableFields { stableBytes = index }
        continue
      }
      return finishRow(base, available, index, found)
    }
  }

  private mutating func finishRow(
    _ base: UnsafePointer<UInt8>, _ available: Int, _ index: Int, _ found: Int
  ) -> Bool {
    var length = index + 1
    if index < available, base[index] == .carriageReturn {
      if index + 1 < available {
        if base[index + 1] == .newline { length += 1 }
      } else if !feed.isComplete {
        return false
      }
    }
    if found <= stableFields || hasOpenQuote || spansRows { stableBytes = 0 }
    rowBase = base
    previousStart = feed.start
    count = found
    row += 1
    if hasOpenQuote { openQuotes.append(row) }
    feed.pass(min(length, available))
    return true
  }

  /// Finds the fields of a row without quotes, eight bytes at a time. Returns the end of the row, or `nil`
  /// if a quote occurs before or shortly after it, or the end is not in the buffer's whole words.
  private mutating func scanPlainRow(
    _ base: UnsafePointer<UInt8>, _ available: Int, from index: Int, _ found: inout Int
  ) -> Int? {
    var start = index
    var word = index
    while word + 8 <= available {
      let bytes = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: word, as: UInt64.self)
      guard bytes.positions(of: .quote) == 0 else { return nil }
      var ends =
        bytes.positions(of: delimiter) | bytes.positions(of: .newline) | bytes.positions(of: .carriageReturn)
      while ends != 0 {
        let end = word + ends.trailingZeroBitCount / 8
        if found < CSVRows.maxFields {
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
    var index = start
    while index < available {
      let byte = base[index]
      if byte == delimiter || byte == .newline || byte == .carriageReturn { break }
      index += 1
    }
    return index
  }

  /// Reads a field that opens with a quote. Returns `false` if more bytes are needed to find its end.
  private mutating func scanQuoted(
    _ base: UnsafePointer<UInt8>, _ available: Int, _ index: inout Int, _ field: inout Field
  ) -> Bool {
    let opening = index
    var cursor = opening + 1
    while cursor < available, cursor - opening < CSVRows.maxFieldLength {
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
      // Text between a closing quote and the delimiter belongs to no field.
      index = endOfPlainField(base, available, cursor + 1)
      if index > cursor + 1, hasText(base, cursor + 1..<index), hasLineBreak(base, opening..<cursor) {
        spansRows = true
      }
      return true
    }
    guard feed.isComplete || cursor - opening >= CSVRows.maxFieldLength else { return false }
    hasOpenQuote = true
    field.hasInnerQuotes = false
    index = endOfPlainField(base, available, opening)
    field.end = Int32(truncatingIfNeeded: index)
    return true
  }

  private func hasText(_ base: UnsafePointer<UInt8>, _ positions: Range<Int>) -> Bool {
    positions.contains { !base[$0].isBlank }
  }

  private func hasLineBreak(_ base: UnsafePointer<UInt8>, _ positions: Range<Int>) -> Bool {
    positions.contains { base[$0] == .newline || base[$0] == .carriageReturn }
  }

  @inline(__always)
  private func equalBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
    let left = UnsafeRawPointer(left)
    let right = UnsafeRawPointer(right)
    var index = 0
    while index + 8 <= count {
      if left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        != right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      {
        return false
      }
      index += 8
    }
    while index < count {
      if left.load(fromByteOffset: index, as: UInt8.self) != right.load(fromByteOffset: index, as: UInt8.self)
      {
        return false
      }
      index += 1
    }
    return true
  }
}

extension UInt64 {
  /// Returns the highest bit of each of the eight bytes, in memory order, that equals a byte.
  @inline(__always)
  fileprivate func positions(of byte: UInt8) -> UInt64 {
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
