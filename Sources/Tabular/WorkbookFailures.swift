extension WorkbookParts {
  /// The words for a zip file that cannot be read, for someone who knows it as a workbook.
  static func failure(_ failure: ZipFailure, file: String, place: String?) -> TableFailure {
    let reason: String
    var remedy = remedy
    switch failure {
    case .outOfMemory: return .unreadable(file: file, reason: "out of memory")
    case .incomplete:
      reason = "the workbook ends early: it was not copied or downloaded to its end"
      remedy = "Copy or download it again, or export it again."
    case .damaged:
      reason = "the workbook is damaged"
      remedy = "Export it again, or open it in Excel and let it be repaired, then save it as .xlsx."
    case .encrypted:
      reason = "the workbook is protected with a password"
      remedy = "Save it without a password."
    case .unknownCompression: reason = "the workbook is compressed in an unusual way"
    case .tooManyParts: reason = "the file has more parts than any workbook"
    case .tooLarge:
      reason = "the workbook grows beyond all measure when it is opened"
      remedy = "Do not open it unless you know where it is from; export it again."
    }
    return .unusable(file: file, place: place, reason: reason, remedy: remedy)
  }

  /// The part that lists the sheets.
  ///
  /// Throws: where the file is a zip file of another kind.
  func mainPart() throws(TableFailure) -> String {
    let main = try references(of: "").first { $0.kind == "officeDocument" }?.part ?? "xl/workbook.xml"
    if main.hasSuffix(".bin") || archive.place(of: "xl/workbook.bin") != nil {
      throw unlike("it is a binary workbook (.xlsb)", "Open it in Excel and save it as .xlsx or CSV.")
    }
    let isWorkbook = main.hasSuffix("workbook.xml") || archive.place(of: "xl/worksheets/sheet1.xml") != nil
    if archive.place(of: main) != nil, isWorkbook { return main }
    if archive.place(of: "mimetype") != nil, archive.place(of: "content.xml") != nil {
      throw unlike(
        "it is an OpenDocument file (.ods)", "Open it in LibreOffice or Excel and save it as .xlsx or CSV.")
    }
    if archive.place(of: "[Content_Types].xml") == nil {
      throw unlike("it is a zip file, not a workbook", "Unpack it and name the export inside it.")
    }
    throw unlike("it holds no workbook (xl/workbook.xml is missing)", "Export it again as .xlsx or CSV.")
  }

  private func unlike(_ reason: String, _ remedy: String) -> TableFailure {
    .unusable(file: file, place: nil, reason: reason, remedy: remedy)
  }
}

extension Workbook {
  /// Why a file is no workbook of today, as far as its first bytes tell. Missing: nil when it is a zip file.
  static func refusal(ofOpening bytes: [UInt8], file: String) -> TableFailure? {
    if bytes.isEmpty { return .empty(file: file) }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      let isEncrypted = bytes.contains("EncryptedPackage".utf16)
      return .unusable(
        file: file, place: nil,
        reason: isEncrypted
          ? "the workbook is protected with a password" : "it is a workbook of an old kind (.xls)",
        remedy: isEncrypted ? "Save it without a password." : "Open it in Excel and save it as .xlsx or CSV.")
    }
    if bytes.starts(with: [0x50, 0x4B]) { return nil }
    let root = XMLRecords.rootName(of: Array(bytes.prefix(1024)))
    if let refused = XMLRecords.refusal(ofRoot: root, file: file) { return refused }
    return .unusable(
      file: file, place: nil, reason: "it is not a workbook, whatever its name says",
      remedy: "Export it again as .xlsx or CSV.")
  }
}

extension [UInt8] {
  /// Whether the text stands somewhere in the bytes as UTF-16, the lower byte first.
  fileprivate func contains(_ text: some Sequence<UInt16>) -> Bool {
    let wanted = text.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    guard let first = wanted.first, count >= wanted.count else { return false }
    return withUnsafeBufferPointer { bytes in
      (0...(bytes.count - wanted.count)).contains { start in
        bytes[start] == first && wanted.indices.allSatisfy { bytes[start + $0] == wanted[$0] }
      }
    }
  }
}
