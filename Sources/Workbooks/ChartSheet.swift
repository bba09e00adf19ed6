import CXLSXWriter
import ReportModel

/// A worksheet with one chart of the figures in the table of another worksheet, before it is written.
struct ChartSheet {
  let name: String
  let title: String
  let lines: [String]
  let chart: Chart
  let figures: TableSheet
  /// The indices of the rows with a number in every series. Other rows are not drawn, because Excel draws text as 0.
  let drawnRows: [Int]

  /// The width of the column in pixels.
  static let width = 900
  /// The width of the chart in pixels, slightly less than that of the column.
  static let chartWidth = 880

  /// Creates the sheet of a chart.
  ///
  /// Returns `nil` if there is no row to draw.
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
    self.lines = lines.map(UniqueNames.oneLine).filter { !$0.isEmpty }
  }

  /// The chart with references to the cells of the table.
  var drawing: ChartDrawing {
    // A chart of dots draws only the values. The table has their bounds.
    let series = (chart.kind == .dots ? Array(chart.series.prefix(1)) : chart.series).map { column in
      ChartDrawing.Series(
        name: figures.reference(toHeader: column), values: figures.reference(to: column, rows: drawnRows),
        numberFormat: numberFormat(of: column))
    }
    return ChartDrawing(
      kind: chart.kind, title: UniqueNames.oneLine(chart.title),
      description: UniqueNames.oneLine(chart.description),
      categories: figures.reference(to: chart.categories, rows: drawnRows), series: series,
      categoryTitle: figures.columns[chart.categories].header,
      hasDayCategories: figures.columns[chart.categories].unit == .day, valueTitle: valueTitle,
      hasLabels: chart.kind != .line && chart.kind != .funnel && drawnRows.count * series.count <= 40,
      minimum: startsAtZero ? 0 : nil,
      maximum: startsAtZero && endsAtHundred ? 100 : nil, pointCount: drawnRows.count)
  }

  private var valueTitle: String {
    let columns = (chart.kind == .dots ? Array(chart.series.prefix(1)) : chart.series).map {
      figures.columns[$0]
    }
    if columns.count == 1 || chart.kind == .funnel { return columns[0].header }
    return columns.allSatisfy { $0.unit == .percent } ? "Per cent" : "Number"
  }

  /// Indicates that the axis starts at zero, because the lengths of bars are compared.
  private var startsAtZero: Bool {
    chart.kind != .line && chart.kind != .funnel
      && drawnRows.allSatisfy { row in chart.series.allSatisfy { (figures.rows[row][$0].value ?? 0) >= 0 } }
  }

  /// Indicates that the axis ends at 100%, because a program may otherwise end it at 120%.
  private var endsAtHundred: Bool {
    let largest =
      drawnRows.flatMap { row in chart.series.compactMap { figures.rows[row][$0].value } }.max() ?? 0
    return chart.series.allSatisfy { figures.columns[$0].unit == .percent } && 60...100 ~= largest
  }

  private func numberFormat(of column: Int) -> String {
    guard let row = drawnRows.first, case .number(_, let style) = CellValue(figures.rows[row][column]) else {
      return "General"
    }
    return style.format ?? "General"
  }
}

/// A chart whose figures are references to cells.
struct ChartDrawing {
  let kind: Chart.Kind
  let title: String
  let description: String
  let categories: String
  let series: [Series]
  let categoryTitle: String
  /// Indicates that the categories are days, which a workbook stores as numbers.
  let hasDayCategories: Bool
  let valueTitle: String
  let hasLabels: Bool
  /// The start of the axis of values, or `nil` for the program's choice.
  let minimum: Double?
  /// The end of the axis of values, or `nil` for the program's choice.
  let maximum: Double?
  let pointCount: Int

  /// The colours of series, darkest first, each with contrast to white.
  ///
  /// Source: Government Analysis Function, colour guidance.
  static let colours: [UInt32] = [0x12436D, 0x2073BC, 0x801650, 0x3D3D3D]

  /// Indicates horizontal bars. Gaps are drawn as bars side by side.
  var hasHorizontalBars: Bool { kind == .bars || kind == .gap || kind == .dots }

  /// The height in pixels, which grows with the number of horizontal bars.
  var height: Int { hasHorizontalBars ? max(360, 150 + pointCount * series.count * 24) : 440 }

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
    for (index, line) in sheet.lines.enumerated() {
      try writeParagraph(line, atRow: index + 1, width: ChartSheet.width)
    }
    let row = sheet.lines.count + 1
    let figures = sheet.figures.name
    try write(
      "The figures are on the worksheet \(figures).", at: (row, 0), linkedTo: figures, .link(inTable: false))
    try setHeight(28, ofRow: row)
    try insertChart(sheet.drawing, atRow: row + 1)
  }
}

