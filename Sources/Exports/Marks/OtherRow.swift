/// Rows that are none of a pupil.
enum OtherRow {
  /// Whether a text opens a line that closes a table or a page.
  static func isClosing(_ text: String) -> Bool {
    guard !text.isEmpty else { return false }
    let words = text.lowercased()
    return [
      "total", "totals", "present", "absent", "authorised", "unauthorised", "number of", "percentage", "%",
      "average",
      "printed", "report", "page", "end of", "records", "rows", "late", "missing", "possible", "attendance",
    ].contains { words.hasPrefix($0) && words.dropFirst($0.count).first?.isLetter != true }
  }

  /// Whether a text opens a legend of codes, below which no pupil stands.
  static func isLegend(_ text: String) -> Bool {
    let words = text.lowercased()
    return ["key", "legend", "codes", "attendance codes", "code", "mark codes", "register codes"].contains {
      words == $0 || words.hasPrefix($0 + ":") || words.hasPrefix($0 + " ") && words.utf8.count < 40
    }
  }
}
