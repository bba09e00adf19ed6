import Tabular

/// A list of a system's attendance codes: the id by which its registers name a mark, and the code.
enum CodeList {
  static func read<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>
  ) throws(TableFailure) -> [String: String] {
    var table = table
    let id = try table.require(table.header.has(.codeID) ? .codeID : .pupilID)
    let code = try table.require(.mark)
    var codes: [String: String] = [:]
    while try table.rows.next() {
      let written = table.rows.text(id)
      if !written.isEmpty { codes[written] = table.rows.text(code) }
    }
    return codes
  }
}
