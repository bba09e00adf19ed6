import Foundation
import FoundationXML
import Testing

@testable import Workbooks

/// A workbook that is read with other tools than those that wrote it.
struct OpenedWorkbook {
  /// The parts of the file by their paths.
  let parts: [String: String]
  let sheets: [OpenedSheet]

  init(path: String) throws {
    let folder = NSTemporaryDirectory() + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let unzip = Process()
    unzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    unzip.arguments = ["unzip", "-q", path, "-d", folder]
    try unzip.run()
    unzip.waitUntilExit()
    try #require(unzip.terminationStatus == 0)
    var parts: [String: String] = [:]
    for part in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      parts[part] = try? String(contentsOfFile: folder + "/" + part, encoding: .utf8)
    }
    self.parts = parts
    let strings = try XMLDocument(xmlString: try #require(parts["xl/sharedStrings.xml"]))
      .nodes(forXPath: "//*[local-name()='si']").map { $0.stringValue ?? "" }
    let book = try XMLDocument(xmlString: try #require(parts["xl/workbook.xml"]))
    sheets = try book.elements("sheet").enumerated().map { index, element in
      let xml = try #require(parts["xl/worksheets/sheet\(index + 1).xml"])
      return try OpenedSheet(name: element["name"], xml: xml, strings: strings)
    }
    // Tests loop over the sheets, and would pass without any.
    try #require(!sheets.isEmpty)
  }

  func sheet(_ name: String) throws -> OpenedSheet {
    try #require(sheets.first { $0.name == name }, "no sheet \(name) among \(sheets.map(\.name))")
  }

  /// Returns the sheet with a title in A1.
  func sheet(titled title: String) throws -> OpenedSheet {
    try #require(sheets.first { $0["A1"]?.text == title }, "no title \(title)")
  }

  func documents(in folder: String) throws -> [XMLDocument] {
    try parts.keys.filter { $0.hasPrefix(folder) && $0.hasSuffix(".xml") }
      .sorted { ($0.count, $0) < ($1.count, $1) }
      .map { try XMLDocument(xmlString: parts[$0] ?? "") }
  }

  var tables: [XMLElement] {
    get throws { try documents(in: "xl/tables/").compactMap { $0.rootElement() } }
  }

  var charts: [XMLDocument] { get throws { try documents(in: "xl/charts/chart") } }

  /// Returns the texts of the cells in a reference such as `'1 Rates'!$A$4:$A$6` or `('a'!$A$1,'a'!$A$3)`.
  func values(at reference: String) throws -> [String] {
    let bare = reference.trimmingCharacters(in: CharacterSet(charactersIn: "()"))
    return try bare.split(separator: ",").flatMap { range in
      let halves = range.split(separator: "!")
      let sheet = try sheet(String(halves[0].dropFirst().dropLast()))
      let ends = halves[1].split(separator: ":").map { $0.split(separator: "$") }
      let first = try #require(Int(ends[0][1]))
      let last = try #require(Int(ends[ends.count - 1][1]))
      return (first...last).map { sheet["\(ends[0][0])\($0)"]?.formatted ?? "" }
    }
  }
}

struct OpenedSheet {
  let name: String
  let document: XMLDocument
  private let cells: [String: OpenedCell]

  init(name: String, xml: String, strings: [String]) throws {
    self.name = name
    document = try XMLDocument(xmlString: xml)
    var cells: [String: OpenedCell] = [:]
    for cell in try document.elements("c") {
      let value = cell.elements(forName: "v").first?.stringValue ?? ""
      let isText = cell["t"] == "s"
      cells[cell["r"]] = OpenedCell(
        text: isText ? strings[try #require(Int(value))] : nil, number: isText ? nil : Double(value),
        isFormula: !cell.elements(forName: "f").isEmpty, style: Int(cell["s"]) ?? 0)
    }
    self.cells = cells
  }

  subscript(address: String) -> OpenedCell? { cells[address] }

  /// The texts of the rows, each from column A.
  var rows: [[String]] {
    get throws {
      try document.elements("row").map { row in
        row.elements(forName: "c").map { cells[$0["r"]]?.formatted ?? "" }
      }
    }
  }

  var firstColumn: [String] { get throws { try rows.map { $0.first ?? "" } } }
}

struct OpenedCell: Equatable {
  let text: String?
  let number: Double?
  let isFormula: Bool
  let style: Int

  var formatted: String { text ?? number.map { "\($0)" } ?? "" }
}

extension XMLDocument {
  func elements(_ name: String) throws -> [XMLElement] {
    try nodes(forXPath: "//*[local-name()='\(name)']").compactMap { $0 as? XMLElement }
  }
}

extension XMLElement {
  subscript(attribute: String) -> String { attributes?.first { $0.name == attribute }?.stringValue ?? "" }
}
