/// A file of a showcase school's export, and what is wrong in it on purpose.
struct ExportedFile {
  /// The name in the school's folder.
  let name: String
  let content: Content
  let dirt: [Place]

  enum Content {
    case text([UInt8])
    case workbook(SheetBook)
  }

  /// Where something is wrong, and what.
  struct Place {
    /// The sheet of a workbook. Missing: empty for a file that has none, or one.
    var sheet = ""
    let row: Int
    let kind: DirtyRow.Kind
  }

  /// Throws: when a workbook cannot be made.
  func bytes() throws(SampleFailure) -> [UInt8] {
    switch content {
    case .text(let bytes): bytes
    case .workbook(let book): try BookWriting.bytes(of: book, named: name)
    }
  }

  func dirtyRows(in folder: String) -> [DirtyRow] {
    dirt.map { DirtyRow(file: "\(folder)/\(name)", sheet: $0.sheet, row: $0.row, kind: $0.kind) }
  }
}
