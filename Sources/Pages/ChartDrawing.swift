import ReportModel

/// A chart as shapes, drawn from the cells of its table.
struct ChartDrawing {
  private(set) var lines: [PageValues] = []
  private(set) var rectangles: [PageValues] = []
  var paths: [PageValues] = []
  var dots: [PageValues] = []
  private(set) var texts: [PageValues] = []
  let width = 620.0
  var height = 300.0
  let chart: Chart
  let table: Table

  /// Creates the drawing of a chart.
  ///
  /// Returns `nil` if the table has no value to draw.
  init?(_ chart: Chart, of table: Table) {
    guard table.rows.contains(where: { row in chart.series.contains { row[$0].value != nil } }) else {
      return nil
    }
    self.chart = chart
    self.table = table
    switch chart.kind {
    case .line: drawLines()
    case .columns: drawColumns()
    case .bars: drawBars()
    case .gap: drawGaps()
    case .dots: drawDots()
    case .funnel: drawFunnel()
    }
  }

  /// The values of the template for a chart.
  var values: PageValues {
    [
      "anchor": "chart-\(Page.anchor(chart.table))-\(chart.series.map(String.init).joined(separator: "-"))",
      "title": chart.title, "caption": chart.caption, "description": chart.description + " " + summary,
      "width": Number.text(width), "height": Number.text(height),
      "lines": lines, "rectangles": rectangles, "paths": paths, "dots": dots, "texts": texts,
    ]
  }

  /// The first and last value of each series, for readers who do not see the drawing.
  private var summary: String {
    chart.series.map { series in
      let rows = table.rows.filter { $0[series].value != nil }
      guard let first = rows.first, let last = rows.last else { return "" }
      return
        "\(table.columns[series].header): \(first[series].formatted) at \(first[chart.categories].formatted), "
        + "\(last[series].formatted) at \(last[chart.categories].formatted)."
    }.joined(separator: " ")
  }

  private func value(_ row: Int, _ series: Int) -> Double? { table.rows[row][series].value }

  private var isPercentage: Bool { chart.series.allSatisfy { table.columns[$0].unit == .percent } }
  private var largest: Double {
    chart.series.flatMap { series in table.rows.compactMap { $0[series].value } }.max() ?? 0
  }

  /// Returns a step of 1, 2 or 5 times a power of ten, with up to five steps to the largest value.
  static func step(for largest: Double) -> Double {
    let steps = [0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000]
    return steps.first { largest / $0 <= 5 } ?? largest / 4
  }
}

extension ChartDrawing {
  mutating func text(_ text: String, _ x: Double, _ y: Double, _ style: String, _ anchor: String) {
    texts.append(["text": text, "x": Number.text(x), "y": Number.text(y), "class": style, "anchor": anchor])
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    lines.append([
      "x1": Number.text(x1), "y1": Number.text(y1), "x2": Number.text(x2), "y2": Number.text(y2),
      "class": style,
    ])
  }

  private mutating func rectangle(_ x: Double, _ y: Double, _ w: Double, _ h: Double, _ style: String) {
    rectangles.append([
      "x": Number.text(x), "y": Number.text(y), "width": Number.text(w), "height": Number.text(h),
      "class": style,
    ])
  }

  /// The start of the scale of lines and dots: 0, or the next 5% below the smallest percentage where all are high.
  private var start: Double {
    let smallest =
      chart.series.flatMap { series in table.rows.compactMap { $0[series].value } }.min() ?? 0
    return isPercentage && smallest >= 50 ? (smallest / 5).rounded(.down) * 5 : 0
  }

  /// Draws vertical grid lines with their percentages, and returns the function from a value to its x coordinate.
  private mutating func drawScale(from left: Double, to right: Double, top: Double) -> (Double) -> Double {
    let start = start
    let step = ChartDrawing.step(for: largest - start)
    let span = max(step, ((largest - start) / step).rounded(.up) * step)
    let x = { (value: Double) in left + (right - left) * (value - start) / span }
    for number in 0...Int((span / step).rounded()) {
      let value = start + Double(number) * step
      line(x(value), top, x(value), height - 26, number == 0 ? "axis" : "grid")
      text("\(Number.text(value))%", x(value), height - 6, "tick", "middle")
    }
    return x
  }

