/// The parts of a workbook's file and their references.
///
/// Source: ECMA-376, part 2 (open packaging conventions) and part 1, 18.2 (workbook).
package struct WorkbookParts {
  let archive: ZipArchive
  let file: String

  struct Reference {
    let id: String
    /// The last word of the type, such as `worksheet`, which is the same in the transitional and the strict
    /// form.
    let kind: String
    /// The path from the root of the file.
    let part: String
  }

  package static let remedy = "Open it in Excel, save it again as .xlsx and use that file."
  /// The maximum size in bytes of the parts that list other parts.
  private static let maxIndexSize = 16 << 20

  /// Returns the references of a part, empty if it has none.
  func references(of part: String) throws(TableFailure) -> [Reference] {
    let folder = part.split(separator: "/").dropLast()
    let name = part.split(separator: "/").last ?? ""
    let path = (folder + ["_rels", "\(name).rels"]).joined(separator: "/")
    guard archive.index(of: path) != nil else { return [] }
    return try elements(of: path, named: ["Relationship"]).compactMap { element in
      guard let id = element.attributes["Id"], let type = element.attributes["Type"],
        let target = element.attributes["Target"], element.attributes["TargetMode"] != "External"
      else { return nil }
      let kind = type.split(separator: "/").last.map(String.init) ?? type
      return Reference(id: id, kind: kind, part: WorkbookParts.resolve(target, from: folder))
    }
  }

  /// Returns the elements of a small part that have one of the names, in order.
  func elements(of part: String, named names: Set<String>) throws(TableFailure) -> [ElementList.Element] {
    let list = ElementList(names)
    try scan(part, maxSize: WorkbookParts.maxIndexSize, location: nil, handler: list)
    return list.found
  }

  /// Reads a part to its end.
  func scan(
    _ part: String, maxSize: Int, location: String?, handler: XMLHandler
  ) throws(TableFailure) {
    var scan = try XMLScan(
      try reader(of: part, maxSize: maxSize, location: location), handler: handler,
      source: XMLScan.Source(file: file, part: location ?? part, remedy: WorkbookParts.remedy))
    while try scan.run() == .paused {}
  }

  /// Returns a reader of the bytes of a part.
  func reader(of part: String, maxSize: Int, location: String?) throws(TableFailure) -> ByteFeed.Read {
    guard let index = archive.index(of: part) else {
      throw .unusable(
        file: file, location: location ?? part, reason: "the workbook is damaged: this part of it is missing",
        remedy: WorkbookParts.remedy)
    }
    let opened: OpenPart
    do { opened = OpenPart(try archive.part(at: index, largest: maxSize)) } catch {
      throw WorkbookParts.failure(error, file: file, location: location)
    }
    let file = file
    return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
      do throws(ZipFailure) { return try opened.part.read(into: buffer) } catch {
        throw WorkbookParts.failure(error, file: file, location: location)
      }
    }
  }

  /// A box for a part, since a closure cannot capture a value that is not copyable.
  private final class OpenPart {
    var part: ZipPart
    init(_ part: consuming ZipPart) { self.part = part }
  }

  /// Returns a target as a path from the root of the file: `/xl/a.xml`, `a.xml` and `../a.xml` are all in
  /// use.
  private static func resolve(_ target: String, from folder: ArraySlice<Substring>) -> String {
    var path = target.hasPrefix("/") ? [] : Array(folder)
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = path.popLast() } else { path.append(step) }
    }
    return path.joined(separator: "/")
  }
}

/// A handler that lists the elements with certain names, with all their attributes.
final class ElementList: XMLHandler {
  struct Element {
    let name: String
    /// The attributes, by name without prefix.
    let attributes: [String: String]
  }

  private let names: Set<String>
  private(set) var found: [Element] = []

  private static let maxCount = 20_000

  init(_ names: Set<String>) { self.names = names }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    let name = String(decoding: name.bytes, as: UTF8.self)
    guard names.contains(name) else { return }
    var values: [String: String] = [:]
    for (name, value) in attributes {
      values[String(decoding: name.bytes, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
    }
    found.append(Element(name: name, attributes: values))
    if found.count > ElementList.maxCount { refuse("it lists more than \(ElementList.maxCount) parts") }
  }
}

extension WorkbookParts {
  /// Returns the failure of a zip file that cannot be read, worded for a workbook.
  static func failure(_ failure: ZipFailure, file: String, location: String?) -> TableFailure {
    let remedy =
      switch failure {
      case .incomplete: "Copy or download it again, or export it again."
      case .damaged: "Export it again, or open it in Excel, let Excel repair it and save it as .xlsx."
      case .encrypted: "Save it without a password."
      case .tooLarge: "Do not open it unless you trust its source. Export it again."
      case .outOfMemory, .unknownCompression, .tooManyParts: remedy
      }
    return failure.asTableFailure(of: "workbook", file: file, location: location, remedy: remedy)
  }

  /// Returns the part that lists the sheets.
  ///
  /// - Throws: A failure if the file is a zip file of another kind.
  func mainPart() throws(TableFailure) -> String {
    let main = try references(of: "").first { $0.kind == "officeDocument" }?.part ?? "xl/workbook.xml"
    if main.hasSuffix(".bin") || archive.index(of: "xl/workbook.bin") != nil {
      throw unusable("it is a binary workbook (.xlsb)", "Open it in Excel and save it as .xlsx or CSV.")
    }
    let isWorkbook = main.hasSuffix("workbook.xml") || archive.index(of: "xl/worksheets/sheet1.xml") != nil
    if archive.index(of: main) != nil, isWorkbook { return main }
    if archive.index(of: "mimetype") != nil, archive.index(of: "content.xml") != nil {
      throw unusable(
        "it is an OpenDocument file (.ods)", "Open it in LibreOffice or Excel and save it as .xlsx or CSV.")
    }
    if archive.index(of: "[Content_Types].xml") == nil {
      throw unusable("it is a zip file, not a workbook", "Extract it and use the export inside it.")
    }
    throw unusable("it has no workbook (xl/workbook.xml is missing)", "Export it again as .xlsx or CSV.")
  }

  private func unusable(_ reason: String, _ remedy: String) -> TableFailure {
    .unusable(file: file, location: nil, reason: reason, remedy: remedy)
  }
}
