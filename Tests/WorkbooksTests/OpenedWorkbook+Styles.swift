import FoundationXML
import Testing

/// The formats of the cells of a workbook, read from its styles.
extension OpenedWorkbook {
  struct Font: Equatable {
    let name: String
    /// The font size in points.
    let size: Double
    let isBold: Bool
  }

  private func styles() throws -> XMLDocument {
    try XMLDocument(xmlString: try #require(parts["xl/styles.xml"]))
  }

  /// The attributes of a cell's format, and those of its alignment.
  func style(of cell: OpenedCell) throws -> (format: XMLElement, alignment: XMLElement?) {
    let formats = try styles().nodes(forXPath: "//*[local-name()='cellXfs']/*[local-name()='xf']")
    let format = try #require(formats[cell.style] as? XMLElement)
    return (format, format.elements(forName: "alignment").first)
  }

  func font(of cell: OpenedCell) throws -> Font {
    let fonts = try styles().nodes(forXPath: "//*[local-name()='fonts']/*[local-name()='font']")
    let number = try style(of: cell).format["fontId"]
    let place = try #require(Int(number))
    let font = try #require(fonts[place] as? XMLElement)
    let size = try #require(font.elements(forName: "sz").first)["val"]
    return Font(
      name: try #require(font.elements(forName: "name").first)["val"], size: try #require(Double(size)),
      isBold: !font.elements(forName: "b").isEmpty)
  }

  /// The sheets that have a table, each with it.
  var tabled: [(sheet: OpenedSheet, table: XMLElement)] {
    get throws {
      let sheets = try sheets.filter { try !$0.document.elements("tablePart").isEmpty }
      let tables = try tables
      try #require(sheets.count == tables.count && !tables.isEmpty)
      return Array(zip(sheets, tables))
    }
  }
}

extension OpenedSheet {
  /// The cells that hold something.
  var written: [OpenedCell] {
    get throws { try document.elements("c").compactMap { self[$0["r"]] }.filter { !$0.formatted.isEmpty } }
  }

  /// The cells of a range such as `A4:C9` that begins in column A and has at most 26 columns, row by row; one that is not in the
  /// file counts as empty.
  func cells(in range: String) throws -> [OpenedCell] {
    let ends = range.split(separator: ":")
    let first = try #require(Int(ends[0].dropFirst()))
    let last = try #require(Int(ends[1].dropFirst()))
    let column = try #require(ends[1].unicodeScalars.first)
    return (first...last).flatMap { row in
      (UInt8(ascii: "A")...UInt8(ascii: column)).map {
        self["\(UnicodeScalar($0))\(row)"] ?? OpenedCell(text: nil, number: nil, isFormula: false, style: 0)
      }
    }
  }
}