  /// Draws horizontal grid lines with their values, and returns the function from a value to its y coordinate.
  private mutating func drawGrid(
    from left: Double, to right: Double, top: Double, bottom: Double
  ) -> (Double) -> Double {
    let start = chart.kind == .line ? start : 0
    let step = ChartDrawing.step(for: largest - start)
    let span = max(step, ((largest - start) / step).rounded(.up) * step)
    let y = { (value: Double) in bottom - (bottom - top) * (value - start) / span }
    for number in 0...Int((span / step).rounded()) {
      let value = start + Double(number) * step
      line(left, y(value), right, y(value), number == 0 ? "axis" : "grid")
      text(Number.text(value) + (isPercentage ? "%" : ""), left - 8, y(value) + 4.5, "tick", "end")
    }
    return y
  }

  private mutating func drawLines() {
    let (left, right, top, bottom) = (46.0, width - labelRoom, 12.0, 312.0)
    height = 350
    let y = drawGrid(from: left, to: right, top: top, bottom: bottom)
    let count = table.rows.count
    let x = { (row: Int) in
      count < 2 ? (left + right) / 2 : left + (right - left) * Double(row) / Double(count - 1)
    }
    drawCategories(x: x, y: bottom + 26)
    var labels: [(y: Double, text: String, style: String)] = []
    for (order, series) in chart.series.enumerated() {
      var d = ""
      var last: (x: Double, y: Double, cell: Cell)?
      var isDown = false
      for row in 0..<count {
        guard let value = value(row, series) else {
          isDown = false
          continue
        }
        isDown = isDown && !startsBlock(row)
        d += "\(isDown ? "L" : "M")\(Number.text(x(row))),\(Number.text(y(value)))"
        isDown = true
        last = (x(row), y(value), table.rows[row][series])
      }
      paths.append(["d": d, "class": "ln s\(order)"])
      guard let last else { continue }
      dots.append(["x": Number.text(last.x), "y": Number.text(last.y), "class": "f\(order)"])
      labels.append((last.y, label(of: series, last.cell), "lab f\(order)"))
    }
    for label in spread(labels) { text(label.text, right + 12, label.y + 5, label.style, "start") }
  }

  /// Returns the label at the end of a line.
  private func label(of series: Int, _ last: Cell) -> String {
    (chart.series.count > 1 ? "\(table.columns[series].header.withoutUnit) " : "") + last.formatted
  }

  /// The space at the right for the longest label, in units of the drawing.
  private var labelRoom: Double {
    let longest =
      chart.series.compactMap { series in
        table.rows.last { $0[series].value != nil }.map { label(of: series, $0[series]).count }
      }.max() ?? 0
    return min(280, max(120, 12 + 7.9 * Double(longest)))
  }

  /// Returns labels in the order of their y coordinates, moved apart where they would overlap.
  private func spread(
    _ labels: [(y: Double, text: String, style: String)]
  ) -> [(y: Double, text: String, style: String)] {
    var sorted = labels.sorted { $0.y < $1.y }
    for index in sorted.indices.dropFirst() {
      sorted[index].y = max(sorted[index].y, sorted[index - 1].y + 20)
    }
    return sorted
  }

  /// Returns a Boolean value that indicates whether a row is the first of a half-term. Lines are interrupted there.
  private func startsBlock(_ row: Int) -> Bool {
    guard let blockColumn = table.blockColumn, row > 0 else { return false }
    return table.rows[row][blockColumn] != table.rows[row - 1][blockColumn]
  }

  /// Draws the names below the chart: of each half-term for a table of weeks, else of each row.
  private mutating func drawCategories(x: (Int) -> Double, y: Double) {
    guard let blockColumn = table.blockColumn else {
      for (row, cells) in table.rows.enumerated() {
        text(cells[chart.categories].formatted, x(row), y, "tick", "middle")
      }
      return
    }
    var start = 0
    for row in 1...max(1, table.rows.count) where row == table.rows.count || startsBlock(row) {
      guard !table.rows.isEmpty else { return }
      text(table.rows[start][blockColumn].formatted, (x(start) + x(row - 1)) / 2, y, "tick", "middle")
      start = row
    }
  }

  private mutating func drawColumns() {
    let (left, right, top, bottom) = (46.0, 600.0, 22.0, 262.0)
    let y = drawGrid(from: left, to: right, top: top, bottom: bottom)
    let slot = (right - left) / Double(max(1, table.rows.count))
    let broad = min(64, slot * 0.62)
    for (row, cells) in table.rows.enumerated() {
      let middle = left + slot * (Double(row) + 0.5)
      text(cells[chart.categories].formatted, middle, bottom + 26, "tick", "middle")
      guard let value = value(row, chart.series[0]) else {
        text(cells[chart.series[0]].formatted, middle, bottom - 8, "tick", "middle")
        continue
      }
      let isLast = row == table.rows.count - 1
      rectangle(middle - broad / 2, y(value), broad, bottom - y(value), isLast ? "bar last" : "bar")
      text(cells[chart.series[0]].formatted, middle, y(value) - 7, "val", "middle")
    }
  }

