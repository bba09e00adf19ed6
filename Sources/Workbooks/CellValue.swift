import Registers
import ReportModel

/// What is stored in a cell of a workbook.
enum CellValue {
  case text(String)
  case number(Double, CellStyle.Shown)

  init(_ cell: Cell) {
    switch cell {
    case .text(let text):
      // An empty cell leaves a reader of a screen guessing.
      self = .text(text.allSatisfy(\.isWhitespace) ? Cell.Shorthand.notApplicable.rawValue : text)
    case .shorthand(let shorthand):
      self = .text(shorthand.rawValue)
    case .pupils(let count), .sessions(let count, _), .minutes(let count, _), .number(let count):
      self = .number(Double(count), .count)
    case .rate(let rate, _), .share(let rate):
      self = .number(rate.percent, .percent)
    case .points(let tenths, _):
      self = .number(Double(tenths) / 10, .points)
    case .decimal(_, let places, _):
      self = .number(cell.value ?? 0, .decimal(places: places))
    case .day(let day):
      let serial = Int(day.number) + CellValue.serialOf1970
      // Excel counts a 29 February 1900 that never was; earlier days have no true number.
      self = serial > 60 ? .number(Double(serial), .day) : .text(day.formatted)
    }
  }

  /// Unit: days, as Excel counts them.
  private static let serialOf1970 = 25_569
}

extension Cell {
  /// The shorthand a reader sees in the cell. Missing: nil when it shows a value.
  var shorthandShown: Shorthand? {
    switch self {
    case .shorthand(let shorthand): shorthand
    case .text(let text): text.allSatisfy(\.isWhitespace) ? .notApplicable : nil
    case .pupils, .sessions, .rate, .share, .points, .minutes, .decimal, .number, .day: nil
    }
  }
}

extension Cell.Shorthand {
  var meaning: String { "\(rawValue) means \(formatted)" }
}

extension Table.Column {
  /// Figures stand at the right, so that their places line up.
  var holdsFigures: Bool {
    switch unit {
    case .text, .day, .flag: false
    case .number, .decimal, .percent: true
    }
  }
}
