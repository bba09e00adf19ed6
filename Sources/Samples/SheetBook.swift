import Registers

/// A workbook of a showcase school, before it is written.
struct SheetBook {
  let sheets: [Sheet]
  /// The day the workbook counts as made.
  let made: Day
}

/// A sheet of a workbook. Rows and columns are counted from 0.
struct Sheet {
  let name: String
  private(set) var cells: [Cell] = []
  /// Days that stand over two columns.
  private(set) var days: [Cell] = []
  var widths: [Widths] = []
  /// The rows above and the columns before this cell stay in sight, and stand on every printed page.
  var frozen = (row: 0, column: 0)
  /// The columns with which a printed page begins.
  var pageStarts: [Int] = []

  init(name: String) { self.name = name }

  enum Value {
    /// Missing: empty, a cell with nothing but its style.
    case text(String)
    case number(Double)
    case day(Day)
  }

  struct Cell {
    let value: Value
    let row: Int
    let column: Int
    let style: SheetStyle
  }

  struct Widths {
    let columns: ClosedRange<Int>
    /// Unit: widths of a digit.
    let characters: Double
  }

  mutating func write(
    _ value: Value, _ row: Int, _ column: Int, _ kind: SheetStyle.Kind = .plain, startsWeek: Bool = false
  ) {
    let style = SheetStyle(kind: kind, startsWeek: startsWeek)
    cells.append(Cell(value: value, row: row, column: column, style: style))
  }

  /// Writes a day over two columns.
  mutating func write(over day: Day, _ row: Int, _ column: Int, startsWeek: Bool) {
    let style = SheetStyle(kind: .dayTitle, startsWeek: startsWeek)
    days.append(Cell(value: .day(day), row: row, column: column, style: style))
  }
}

/// What a cell of a workbook is, which decides how it looks.
struct SheetStyle: Hashable {
  let kind: Kind
  /// Whether a line parts it from the week before.
  let startsWeek: Bool

  enum Kind {
    case plain, date, title, columnTitle, dayTitle, halfTitle, pupil, mark, late, absence, closed, notOnRoll,
      percentage, totalTitle, total
  }
}