  private mutating func drawBars() {
    let (left, right, pitch) = (230.0, 540.0, 34.0)
    height = pitch * Double(table.rows.count) + 8
    let maximum = max(largest, 1)
    line(left, 0, left, height, "axis")
    for (row, cells) in table.rows.enumerated() {
      let top = pitch * Double(row) + 6
      text(cells[chart.categories].formatted, left - 12, top + 17, "tick", "end")
      guard let value = value(row, chart.series[0]) else {
        text(cells[chart.series[0]].formatted, left + 8, top + 17, "tick", "start")
        continue
      }
      let long = (right - left) * value / maximum
      rectangle(left, top, long, 22, row == table.rows.count - 1 && isPercentage ? "bar last" : "bar")
      text(cells[chart.series[0]].formatted, left + long + 8, top + 17, "val", "start")
    }
  }
}

extension ChartDrawing {
  /// Draws a dot for each row on the line between its bounds, and a vertical line at the value of the last row, the total.
  private mutating func drawDots() {
    let (left, right, top) = (250.0, 560.0, 8.0)
    // With this spacing sixty schools fit on a sheet of paper.
    let pitch =
      table.rows.count > 40 ? 12.5 : table.rows.count > 20 ? 20.0 : table.rows.count > 8 ? 32.0 : 44.0
    let small = table.rows.count > 40 ? " tiny" : ""
    height = top + pitch * Double(table.rows.count) + 26
    let x = drawScale(from: left, to: right, top: top)
    if let total = value(table.rows.count - 1, chart.series[0]) {
      line(x(total), top, x(total), height - 26, "whole")
    }
    for (row, cells) in table.rows.enumerated() {
      let y = top + pitch * (Double(row) + 0.5)
      text(cells[chart.categories].formatted, left - 12, y + 4, "tick" + small, "end")
      guard let value = value(row, chart.series[0]) else {
        text(cells[chart.series[0]].formatted, left + 8, y + 4, "tick" + small, "start")
        continue
      }
      var end = value
      if let low = self.value(row, chart.series[1]), let high = self.value(row, chart.series[2]) {
        line(x(low), y, x(high), y, "span")
        end = high
      }
      dots.append(["x": Number.text(x(value)), "y": Number.text(y), "class": "f0"])
      text(cells[chart.series[0]].formatted, x(end) + 10, y + 4, "val" + small, "start")
    }
  }

  /// Draws two dots for each row, filled for the first group, with a line for the gap between them.
  private mutating func drawGaps() {
    let (left, right, pitch, top) = (190.0, 560.0, 34.0, 34.0)
    height = top + pitch * Double(table.rows.count) + 26
    let x = drawScale(from: left, to: right, top: top - 8)
    for (index, series) in chart.series.prefix(2).enumerated() {
      let from = left + Double(index) * 150
      dots.append(["x": Number.text(from + 5), "y": "10", "class": index == 0 ? "f0" : "o0"])
      text(table.columns[series].header.withoutUnit, from + 17, 15, "tick", "start")
    }
    for (row, cells) in table.rows.enumerated() {
      let y = top + pitch * (Double(row) + 0.5)
      text(cells[chart.categories].formatted, left - 12, y + 5, "tick", "end")
      guard let first = value(row, chart.series[0]), let second = value(row, chart.series[1]) else {
        text(cells[chart.series[0]].formatted, left + 8, y + 5, "tick", "start")
        continue
      }
      line(x(min(first, second)), y, x(max(first, second)), y, "span")
      dots.append(["x": Number.text(x(second)), "y": Number.text(y), "class": "o0"])
      dots.append(["x": Number.text(x(first)), "y": Number.text(y), "class": "f0"])
      let isHigher = first >= second
      text(
        cells[chart.series[0]].formatted, x(first) + (isHigher ? 11 : -11), y + 5, "val",
        isHigher ? "start" : "end"
      )
    }
  }
}

extension String {
  /// A header without its unit, such as `EHC plan` for `EHC plan (%)`.
  fileprivate var withoutUnit: String { hasSuffix(" (%)") ? String(dropLast(4)) : self }
}
