import Registers
import ReportModel

/// The style of a cell in a workbook. Each style becomes one format of the file.
enum CellStyle {
  case title
  /// A line above a table, which overflows into the empty cells to its right.
  case line
  case heading
  /// A wrapped paragraph on a sheet without a table.
  case paragraph
  /// A header of a table, whose end is covered if it has a filter button.
  case header(Side, hasButton: Bool)
  case link(inTable: Bool)
  case cell(NumberStyle, Side)

  /// The alignment of a value in its cell.
  enum Side: Int {
    case left
    /// At the left with an indent, separate from the figures in the column before.
    case inset
    case right
  }

  /// The number format of a value.
  enum NumberStyle: Equatable {
    case text, count, percent, points, wholePoints, day
    case decimal(digits: Int)

    /// The format code, or `nil` for text.
    var format: String? {
      switch self {
      case .text: nil
      case .count: "#,##0"
      case .percent: "0.0"
      case .points: "+0.0;-0.0;0.0"
      case .wholePoints: "+0;-0;0"
      // The language code makes the month English on every computer.
      case .day: "[$-809]d mmmm yyyy"
      case .decimal(let digits): digits > 0 ? "#,##0." + String(repeating: "0", count: digits) : "#,##0"
      }
    }
  }

  /// The index of the style in a list of formats.
  var index: Int {
    switch self {
    case .title: 0
    case .line: 1
    case .heading: 2
    case .paragraph: 3
    case .link(let inTable): inTable ? 4 : 5
    case .header(let side, let hasButton): (hasButton ? 6 : 9) + side.rawValue
    case .cell(let number, let side): 12 + 3 * CellStyle.index(of: number) + side.rawValue
    }
  }

  /// The number of styles.
  static let count = 12 + 3 * (7 + maxDecimals)

  /// Maximum number of decimals that are shown. Others are kept in the value.
  private static let maxDecimals = 9

  private static func index(of number: NumberStyle) -> Int {
    switch number {
    case .text: 0
    case .count: 1
    case .percent: 2
    case .points: 3
    case .day: 4
    case .wholePoints: 5
    case .decimal(let digits): 6 + min(max(digits, 0), maxDecimals)
    }
  }
}

extension CellStyle {
  /// The properties of a style in the terms of a workbook.
  struct Appearance {
    /// The font size in points.
    var size = 12.0
    var isBold = false
    var isLink = false
    var isWrapped = false
    var isAtBottom = false
    var side = Side.left
    /// The indent in widths of about one character.
    var indent: UInt8 = 0
    var numberFormat: String?
    /// The line below the cell, or `nil` for none.
    var border: Border?

    enum Border { case light, strong }

    static let blue: UInt32 = 0x12436D
    static let grey: UInt32 = 0xD0D0D0
  }

  var appearance: Appearance {
    switch self {
    case .title: Appearance(size: 16, isBold: true)
    case .line: Appearance()
    case .heading: Appearance(isBold: true, isAtBottom: true)
    case .paragraph: Appearance(isWrapped: true)
    case .link(let inTable): Appearance(isLink: true, isWrapped: true, border: inTable ? .light : nil)
    case .header(let side, let hasButton):
      Appearance(
        isBold: true, isWrapped: true, isAtBottom: true, side: side,
        indent: side == .inset ? 1 : side == .right && hasButton ? 3 : 0, border: .strong)
    case .cell(let number, let side):
      // Some programs do not draw the style of the table, so each row has a light line below it.
      Appearance(
        isWrapped: number == .text, side: side, indent: side == .inset ? 1 : 0, numberFormat: number.format,
        border: .light)
    }
  }
}

/// The value that is stored in a cell of a workbook.
enum CellValue {
  case text(String)
  case number(Double, CellStyle.NumberStyle)

  init(_ cell: Cell) {
    switch cell {
    case .text(let text):
      // A screen reader does not say why a cell is empty.
      self = .text(text.allSatisfy(\.isWhitespace) ? Cell.Shorthand.notApplicable.rawValue : text)
    case .shorthand(let shorthand):
      self = .text(shorthand.rawValue)
    case .pupils(let count), .sessions(let count, _), .minutes(let count, _), .number(let count):
      self = .number(Double(count), .count)
    case .rate(let rate, _), .share(let rate):
      self = .number(rate.percent, .percent)
    case .points(let tenths, _):
      self = .number(Double(tenths) / 10, .points)
    case .difference(_, let digits):
      self = .number(cell.value ?? 0, digits == 0 ? .wholePoints : .points)
    case .decimal(_, let digits, _), .percent(_, let digits):
      self = .number(cell.value ?? 0, .decimal(digits: digits))
    case .day(let day):
      let serial = Int(day.number) + CellValue.serialOf1970
      // Excel counts 29 February 1900, which does not exist, so numbers of earlier days would be wrong.
      self = serial > 60 ? .number(Double(serial), .day) : .text(day.formatted)
    }
  }

  /// The number of 1 January 1970 in Excel's count of days.
  private static let serialOf1970 = 25_569
}

extension Cell {
  /// The shorthand that the cell shows, or `nil` if it shows a value.
  var shorthandShown: Shorthand? {
    switch self {
    case .shorthand(let shorthand): shorthand
    case .text(let text): text.allSatisfy(\.isWhitespace) ? .notApplicable : nil
    case .pupils, .sessions, .rate, .share, .points, .minutes, .decimal, .percent, .difference, .number, .day:
      nil
    }
  }
}

extension Cell.Shorthand {
  /// The explanation of the shorthand.
  var meaning: String { "\(rawValue) means \(formatted)" }
}

extension Table.Column {
  /// Indicates a column of figures, which are aligned at the right.
  var holdsFigures: Bool {
    switch unit {
    case .text, .day, .flag: false
    case .number, .decimal, .percent: true
    }
  }
}
