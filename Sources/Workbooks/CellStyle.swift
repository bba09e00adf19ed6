/// How a cell of a workbook looks; each style becomes one format of the file.
enum CellStyle {
  case title
  /// A line above a table, which runs on over the empty cells beside it.
  case line
  case heading
  /// A line of a sheet without a table, wrapped in its column.
  case paragraph
  /// A header of a table; the button of a filter covers its end.
  case header(Side, hasButton: Bool)
  case link(inTable: Bool)
  case cell(Shown, Side)

  /// Where a value stands in its cell.
  enum Side: Int {
    case left
    /// At the left, clear of figures in the column before.
    case inset
    case right
  }

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
    case .link(let inTable): inTable ? 4 : 5
    case .header(let side, let hasButton): (hasButton ? 6 : 9) + side.rawValue
    case .cell(let shown, let side): 12 + 3 * CellStyle.place(of: shown) + side.rawValue
    }
  }

  static let slots = 12 + 3 * (6 + mostPlaces)

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

extension CellStyle {
  /// What a style amounts to, in the terms of a workbook.
  struct Look {
    /// Unit: points.
    var size = 12.0
    var isBold = false
    var isLink = false
    var wraps = false
    var sitsAtBottom = false
    var side = Side.left
    /// Unit: widths of a character or so.
    var indent: UInt8 = 0
    var numberFormat: String?
    var rule: Rule?

    /// The line below a cell.
    enum Rule { case fine, strong }

    static let blue: UInt32 = 0x12436D
    static let grey: UInt32 = 0xD0D0D0
  }

  var look: Look {
    switch self {
    case .title: Look(size: 16, isBold: true)
    case .line: Look()
    case .heading: Look(isBold: true, sitsAtBottom: true)
    case .paragraph: Look(wraps: true)
    case .link(let inTable): Look(isLink: true, wraps: true, rule: inTable ? .fine : nil)
    case .header(let side, let hasButton):
      Look(
        isBold: true, wraps: true, sitsAtBottom: true, side: side,
        indent: side == .inset ? 1 : side == .right && hasButton ? 3 : 0, rule: .strong)
    case .cell(let shown, let side):
      // The fine line below each row is for programs that do not draw the table's own style.
      Look(
        wraps: shown == .text, side: side, indent: side == .inset ? 1 : 0, numberFormat: shown.numberFormat,
        rule: .fine)
    }
  }
}
