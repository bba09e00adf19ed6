import Foundation
import ReportModel

// A funnel plot with a dot for each school by its number of pupils, and limits that converge for larger schools.
extension ChartDrawing {
  /// The area of the plot with the values at its edges.
  private struct Plane {
    let left = 50.0, right = 545.0, top = 12.0, bottom = 302.0
    /// The numbers of pupils at the left and the right edge.
    let minPupils: Double, maxPupils: Double
    /// The ratios at the bottom and the top edge.
    let minRatio: Double, maxRatio: Double

    func x(_ pupils: Double) -> Double {
      left + (right - left) * (pupils - minPupils) / (maxPupils - minPupils)
    }
    func y(_ ratio: Double) -> Double { bottom - (bottom - top) * (ratio - minRatio) / (maxRatio - minRatio) }
  }

  /// A school in the plot.
  private struct Point {
    let name: String
    let pupils: Double
    let ratio: Double
    /// The limits from the inside to the outside, each lower one before the upper one.
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
    // The plot must include the limits at the right edge.
    let shown =
      points.map(\.ratio) + first.limits.map { ChartDrawing.limit($0, at: first.pupils, for: right) }
    let step = ChartDrawing.step(for: largest)
    let plane = Plane(
      minPupils: first.pupils < 0.5 * largest ? 0 : (first.pupils * 0.7 / step).rounded(.down) * step,
      maxPupils: right, minRatio: min(0.8, (shown.min() ?? 1) * 0.92),
      maxRatio: max(1.2, (shown.max() ?? 1) * 1.06))
    drawFrame(plane)
    for (index, limit) in first.limits.enumerated() {
      drawCurve(through: limit, at: first.pupils, plane, style: index < 2 ? "limit" : "limit far")
    }
    let names = ["", "95%", "", "99.8%"]
    for (index, limit) in first.limits.enumerated() where index < names.count && !names[index].isEmpty {
      let end = ChartDrawing.limit(limit, at: first.pupils, for: plane.maxPupils)
      text(names[index], plane.right + 6, plane.y(end) + 4, "tick", "start")
    }
    drawPoints(points, plane)
  }

  private mutating func drawFrame(_ plane: Plane) {
    let step = plane.maxRatio - plane.minRatio > 1.6 ? 0.5 : 0.2
    var ratio = (plane.minRatio / step).rounded(.up) * step
    while ratio <= plane.maxRatio {
      line(plane.left, plane.y(ratio), plane.right, plane.y(ratio), ratio == 1 ? "whole" : "grid")
      text(Number.text(ratio), plane.left - 8, plane.y(ratio) + 4.5, "tick", "end")
      ratio += step
    }
    line(plane.left, plane.bottom, plane.right, plane.bottom, "axis")
    let pupils = ChartDrawing.step(for: plane.maxPupils - plane.minPupils)
    var count = (plane.minPupils / pupils).rounded(.up) * pupils
    while count <= plane.maxPupils {
      text(Number.text(count), plane.x(count), plane.bottom + 22, "tick", "middle")
      count += pupils
    }
    text("pupils", plane.right, plane.bottom + 42, "tick", "end")
  }

  /// Returns the limit for another number of pupils. Its logarithm is inversely proportional to the square root of the number.
  private static func limit(_ limit: Double, at pupils: Double, for others: Double) -> Double {
    exp(log(limit) * (pupils / others).squareRoot())
  }

  private mutating func drawCurve(through limit: Double, at pupils: Double, _ plane: Plane, style: String) {
    let steps = 80
    var d = ""
    for step in 1...steps {
      let count = plane.minPupils + (plane.maxPupils - plane.minPupils) * Double(step) / Double(steps)
      let ratio = ChartDrawing.limit(limit, at: pupils, for: count)
      guard plane.minRatio...plane.maxRatio ~= ratio else { continue }
      d += "\(d.isEmpty ? "M" : "L")\(Number.text(plane.x(count))),\(Number.text(plane.y(ratio)))"
    }
    if !d.isEmpty { paths.append(["d": d, "class": style]) }
  }

  /// Draws the points with their names where there is space, first those outside the limits.
  private mutating func drawPoints(_ points: [Point], _ plane: Plane) {
    var occupied: [(left: Double, right: Double, y: Double)] = []
    for point in points.sorted(by: { $0.isOutside && !$1.isOutside }) {
      let (x, y) = (plane.x(point.pupils), plane.y(point.ratio))
      dots.append(["x": Number.text(x), "y": Number.text(y), "class": point.isOutside ? "f0" : "o0"])
      guard point.isOutside || points.count <= 8 else { continue }
      let long = 8.2 * Double(point.name.count)
      let isLeft = x + 10 + long > width
      let box = (left: isLeft ? x - 10 - long : x + 10, right: isLeft ? x - 10 : x + 10 + long, y: y)
      let isFree = occupied.allSatisfy { $0.right < box.left || box.right < $0.left || abs($0.y - y) > 15 }
      guard isFree else { continue }
      occupied.append(box)
      text(point.name, isLeft ? x - 10 : x + 10, y + 5, "tick", isLeft ? "end" : "start")
    }
  }
}
