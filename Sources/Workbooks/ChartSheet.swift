import ReportModel

/// A worksheet of one chart, which draws figures that stand in the table of another, before it is written.
struct ChartSheet {
  let name: String
  let title: String
  let lines: [String]
  let chart: Chart
  let figures: TableSheet
  /// The rows of the table that are drawn, from 0: those with a number in every series, since Excel draws text as 0.
  let drawnRows: [Int]

  /// Unit: pixels.
  static let width = 900
  /// A little less than the column, so that the chart ends inside it.
  static let chartWidth = 880

  /// Missing: nil when there is no row to draw.
  init?(_ chart: Chart, of figures: TableSheet, name: String, sensitivity: String?) throws(WorkbookFailure) {
    guard !chart.series.isEmpty else {
      throw .noColumnForChart(chart: chart.title, table: chart.table, column: nil)
    }
    for column in chart.series + [chart.categories] where !figures.columns.indices.contains(column) {
      throw .noColumnForChart(chart: chart.title, table: chart.table, column: column)
    }
    drawnRows = figures.rows.indices.filter { row in
      chart.series.allSatisfy { figures.rows[row][$0].value != nil }
    }
    guard !drawnRows.isEmpty else { return nil }
    self.name = name
    self.chart = chart
    self.figures = figures
    title = "Chart: " + figures.title
    var lines = sensitivity.map { [$0] } ?? []
    lines += ["This worksheet contains one chart.", chart.caption, chart.description]
    if drawnRows.count < figures.rows.count { lines.append("Rows without a figure are not drawn.") }
    self.lines = lines.map(Names.oneLine).filter { !$0.isEmpty }
  }

  var drawing: ChartDrawing {
    // Bounds stand in the table; bars show the values.
    let series = (chart.kind == .dots ? Array(chart.series.prefix(1)) : chart.series).map { column in
      ChartDrawing.Series(
        name: figures.reference(toHeader: column), values: figures.reference(to: column, rows: drawnRows),
        numberFormat: numberFormat(of: column))
    }
    return ChartDrawing(
      kind: chart.kind, title: Names.oneLine(chart.title), description: Names.oneLine(chart.description),
      categories: figures.reference(to: chart.categories, rows: drawnRows), series: series,
      categoryTitle: figures.columns[chart.categories].header,
      namesDays: figures.columns[chart.categories].unit == .day, valueTitle: valueTitle,
      hasLabels: chart.kind != .line && chart.kind != .funnel && drawnRows.count * series.count <= 40,
      least: startsAtZero ? 0 : nil,
      most: startsAtZero && endsAtHundred ? 100 : nil, points: drawnRows.count)
  }

  private var valueTitle: String {
    let columns = (chart.kind == .dots ? Array(chart.series.prefix(1)) : chart.series).map {
      figures.columns[$0]
    }
    if columns.count == 1 || chart.kind == .funnel { return columns[0].header }
    return columns.allSatisfy { $0.unit == .percent } ? "Per cent" : "Number"
  }

  /// The length of a bar is what is compared, so it has to start at zero.
  private var startsAtZero: Bool {
    chart.kind != .line && chart.kind != .funnel
      && drawnRows.allSatisfy { row in chart.series.allSatisfy { (figures.rows[row][$0].value ?? 0) >= 0 } }
  }

  /// Nothing is more than all of it, though a program might draw on to 120 per cent.
  private var endsAtHundred: Bool {
    let most = drawnRows.flatMap { row in chart.series.compactMap { figures.rows[row][$0].value } }.max() ?? 0
    return chart.series.allSatisfy { figures.columns[$0].unit == .percent } && 60...100 ~= most
  }

  private func numberFormat(of column: Int) -> String {
    guard let row = drawnRows.first, case .number(_, let shown) = CellValue(figures.rows[row][column]) else {
      return "General"
    }
    return shown.numberFormat ?? "General"
  }
}

/// A chart as it is drawn; its figures are references to cells.
struct ChartDrawing {
  let kind: Chart.Kind
  let title: String
  let description: String
  let categories: String
  let series: [Series]
  let categoryTitle: String
  /// Whether the categories are days, which stand in a workbook as numbers.
  let namesDays: Bool
  let valueTitle: String
  let hasLabels: Bool
  /// Where the axis of values starts and ends. Missing: nil where the program that draws may choose.
  let least: Double?
  let most: Double?
  let points: Int

  /// The darkest first; each stands out from white. Source: Government Analysis Function, colour guidance.
  static let colours: [UInt32] = [0x12436D, 0x2073BC, 0x801650, 0x3D3D3D]

  /// Gaps are drawn as bars side by side.
  var isOfBars: Bool { kind == .bars || kind == .gap || kind == .dots }

  /// Unit: pixels. Bars lie one below the other, so that many of them need height.
  var height: Int { isOfBars ? max(360, 150 + points * series.count * 24) : 440 }

  struct Series {
    let name: String
    let values: String
    let numberFormat: String
  }
}

extension TableSheet {
  func reference(toHeader column: Int) -> String { reference(column, headerRow, headerRow) }

  /// The cells of a column in these rows of the table, which are in order and count from 0.
  func reference(to column: Int, rows: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for row in rows {
      if let last = runs.last, last.upperBound + 1 == row {
        runs[runs.count - 1] = last.lowerBound...row
      } else {
        runs.append(row...row)
      }
    }
    let first = headerRow + 1
    let references = runs.map { reference(column, first + $0.lowerBound, first + $0.upperBound) }
    return references.count == 1 ? references[0] : "(" + references.joined(separator: ",") + ")"
  }

  private func reference(_ column: Int, _ first: Int, _ last: Int) -> String {
    let letters = TableSheet.letters(of: column)
    let start = "'\(name)'!$\(letters)$\(first + 1)"
    return first == last ? start : start + ":$\(letters)$\(last + 1)"
  }

  /// 0 as `A`, 26 as `AA`.
  static func letters(of column: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? last : letters(of: column / 26 - 1) + last
  }
}

extension WorkbookFile {
  mutating func write(_ sheet: ChartSheet) throws(WorkbookFailure) {
    try addSheet(named: sheet.name, title: sheet.title, isOnePage: true)
    try setWidth(ChartSheet.width, ofColumn: 0)
    for (place, line) in sheet.lines.enumerated() {
      try writeParagraph(line, atRow: place + 1, width: ChartSheet.width)
    }
    let row = sheet.lines.count + 1
    let figures = sheet.figures.name
    try write(
      "The figures are on the worksheet \(figures).", at: (row, 0), linkedTo: figures, .link(inTable: false))
    try setHeight(28, ofRow: row)
    try insertChart(sheet.drawing, atRow: row + 1)
  }
}
