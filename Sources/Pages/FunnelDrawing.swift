import Foundation
import ReportModel

/// A dot for each school by how many pupils it has, between limits that draw together as pupils grow more.
extension ChartDrawing {
  /// The part of the plane that is drawn on, and what its edges stand for.
  private struct Plane {
    let left = 50.0, right = 545.0, top = 12.0, bottom = 302.0
    /// At the left and the right edge. Unit: pupils.
    let fewest: Double, pupils: Double
    let least: Double, most: Double

    func x(_ pupils: Double) -> Double {
      left + (right - left) * (pupils - fewest) / (self.pupils - fewest)
    }
    func y(_ ratio: Double) -> Double { bottom - (bottom - top) * (ratio - least) / (most - least) }
  }

  /// A school with all it takes to be drawn.
  private struct Point {
    let name: String
    let pupils: Double
    let ratio: Double
    /// The innermost limit first, lower before upper.
    let limits: [Double]

    var isOutside: Bool { ratio < limits[0] || ratio > limits[1] }
  }

  mutating func drawFunnel() {
    height = 350
    let points = table.rows.compactMap { row -> Point? in
      let values = chart.series.compactMap { row[$0].value }
      guard values.count == chart.series.count, let pupils = row[chart.categories].value else { return nil }
      return Point(
        name: row[0].formatted, pupils: pupils, ratio: values[0], limits: Array(values.dropFirst()))
    }
    guard let largest = points.map(\.pupils).max(), let first = points.min(by: { $0.pupils < $1.pupils })
    else { return }
    let right = largest * 1.04
    // What lies at the right edge has to be seen, limits as well as schools.
    let shown =
      points.map(\.ratio) + first.limits.map { ChartDrawing.limit($0, at: first.pupils, for: right) }
    let step = ChartDrawing.step(for: largest)
    let plane = Plane(
      fewest: first.pupils < 0.5 * largest ? 0 : (first.pupils * 0.7 / step).rounded(.down) * step,
      pupils: right, least: min(0.8, (shown.min() ?? 1) * 0.92), most: max(1.2, (shown.max() ?? 1) * 1.06))
    drawFrame(plane)
    for (place, limit) in first.limits.enumerated() {
      drawCurve(through: limit, at: first.pupils, plane, style: place < 2 ? "limit" : "limit far")
    }
    let names = ["", "95%", "", "99.8%"]
    for (place, limit) in first.limits.enumerated() where place < names.count && !names[place].isEmpty {
      let end = ChartDrawing.limit(limit, at: first.pupils, for: plane.pupils)
      text(names[place], plane.right + 6, plane.y(end) + 4, "tick", "start")
    }
    drawPoints(points, plane)
  }

  private mutating func drawFrame(_ plane: Plane) {
    let step = plane.most - plane.least > 1.6 ? 0.5 : 0.2
    var ratio = (plane.least / step).rounded(.up) * step
    while ratio <= plane.most {
      line(plane.left, plane.y(ratio), plane.right, plane.y(ratio), ratio == 1 ? "whole" : "grid")
      text(Number.text(ratio), plane.left - 8, plane.y(ratio) + 4.5, "tick", "end")
      ratio += step
    }
    line(plane.left, plane.bottom, plane.right, plane.bottom, "axis")
    let pupils = ChartDrawing.step(for: plane.pupils - plane.fewest)
    var count = (plane.fewest / pupils).rounded(.up) * pupils
    while count <= plane.pupils {
      text(Number.text(count), plane.x(count), plane.bottom + 22, "tick", "middle")
      count += pupils
    }
    text("pupils", plane.right, plane.bottom + 42, "tick", "end")
  }

  /// A limit of so many pupils, from the same limit of others: its logarithm falls with the root of their number.
  private static func limit(_ limit: Double, at pupils: Double, for others: Double) -> Double {
    exp(log(limit) * (pupils / others).squareRoot())
  }

  private mutating func drawCurve(through limit: Double, at pupils: Double, _ plane: Plane, style: String) {
    let steps = 80
    var d = ""
    for step in 1...steps {
      let count = plane.fewest + (plane.pupils - plane.fewest) * Double(step) / Double(steps)
      let ratio = ChartDrawing.limit(limit, at: pupils, for: count)
      guard plane.least...plane.most ~= ratio else { continue }
      d += "\(d.isEmpty ? "M" : "L")\(Number.text(plane.x(count))),\(Number.text(plane.y(ratio)))"
    }
    if !d.isEmpty { paths.append(["d": d, "class": style]) }
  }

  /// Names where there is room; those outside the limits first.
  private mutating func drawPoints(_ points: [Point], _ plane: Plane) {
    var taken: [(left: Double, right: Double, y: Double)] = []
    for point in points.sorted(by: { $0.isOutside && !$1.isOutside }) {
      let (x, y) = (plane.x(point.pupils), plane.y(point.ratio))
      dots.append(["x": Number.text(x), "y": Number.text(y), "class": point.isOutside ? "f0" : "o0"])
      guard point.isOutside || points.count <= 8 else { continue }
      let long = 8.2 * Double(point.name.count)
      let isLeft = x + 10 + long > width
      let box = (left: isLeft ? x - 10 - long : x + 10, right: isLeft ? x - 10 : x + 10 + long, y: y)
      let isFree = taken.allSatisfy { $0.right < box.left || box.right < $0.left || abs($0.y - y) > 15 }
      guard isFree else { continue }
      taken.append(box)
      text(point.name, isLeft ? x - 10 : x + 10, y + 5, "tick", isLeft ? "end" : "start")
    }
  }
}