extension ChartDrawing {
  /// Creates the chart in libxlsxwriter, or returns `nil` if there is not enough memory.
  func makeChart(in workbook: Workbook?, font: UnsafeMutablePointer<CChar>) -> ChartPointer? {
    let types = [
      Chart.Kind.bars: LXW_CHART_BAR, .gap: LXW_CHART_BAR, .dots: LXW_CHART_BAR, .columns: LXW_CHART_COLUMN,
      .line: LXW_CHART_LINE, .funnel: LXW_CHART_SCATTER_STRAIGHT,
    ]
    guard let type = types[kind], let chart = workbook_add_chart(workbook, UInt8(type.rawValue)) else {
      return nil
    }
    var text = lxw_chart_font()
    text.name = font
    text.size = 11
    for (index, series) in series.enumerated() {
      guard let drawn = chart_add_series(chart, categories, series.values) else { return nil }
      chart_series_set_name(drawn, "=" + series.name)
      paint(drawn, index)
      guard hasLabels else { continue }
      chart_series_set_labels(drawn)
      chart_series_set_labels_num_format(drawn, series.numberFormat)
      chart_series_set_labels_font(drawn, &text)
    }
    let legend = series.count == 1 ? LXW_CHART_LEGEND_NONE : LXW_CHART_LEGEND_TOP
    chart_legend_set_position(chart, UInt8(legend.rawValue))
    chart_legend_set_font(chart, &text)
    chart_set_series_gap(chart, 50)
    var border = lxw_chart_line(color: 0, none: 1, width: 0, dash_type: 0, transparency: 0)
    chart_chartarea_set_line(chart, &border)
    setAxes(of: chart, &text)
    text.size = 14
    text.bold = 1
    chart_title_set_name(chart, title)
    chart_title_set_name_font(chart, &text)
    return chart
  }

  private func paint(_ series: UnsafeMutablePointer<lxw_chart_series>, _ index: Int) {
    let colour = ChartDrawing.colours[index % ChartDrawing.colours.count]
    var line = lxw_chart_line(color: colour, none: 0, width: 2.25, dash_type: 0, transparency: 0)
    var fill = lxw_chart_fill(color: colour, none: 0, transparency: 0)
    guard kind == .line || kind == .funnel else { return chart_series_set_fill(series, &fill) }
    if kind == .funnel {
      line.none = 1
      guard index == 0 else { return paintLimit(series, index) }
    }
    chart_series_set_line(series, &line)
    line.none = 0
    // Series also differ in their shape, for readers who do not see the colour.
    let (circle, square) = (LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE)
    let shapes = [circle, square, LXW_CHART_MARKER_DIAMOND, LXW_CHART_MARKER_TRIANGLE]
    chart_series_set_marker_type(series, UInt8(shapes[index % shapes.count].rawValue))
    chart_series_set_marker_size(series, 7)
    chart_series_set_marker_fill(series, &fill)
    chart_series_set_marker_line(series, &line)
  }

  /// Formats a limit of a funnel, dashed if it is one of the outer pair.
  private func paintLimit(_ series: UnsafeMutablePointer<lxw_chart_series>, _ index: Int) {
    var line = lxw_chart_line(
      color: ChartDrawing.colours[3], none: 0, width: 1.5,
      dash_type: UInt8((index < 3 ? LXW_CHART_LINE_DASH_SOLID : LXW_CHART_LINE_DASH_DASH).rawValue),
      transparency: 0)
    chart_series_set_line(series, &line)
    chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_NONE.rawValue))
  }

  private func setAxes(of chart: ChartPointer, _ font: inout lxw_chart_font) {
    guard let x = chart.pointee.x_axis, let y = chart.pointee.y_axis else { return }
    let (category, value) = hasHorizontalBars ? (y, x) : (x, y)
    chart_axis_set_name(category, categoryTitle)
    chart_axis_set_name(value, valueTitle)
    if hasDayCategories { chart_axis_set_num_format(category, "d mmm") }
    for axis in [category, value] {
      chart_axis_set_name_font(axis, &font)
      chart_axis_set_num_font(axis, &font)
    }
    var line = lxw_chart_line(color: 0xD9D9D9, none: 0, width: 0.75, dash_type: 0, transparency: 0)
    chart_axis_major_gridlines_set_line(value, &line)
    chart_axis_major_gridlines_set_visible(value, hasLabels ? 0 : 1)
    chart_axis_major_gridlines_set_visible(category, 0)
    if let minimum { chart_axis_set_min(value, minimum) }
    if let maximum { chart_axis_set_max(value, maximum) }
    if hasHorizontalBars {
      // The bars are in the order of the table from the top, and the axis of values stays at the bottom.
      chart_axis_set_reverse(category)
      chart_axis_set_crossing_max(category)
    }
  }
}
