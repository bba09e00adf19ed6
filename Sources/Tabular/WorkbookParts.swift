/// The parts of a workbook's file and what they refer to.
///
/// Source: ECMA-376, part 2 (open packaging conventions) and part 1, 18.2 (workbook).
package struct WorkbookParts {
  let archive: ZipArchive
  let file: String

  struct Reference {
    let id: String
    /// The last word of the type, which is the same in the transitional and the strict form, such as
    /// `worksheet`.
    let kind: String
    /// From the root of the file.
    let part: String
  }

  package static let remedy = "Open it in Excel, save it again as .xlsx and use that file."
  /// Unit: bytes of the parts that say what is where.
  private static let largestIndex = 16 << 20

  /// What a part refers to. Missing: empty where it refers to nothing.
  func references(of part: String) throws(TableFailure) -> [Reference] {
    let folder = part.split(separator: "/").dropLast()
    let name = part.split(separator: "/").last ?? ""
    let place = (folder + ["_rels", "\(name).rels"]).joined(separator: "/")
    guard archive.place(of: place) != nil else { return [] }
    return try elements(of: place, named: ["Relationship"]).compactMap { element in
      guard let id = element.attributes["Id"], let type = element.attributes["Type"],
        let target = element.attributes["Target"], element.attributes["TargetMode"] != "External"
      else { return nil }
      let kind = type.split(separator: "/").last.map(String.init) ?? type
      return Reference(id: id, kind: kind, part: WorkbookParts.resolve(target, from: folder))
    }
  }

  /// The elements of a small part that have one of the names, in its order.
  func elements(of part: String, named names: Set<String>) throws(TableFailure) -> [ElementList.Element] {
    let list = ElementList(names)
    try scan(part, largest: WorkbookParts.largestIndex, words: nil, handler: list)
    return list.found
  }

  /// Reads a part to its end.
  func scan(
    _ part: String, largest: Int, words: String?, handler: XMLHandler
  ) throws(TableFailure) {
    var scan = try XMLScan(
      try reader(of: part, largest: largest, words: words), handler: handler,
      words: XMLScan.Words(file: file, part: words ?? part, remedy: WorkbookParts.remedy))
    while try scan.run() == .paused {}
  }

  /// Gives the bytes of a part.
  func reader(of part: String, largest: Int, words: String?) throws(TableFailure) -> ByteFeed.Read {
    guard let place = archive.place(of: part) else {
      throw .unusable(
        file: file, place: words ?? part, reason: "the workbook is damaged: this part of it is missing",
        remedy: WorkbookParts.remedy)
    }
    let opened: OpenPart
    do { opened = OpenPart(try archive.part(at: place, largest: largest)) } catch {
      throw WorkbookParts.failure(error, file: file, place: words)
    }
    let file = file
    return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
      do throws(ZipFailure) { return try opened.part.read(into: buffer) } catch {
        throw WorkbookParts.failure(error, file: file, place: words)
      }
    }
  }

  /// A closure cannot hold a part itself, which is not copyable.
  private final class OpenPart {
    var part: ZipPart
    init(_ part: consuming ZipPart) { self.part = part }
  }

  /// A target as a path from the root of the file: `/xl/a.xml`, `a.xml` and `../a.xml` are all in use.
  private static func resolve(_ target: String, from folder: ArraySlice<Substring>) -> String {
    var path = target.hasPrefix("/") ? [] : Array(folder)
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = path.popLast() } else { path.append(step) }
    }
    return path.joined(separator: "/")
  }
}

/// Elements of a small document by their names, with all their attributes.
final class ElementList: XMLHandler {
  struct Element {
    let name: String
    /// By name without prefix.
    let attributes: [String: String]
  }

  private let names: Set<String>
  private(set) var found: [Element] = []

  private static let most = 20_000

  init(_ names: Set<String>) { self.names = names }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    let name = String(decoding: name.bytes, as: UTF8.self)
    guard names.contains(name) else { return }
    var values: [String: String] = [:]
    for (name, value) in attributes {
      values[String(decoding: name.bytes, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
    }
    found.append(Element(name: name, attributes: values))
    if found.count > ElementList.most { refuse("it lists more than \(ElementList.most) parts") }
  }
}
