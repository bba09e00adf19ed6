/// The records of an XML file, each with the fields of the surrounding elements, such as the UPN of its
/// pupil.
///
/// It reads SIMS session attendance, attendance in a Common Transfer File, totals of a school census, and
/// lists of similar elements. Leaves of a surrounding element that follow a record are not part of that
/// record.
package final class XMLRecords: RowSource {
  private let elements: XMLElements
  private var scan: XMLScan
  private let columns: RecordColumns
  private var hasReturnedNames = false
  private var hasEnded = false

  static let remedy = "Export it again, or export it as CSV."
  /// The number of bytes from which the kind of file is detected.
  private static let openingLength = 1024

  /// Reads the file once to find its fields; `fill` reads it again.
  ///
  /// - Throws: A failure if the file is not XML, has no records, declares a document type or exceeds a
  ///   limit.
  package init(
    file: String, names: RecordNames, open: @escaping () throws(TableFailure) -> ByteFeed.Read
  ) throws(TableFailure) {
    let learning = XMLElements(shape: XMLShape(names), columns: 0)
    var first = try XMLRecords.scan(try open(), into: learning, file: file)
    while try first.run() == .paused {}
    var shape = learning.shape
    columns = try shape.chooseRecords(file: file)
    elements = XMLElements(shape: shape, columns: columns.names.count)
    scan = try XMLRecords.scan(try open(), into: elements, file: file)
  }

  package var sharedTexts: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }

  package func fill(_ batch: RowBatch) throws(TableFailure) -> Bool {
    if !hasReturnedNames {
      columns.add(to: batch)
      hasReturnedNames = true
      return true
    }
    elements.batch = batch
    while !hasEnded {
      hasEnded = try scan.run() == .ended
      if !batch.rows.isEmpty { return true }
    }
    return false
  }

  private static func scan(
    _ read: @escaping ByteFeed.Read, into handler: XMLHandler, file: String
  ) throws(TableFailure) -> XMLScan {
    var opening: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: openingLength, alignment: 16)
    defer { piece.deallocate() }
    while opening.count < openingLength {
      let count = try read(piece)
      guard count > 0 else { break }
      opening.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
    if opening.isEmpty { throw .empty(file: file) }
    if let refused = refusal(ofRoot: rootName(of: opening), file: file) { throw refused }
    // Files that declare ISO 8859-1 are Windows-1252 in practice: 0x92 is the apostrophe of O’Brien, not a
    // control character.
    let isLatin = declaration(of: opening).contains("iso-8859-1")
    return try XMLScan(
      UTF8Feed.prefixed(opening, read), encoding: isLatin ? "windows-1252" : nil, handler: handler,
      source: XMLScan.Source(file: file, remedy: remedy))
  }
}

extension XMLRecords {
  /// Returns the name of the first element in lower case and without prefix, or the declared document type,
  /// or `nil` if the opening bytes have neither.
  static func rootName(of opening: [UInt8]) -> String? {
    // Without the zeros of UTF-16, enough is left to recognise a name.
    var text = Substring(String(decoding: opening.filter { $0 != 0 }, as: UTF8.self).lowercased())
    while let start = text.firstIndex(of: "<") {
      text = text[start...].dropFirst()
      if text.hasPrefix("!--") {
        guard let end = text.firstRange(of: "-->") else { return nil }
        text = text[end.upperBound...]
      } else if text.hasPrefix("?") {
        guard let end = text.firstRange(of: "?>") else { return nil }
        text = text[end.upperBound...]
      } else {
        if text.hasPrefix("!doctype") { text = text.dropFirst(8).drop { $0.isWhitespace } }
        let name = text.prefix { $0.isLetter || $0.isNumber || "_-.:".contains($0) }
        return name.isEmpty ? nil : name.split(separator: ":").last.map(String.init)
      }
    }
    return nil
  }

  /// Returns whether the first element is that of a web page, which some systems name as a workbook.
  static func isWebPage(rootName: String?) -> Bool {
    guard let rootName else { return false }
    return ["html", "head", "body", "table", "meta", "style", "div", "title", "script"].contains(rootName)
  }

  static func refusal(ofRoot rootName: String?, file: String) -> TableFailure? {
    if isWebPage(rootName: rootName) {
      return .unusable(
        file: file, location: nil, reason: "it is a web page, despite its name",
        remedy: "Open it in Excel and save it as .xlsx or CSV.")
    }
    guard rootName == "workbook" else { return nil }
    return .unusable(
      file: file, location: nil, reason: "it is an XML spreadsheet of Excel 2003",
      remedy: "Open it in Excel and save it as .xlsx or CSV.")
  }

  private static func declaration(of opening: [UInt8]) -> String {
    let text = String(decoding: opening.prefix(200), as: UTF8.self).lowercased()
    guard let start = text.firstRange(of: "<?xml"), let end = text.firstRange(of: "?>"),
      start.upperBound <= end.lowerBound
    else { return "" }
    return String(text[start.upperBound..<end.lowerBound])
  }
}
