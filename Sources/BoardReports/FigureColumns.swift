import Registers
import Release
import ReportModel

extension Cell {
  /// The cell of a published figure.
  init(_ value: Published?, _ measure: Figure.Measure) {
    switch value {
    case nil, .notApplicable: self = .shorthand(.notApplicable)
    case .notShown: self = .shorthand(.confidential)
    case .notAvailable: self = .shorthand(.notAvailable)
    case .count(let count): self = .number(count)
    case .range, .allBut: self = .text(value?.formatted ?? "")
    case .decimal(let digits, let places):
      self =
        switch measure {
        case .points: .difference(digits, places: places)
        case .ratio, .days, .minutes, .outerLow, .outerHigh: .decimal(digits, places: places, of: 0)
        case .low, .high:
          places == 2 ? .decimal(digits, places: places, of: 0) : .percent(digits, places: places)
        default: .percent(digits, places: places)
        }
    }
  }
}

extension PublishedFigures {
  /// Returns the cell of a figure.
  func cell(_ key: Figure.Key) -> Cell { Cell(self[key], key.measure) }

  /// Returns the cell of a figure of all pupils.
  func cell(_ measure: Figure.Measure, in period: Period = .yearToDate) -> Cell {
    cell(Figure.Key(.headline, measure, in: period))
  }

  var attendance: Int? { self[Figure.Key(.headline, .attendance)]?.tenths }

  /// The source line of tables.
  var source: String {
    level == .school ? "Attendance registers of \(name)" : Table.ofTheTrust
  }

  /// Indicates that nothing can be shown because the school has too few pupils.
  var isHidden: Bool { self[Figure.Key(.headline, .pupils)]?.count == nil }

  /// Returns a period with the mark for provisional figures.
  func label(of period: Period) -> String {
    period.name + (provisional.contains(period) ? " [p]" : "")
  }

  var provisionalNote: [String] {
    provisional.isEmpty ? [] : ["[p] provisional: registers may change for about two weeks."]
  }

  /// Returns the label of a verdict on a difference in attendance, such as "clearly lower".
  func label(of key: Figure.Key) -> String { verdicts[key]?.formatted ?? "too few to compare" }
}

extension Verdict {
  /// The words of a table for a difference in attendance.
  var formatted: String {
    switch self {
    case .higher: "clearly higher"
    case .lower: "clearly lower"
    case .similar: "no clear difference"
    case .tooFew: "too few to compare"
    }
  }
}

/// A row of a table of published figures.
struct FigureRow: Sendable {
  let figures: PublishedFigures
  let topic: Group.Topic?
  /// The row in `figures.csv`.
  let row: String
  /// The label on the page.
  var label: String

  init(
    _ figures: PublishedFigures, _ topic: Group.Topic? = nil, _ row: String = Figure.allPupils,
    label: String? = nil
  ) {
    self.figures = figures
    self.topic = topic
    self.row = row
    self.label = label ?? row
  }
}

extension Column<FigureRow> {
  static func label(_ title: String) -> Column { .text("label", title) { $0.label } }

  /// A column of one measure in one period.
  static func figure(
    _ title: String, _ table: Figure.Table, _ measure: Figure.Measure, in period: Period = .yearToDate
  ) -> Column {
    Column(measure.rawValue, title, measure.isPercent ? .percent : .number) { row in
      row.figures.cell(Figure.Key(table, row.topic, row.row, measure, in: period))
    }
  }

  /// A column with the verdict on a difference.
  static func verdict(_ title: String, _ table: Figure.Table, in period: Period = .yearToDate) -> Column {
    Column("verdict", title, .text) { row in
      let key = Figure.Key(table, row.topic, row.row, .points, in: period)
      return row.figures[key] == nil
        ? .shorthand(.notApplicable)
        : row.figures[key]?.isShown == true ? .text(row.figures.label(of: key)) : .shorthand(.confidential)
    }
  }
}

extension Figure.Measure {
  var isPercent: Bool { rawValue.hasSuffix("_percent") }
}
