/// A table of a report: one header row, and rows of cells whose first cell names the row.
public struct Table: Sendable {
  /// A name unique in its report, of letters, digits and underscores, starting with a letter: `Absence_by_year`.
  public let name: String
  public let title: String
  public let columns: [Column]
  public let rows: [[Cell]]
  /// What a reader must know to read this table: the rule behind it, what is left out.
  public let notes: [String]
  public let source: String
  public let look: Look

  public init(
    _ name: String, title: String, columns: [Column], rows: [[Cell]], notes: [String] = [],
    source: String = "Attendance registers of the school", look: Look = .plain
  ) {
    self.name = name
    self.title = title
    self.columns = columns
    self.rows = rows
    self.notes = notes
    self.source = source
    self.look = look
  }

  /// The source of tables about all schools.
  static let ofTheTrust = "Attendance registers of the trust's schools"

  /// A column; the header carries the unit.
  public struct Column: Hashable, Sendable {
    public let header: String
    public let holds: Content

    public init(_ header: String, _ holds: Content = .number) {
      self.header = header
      self.holds = holds
    }

    public enum Content: Hashable, Sendable {
      case text, number, percent, day
    }
  }

  /// How a page shows the table.
  public enum Look: Hashable, Sendable {
    case plain
    /// Cells of the columns that hold per cent are shaded by their value.
    case heat
    /// The column at this place is drawn as a bar beside its figure; a line marks the value of the row at `mark`.
    case bars(column: Int, mark: Int?)
    /// A working list for staff, which may be long: filters in the workbook, the first rows on the page.
    case list
    /// A short list of pupils whose cells are sentences: whole on the page, without filters.
    case words
    /// A working list with too many columns for a page: it stands in the workbook only.
    case wideList
    /// A table whose parts stand on the page as excerpts: it stands in the workbook only.
    case sheet
    /// A part of a table that has a sheet of its own: it stands on the page only.
    case excerpt

    /// Whether staff work through the table pupil by pupil.
    public var isWorkingList: Bool { self == .list || self == .wideList }
  }
}

/// A chart of the figures of one table of its section; it holds none of its own.
public struct Chart: Sendable {
  public let kind: Kind
  /// At most ten words that say the message.
  public let title: String
  /// The title where figures are withheld, which says no message that could give one away.
  public let plainTitle: String
  /// What is drawn, its unit and its period.
  public let caption: String
  /// The chart in words, for those who do not see it.
  public let description: String
  /// The name of the table that holds the figures.
  public let table: String
  /// The column whose cells name the points or bars.
  public let categories: Int
  /// The columns that are drawn, four at most; five in a funnel.
  public let series: [Int]

  public init(
    _ kind: Kind, title: String, caption: String, description: String, table: String, categories: Int = 0,
    series: [Int], plainTitle: String? = nil
  ) {
    self.kind = kind
    self.title = title
    self.plainTitle = plainTitle ?? title
    self.caption = caption
    self.description = description
    self.table = table
    self.categories = categories
    self.series = series
  }

  public enum Kind: Hashable, Sendable {
    /// Two values of each row as dots on a line between them.
    case gap
    /// A value of each row as a dot, on a line from a lower to an upper bound: three series; the last row is the whole.
    case dots
    case bars, columns, line
    /// A value of each row as a dot over the number in the column of categories, between limits: five series, the value, then
    /// lower and upper limits, the inner first. Rows stand in the order of that number.
    case funnel
  }
}
