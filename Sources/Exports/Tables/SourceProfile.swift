/// What a trust file says of a school's exports where detection needs overruling.
package struct SourceProfile: Hashable, Sendable {
  /// Missing: nil when the layout is to be found from the file.
  package var layout: Layout?
  /// The sheet of a workbook to read. Missing: nil for every sheet that holds a table.
  package var sheet: String?
  /// The first row of the header, as a spreadsheet counts it. Missing: nil when it is to be found.
  package var headerRow: Int?
  /// What the exports call the school. Missing: nil for its name.
  package var school: String?
  /// The header that holds a column, by column.
  package var columns: [Column: String] = [:]
  /// Missing: nil when the form of dates is to be found from the file.
  package var dates: DateOrder?
  /// What a mark of this source stands for, such as `;` for `I02`.
  package var marks: [String: String] = [:]

  package init() {}

  package enum DateOrder: String, CaseIterable, Sendable {
    case dayFirst = "day-first"
    case yearFirst = "year-first"
    case monthFirst = "month-first"
  }
}
