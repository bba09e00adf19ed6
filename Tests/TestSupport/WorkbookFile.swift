/// The parts of a small workbook.
package enum WorkbookFile {
  package static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  package static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// A workbook of one sheet, named `Marks`, with these elements inside its `sheetData`.
  package static func zip(rows: String, shared: String? = nil) -> ZipFile {
    var zip = zip(sheet: "<worksheet xmlns=\"\(main)\"><sheetData>\(rows)</sheetData></worksheet>")
    if let shared {
      zip["xl/sharedStrings.xml"] = ZipFile.Part(
        "xl/sharedStrings.xml", "<sst xmlns=\"\(main)\">\(shared)</sst>")
    }
    return zip
  }

  package static func zip(sheet: String) -> ZipFile {
    let sheets = "<sheets><sheet name=\"Marks\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
    return ZipFile(parts: [
      ZipFile.Part("[Content_Types].xml", "<Types/>"),
      ZipFile.Part("_rels/.rels", rels([("rId1", "officeDocument", "xl/workbook.xml")])),
      ZipFile.Part("xl/workbook.xml", workbook(sheets)),
      ZipFile.Part(
        "xl/_rels/workbook.xml.rels",
        rels([
          ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"),
        ])),
      ZipFile.Part("xl/worksheets/sheet1.xml", sheet),
    ])
  }

  package static func workbook(_ inner: String) -> String {
    "<?xml version=\"1.0\"?><workbook xmlns=\"\(main)\" xmlns:r=\"\(relations)\">\(inner)</workbook>"
  }

  package static func rels(_ list: [(id: String, kind: String, target: String)]) -> String {
    let inner = list.map {
      "<Relationship Id=\"\($0.id)\" Type=\"\(relations)/\($0.kind)\" Target=\"\($0.target)\"/>"
    }
    return "<Relationships>\(inner.joined())</Relationships>"
  }
}
