import Foundation
import FoundationXML
import Testing

/// A workbook read with other tools than the library that wrote it.
struct UnzippedWorkbook {
  let sheets: [UnzippedSheet]

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
    let document = { (name: String) in
      try XMLDocument(xmlString: try String(contentsOfFile: "\(folder)/xl/\(name)", encoding: .utf8))
    }
    let strings = try document("sharedStrings.xml").nodes(forXPath: "//*[local-name()='si']")
      .map { $0.stringValue ?? "" }
    sheets = try document("workbook.xml").elements("sheet").enumerated().map { index, element in
      let sheet = try document("worksheets/sheet\(index + 1).xml")
      return try UnzippedSheet(name: element["name"], sheet, strings: strings)
    }
  }
}

/// The texts and merged ranges of a sheet.
struct UnzippedSheet {
  let name: String
  /// The merged ranges, such as `F6:G6`.
  let mergedRanges: Set<String>
  /// The texts of the cells that are not blank, by row and column.
  private let rows: [Int: [Int: String]]

  init(name: String, _ document: XMLDocument, strings: [String]) throws {
    self.name = name
    mergedRanges = Set(try document.elements("mergeCell").map { $0["ref"] })
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

  /// The text of a cell, which is empty for a blank cell. Rows and columns count from 1.
  subscript(row: Int, column: Int) -> String { rows[row]?[column] ?? "" }

  /// The numbers of the last row and column that are not blank.
  var size: (rows: Int, columns: Int) {
    (rows.keys.max() ?? 0, rows.values.compactMap { $0.keys.max() }.max() ?? 0)
  }

  /// Returns the rows with `text` in `column`.
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
