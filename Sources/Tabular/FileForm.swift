/// The form of a file, detected from its bytes and not from its name.
package enum FileForm: Hashable, Sendable {
  case delimited(TextForm)
  case workbook, json, xml

  /// The encoding of a text file.
  package enum TextForm: String, Sendable {
    case utf8 = "UTF-8"
    case utf8WithMark = "UTF-8 with a byte order mark"
    case utf16LittleEndian = "UTF-16 (little endian)"
    case utf16BigEndian = "UTF-16 (big endian)"
    case windows1252 = "Windows-1252"

    var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }
  }

  /// The number of bytes from which the form is detected.
  static let openingLength = 4096

  /// Detects the form.
  ///
  /// - Throws: A failure if the file is empty or its form is not supported.
  init(_ opening: [UInt8], file: String) throws(TableFailure) {
    if let refusal = FileForm.refusal(opening) { throw .notText(file: file, looksLike: refusal) }
    // Old and encrypted workbooks are refused, with the reason, when they are opened.
    if opening.starts(with: [0x50, 0x4B]) || opening.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .workbook
      return
    }
    let text = FileForm.textForm(of: opening)
    let start = FileForm.start(of: opening, text)
    guard !start.isEmpty || opening.count == FileForm.openingLength else { throw .empty(file: file) }
    switch start.first {
    case UInt8(ascii: "<"):
      if let refusal = FileForm.markupRefusal(start) { throw .notText(file: file, looksLike: refusal) }
      self = .xml
    case UInt8(ascii: "{"): self = .json
    // A title such as [Register] in a delimited file also opens with a bracket.
    case UInt8(ascii: "[")
    where start.dropFirst().drop(while: \.isBlank).first.map { "{]".utf8.contains($0) } ?? true:
      self = .json
    default: self = .delimited(text)
    }
  }

  private static func refusal(_ opening: [UInt8]) -> String? {
    let known: [([UInt8], String)] = [
      (Array("%PDF".utf8), "a PDF"), ([0x1F, 0x8B], "a compressed file (.gz)"),
      ([0x89, 0x50, 0x4E, 0x47], "a picture"),
      ([0xFF, 0xD8, 0xFF], "a picture"), (Array("{\\rtf".utf8), "a word-processor file (.rtf)"),
      (Array("SQLite format 3".utf8), "a database"),
    ]
    return known.first { opening.starts(with: $0.0) }?.1
  }

  private static func markupRefusal(_ start: ArraySlice<UInt8>) -> String? {
    let text = String(decoding: start, as: UTF8.self).lowercased()
    let isPage = ["<html", "<!doctype html", "<table", "<body", "<meta", "<style"].contains {
      text.hasPrefix($0) || text.hasPrefix("<?xml") && text.contains($0)
    }
    // Its rows are in an element called Table, and a web page that Excel saved names the same schema.
    let isBook = text.contains("<workbook") && text.contains("urn:schemas-microsoft-com:office:spreadsheet")
    if isBook { return "a workbook of 2003 (XML)" }
    if isPage { return "a web page, despite its name" }
    return nil
  }

  private static func textForm(of opening: [UInt8]) -> TextForm {
    if opening.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8WithMark }
    if opening.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if opening.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    let pairs = opening.count / 2
    guard pairs > 1 else { return .utf8 }
    let zeros = (0..<pairs).reduce(into: (even: 0, odd: 0)) { zeros, pair in
      if opening[2 * pair] == 0 { zeros.even += 1 }
      if opening[2 * pair + 1] == 0 { zeros.odd += 1 }
    }
    if zeros.odd * 2 > pairs, zeros.even * 8 < pairs { return .utf16LittleEndian }
    if zeros.even * 2 > pairs, zeros.odd * 8 < pairs { return .utf16BigEndian }
    return .utf8
  }

  /// Returns the text's first ASCII characters, after a byte order mark and white space.
  private static func start(of opening: [UInt8], _ text: TextForm) -> ArraySlice<UInt8> {
    switch text {
    case .utf8, .windows1252: opening.drop(while: \.isBlank)
    case .utf8WithMark: opening.dropFirst(3).drop(while: \.isBlank)
    case .utf16LittleEndian, .utf16BigEndian:
      opening.filter { $0 != 0 && $0 < 0xFE }[...].drop(while: \.isBlank)
    }
  }
}

extension SourceFile {
  /// Opens the file and detects its form.
  ///
  /// - Returns: The form, and a reader of the file from its start. Delimited text in UTF-16 is read as UTF-8.
  package func detectForm() throws(TableFailure) -> (form: FileForm, read: ByteFeed.Read) {
    let rest = try open()
    var opening = [UInt8](repeating: 0, count: FileForm.openingLength)
    let count = try opening.fill(from: rest)
    opening.removeSubrange(count...)
    let form = try FileForm(opening, file: name)
    let read = UTF8Feed.prefixed(opening, rest)
    if case .delimited(let text) = form, text.isUTF16 { return (form, try UTF8Feed.read(read)) }
    return (form, read)
  }
}
