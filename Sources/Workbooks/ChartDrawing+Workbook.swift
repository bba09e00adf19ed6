import CXLSXWriter
import ReportModel

extension ChartDrawing {
  /// The chart as libxlsxwriter's own. Missing: nil when there is not enough memory.
  func added(to workbook: Workbook?, font: UnsafeMutablePointer<CChar>) -> DrawnChart? {
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
    for (place, series) in series.enumerated() {
      guard let drawn = chart_add_series(chart, categories, series.values) else { return nil }
      chart_series_set_name(drawn, "=" + series.name)
      paint(drawn, place)
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

  private func paint(_ series: UnsafeMutablePointer<lxw_chart_series>, _ place: Int) {
    let colour = ChartDrawing.colours[place % ChartDrawing.colours.count]
    var line = lxw_chart_line(color: colour, none: 0, width: 2.25, dash_type: 0, transparency: 0)
    var fill = lxw_chart_fill(color: colour, none: 0, transparency: 0)
    guard kind == .line || kind == .funnel else { return chart_series_set_fill(series, &fill) }
    if kind == .funnel {
      line.none = 1
      guard place == 0 else { return paintLimit(series, place) }
    }
    chart_series_set_line(series, &line)
    line.none = 0
    // The shape tells the series apart for those who do not see the colour.
    let (circle, square) = (LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE)
    let shapes = [circle, square, LXW_CHART_MARKER_DIAMOND, LXW_CHART_MARKER_TRIANGLE]
    chart_series_set_marker_type(series, UInt8(shapes[place % shapes.count].rawValue))
    chart_series_set_marker_size(series, 7)
    chart_series_set_marker_fill(series, &fill)
    chart_series_set_marker_line(series, &line)
  }

  /// The limits of a funnel in pairs, the outer one dashed.
  private func paintLimit(_ series: UnsafeMutablePointer<lxw_chart_series>, _ place: Int) {
    var line = lxw_chart_line(
      color: ChartDrawing.colours[3], none: 0, width: 1.5,
      dash_type: UInt8((place < 3 ? LXW_CHART_LINE_DASH_SOLID : LXW_CHART_LINE_DASH_DASH).rawValue),
      transparency: 0)
    chart_series_set_line(series, &line)
    chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_NONE.rawValue))
  }

  private func setAxes(of chart: DrawnChart, _ font: inout lxw_chart_font) {
    guard let x = chart.pointee.x_axis, let y = chart.pointee.y_axis else { return }
    let (category, value) = isOfBars ? (y, x) : (x, y)
    chart_axis_set_name(category, categoryTitle)
    chart_axis_set_name(value, valueTitle)
    if namesDays { chart_axis_set_num_format(category, "d mmm") }
    for axis in [category, value] {
      chart_axis_set_name_font(axis, &font)
      chart_axis_set_num_font(axis, &font)
    }
    var line = lxw_chart_line(color: 0xD9D9D9, none: 0, width: 0.75, dash_type: 0, transparency: 0)
    chart_axis_major_gridlines_set_line(value, &line)
    chart_axis_major_gridlines_set_visible(value, hasLabels ? 0 : 1)
    chart_axis_major_gridlines_set_visible(category, 0)
    if let least { chart_axis_set_min(value, least) }
    if let most { chart_axis_set_max(value, most) }
    if isOfBars {
      // The first row of the table is the first bar from the top, and the values stay below.
      chart_axis_set_reverse(category)
      chart_axis_set_crossing_max(category)
    }
  }
}
