/// How a cell of a workbook looks; each style becomes one format of the file.
enum CellStyle {
  case title
  /// A line above a table, which runs on over the empty cells beside it.
  case line
  case heading
  /// A line of a sheet without a table, wrapped in its column.
  case paragraph
  case header(Side)
  case link
  case cell(Shown, Side)

  enum Side: Int { case left, right }

  /// How a value is shown.
  enum Shown: Equatable {
    case text, count, percent, points, day
    case decimal(places: Int)

    /// Nil for text.
    var numberFormat: String? {
      switch self {
      case .text: nil
      case .count: "#,##0"
      case .percent: "0.0"
      case .points: "+0.0;-0.0;0.0"
      // The language is named, so that the month is in English on any machine.
      case .day: "[$-809]d mmmm yyyy"
      case .decimal(let places): places > 0 ? "#,##0." + String(repeating: "0", count: places) : "#,##0"
      }
    }
  }

  /// The style's place in a list of formats.
  var slot: Int {
    switch self {
    case .title: 0
    case .line: 1
    case .heading: 2
    case .paragraph: 3
    case .link: 4
    case .header(let side): 5 + side.rawValue
    case .cell(let shown, let side): 7 + 2 * CellStyle.place(of: shown) + side.rawValue
    }
  }

  static let slots = 7 + 2 * (6 + mostPlaces)

  /// Beyond this, decimals are kept in the value but not shown.
  private static let mostPlaces = 9

  private static func place(of shown: Shown) -> Int {
    switch shown {
    case .text: 0
    case .count: 1
    case .percent: 2
    case .points: 3
    case .day: 4
    case .decimal(let places): 5 + min(max(places, 0), mostPlaces)
    }
  }
}
