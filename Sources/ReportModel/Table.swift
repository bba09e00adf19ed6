/// A table of a report, with one header row and rows of cells whose first cell is the name of the row.
package struct Table: Sendable {
  /// A name unique in its report, of letters, digits and underscores, starting with a letter: `Absence_by_year`.
  package let name: String
  package let title: String
  package let columns: [Column]
  package let rows: [[Cell]]
  /// Notes for reading the table, such as its rule and what is left out.
  package let notes: [String]
  package let source: String
  package let look: Look
  /// The index of the row with the total, or `nil`.
  package let total: Int?
  /// The index of the column whose values separate blocks of rows, such as half-terms in a table of weeks, or `nil`.
  package let blockColumn: Int?

  package init(
    _ name: String, title: String, columns: [Column], rows: [[Cell]], notes: [String] = [],
    source: String = "Attendance registers of the school", look: Look = .plain, total: Int? = nil,
    blockColumn: Int? = nil
  ) {
    self.name = name
    self.title = title
    self.columns = columns
    self.rows = rows
    self.notes = notes
    self.source = source
    self.look = look
    self.total = total
    self.blockColumn = blockColumn
  }

  /// Creates a table whose cells are the values of its columns in each row.
  package init<Row>(
    _ name: String, title: String, columns: [ReportModel.Column<Row>], rows: [Row], notes: [String] = [],
    source: String = "Attendance registers of the school", look: Look = .plain, total: Int? = nil,
    blockColumn: Int? = nil
  ) {
    self.init(
      name, title: title, columns: columns.map(\.heading),
      rows: rows.map { row in columns.map { $0.value(row) } }, notes: notes, source: source, look: look,
      total: total, blockColumn: blockColumn)
  }

  /// The source of tables about all schools.
  package static let ofTheTrust = "Attendance registers of the trust's schools"

  /// The heading of a column.
  package struct Column: Hashable, Sendable {
    /// The name in data files, or empty for a column of pages and workbooks only.
    package let id: String
    /// The title with its unit.
    package let header: String
    package let unit: Unit
    /// The meaning in a sentence, or empty where the header says it all.
    package let meaning: String

    package init(_ header: String, _ unit: Unit = .number, id: String = "", meaning: String = "") {
      self.header = header
      self.unit = unit
      self.id = id
      self.meaning = meaning
    }
  }

  /// The type of values in a column.
  package enum Unit: Hashable, Sendable {
    case text, day
    /// Whole numbers.
    case number
    case decimal, percent
    /// Yes or no.
    case flag
  }

  /// The way in which a page shows the table.
  package enum Look: Hashable, Sendable {
    case plain
    /// Cells of percentage columns are shaded by their value.
    case heat
    /// The values of a column are drawn as bars beside their figures; a line marks the value of the total row.
    case bars(column: Int)
    /// A working list for staff, which can be long: filters in the workbook, the first rows on the page.
    case list
    /// A short list of pupils whose cells are sentences: complete on the page, without filters.
    case words
    /// A working list with too many columns for a page. It is in the workbook only.
    case wideList
    /// A table whose parts are excerpts on the page. It is in the workbook only.
    case sheet
    /// A part of a table that has a sheet of its own. It is on the page only.
    case excerpt

    /// A Boolean value that indicates whether staff use the table pupil by pupil.
    package var isWorkingList: Bool { self == .list || self == .wideList }
  }
}

/// A chart of the figures of a table in its section. It contains no figures of its own.
package struct Chart: Sendable {
  package let kind: Kind
  /// The message in at most ten words.
  package let title: String
  /// The measure, its unit and its period.
  package let caption: String
  /// The text alternative of the chart.
  package let description: String
  /// The name of the table with the figures.
  package let table: String
  /// The index of the column with the names of the points or bars.
  package let categories: Int
  /// The indices of the columns that are drawn: at most four, or five in a funnel.
  package let series: [Int]

  package init(
    _ kind: Kind, title: String, caption: String, description: String, table: String, categories: Int = 0,
    series: [Int]
  ) {
    self.kind = kind
    self.title = title
    self.caption = caption
    self.description = description
    self.table = table
    self.categories = categories
    self.series = series
  }

  package enum Kind: Hashable, Sendable {
    /// Two values of each row as dots on a line between them.
    case gap
    /// A value of each row as a dot, on a line from a lower to an upper bound. It has three series, and the last row is
    /// the total.
    case dots
    case bars, columns, line
    /// A value of each row as a dot over the number in the column of categories, between limits.
    ///
    /// It has five series: the value, then the lower and upper limits, the inner first. Rows are in the order of that
    /// number.
    case funnel
  }
}
