import Foundation
import FoundationXML
import Testing

/// A workbook taken apart with other tools than the one that made it.
struct OpenedBook {
  let sheets: [OpenedSheet]

  init(_ bytes: [UInt8]) throws {
    let folder = NSTemporaryDirectory() + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/book.xlsx"))
    let unzip = Process()
    unzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    unzip.arguments = ["unzip", "-q", folder + "/book.xlsx", "-d", folder]
    try unzip.run()
    unzip.waitUntilExit()
    try #require(unzip.terminationStatus == 0)
    let part = { (name: String) in
      try XMLDocument(xmlString: try String(contentsOfFile: "\(folder)/xl/\(name)", encoding: .utf8))
    }
    let strings = try part("sharedStrings.xml").nodes(forXPath: "//*[local-name()='si']")
      .map { $0.stringValue ?? "" }
    sheets = try part("workbook.xml").elements("sheet").enumerated().map { place, element in
      let sheet = try part("worksheets/sheet\(place + 1).xml")
      return try OpenedSheet(name: element["name"], sheet, strings: strings)
    }
  }
}

/// What the cells of a sheet hold, and which of them are merged.
struct OpenedSheet {
  let name: String
  let merges: Set<String>
  /// The rows, each with the texts of its cells that are not blank.
  private let rows: [Int: [Int: String]]

  init(name: String, _ document: XMLDocument, strings: [String]) throws {
    self.name = name
    merges = Set(try document.elements("mergeCell").map { $0["ref"] })
    var rows: [Int: [Int: String]] = [:]
    for cell in try document.elements("c") {
      guard let value = cell.elements(forName: "v").first?.stringValue else { continue }
      let letters = cell["r"].prefix { $0.isLetter }
      let column = letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
      let row = try #require(Int(cell["r"].dropFirst(letters.count)))
      rows[row, default: [:]][column] = cell["t"] == "s" ? strings[try #require(Int(value))] : value
    }
    self.rows = rows
  }

  /// A cell's text; rows and columns count from 1. Missing: empty for a blank cell.
  subscript(row: Int, column: Int) -> String { rows[row]?[column] ?? "" }

  /// The last row and column that hold anything.
  var size: (rows: Int, columns: Int) {
    (rows.keys.max() ?? 0, rows.values.compactMap { $0.keys.max() }.max() ?? 0)
  }

  /// The rows of a column whose text is this.
  func rows(with text: String, in column: Int) -> [Int] {
    rows.filter { $0.value[column] == text }.keys.sorted()
  }
}

extension XMLDocument {
  fileprivate func elements(_ name: String) throws -> [XMLElement] {
    try nodes(forXPath: "//*[local-name()='\(name)']").compactMap { $0 as? XMLElement }
  }
}

extension XMLElement {
  fileprivate subscript(attribute: String) -> String {
    attributes?.first { $0.name == attribute }?.stringValue ?? ""
  }
}
