import ReportModel

extension PupilCard {
  /// Returns the values of a card.
  func values(anchor: String) -> PageValues {
    let drawing = StripDrawing(strip)
    return [
      "name": name, "details": details, "attendance": attendance.formatted, "change": change,
      "anchor": anchor,
      "width": Number.text(drawing.width), "height": Number.text(StripDrawing.height),
      "description": strip.formatted, "paths": drawing.paths, "lines": lines, "hasFlags": !flags.isEmpty,
      "flags": flags,
    ]
  }
}

/// A drawing of a year with a column for each week, a row for each weekday and two halves for a day.
///
/// All marks of one kind are one path.
private struct StripDrawing {
  private(set) var width = 0.0
  private(set) var paths: [PageValues] = []

  static let height = 40.0
  private static let half = 3.4
  private static let week = 8.6
  private static let betweenHalfTerms = 5.0
  private static let wholeYear = 39 * week + 5 * betweenHalfTerms

  init(_ strip: YearStrip) {
    var drawn: [YearStrip.Mark: String] = [:]
    for (index, week) in strip.weeks.enumerated() {
      if index > 0 {
        width += week.startsHalfTerm ? StripDrawing.week + StripDrawing.betweenHalfTerms : StripDrawing.week
      }
      for (session, mark) in week.marks.prefix(10).enumerated() {
        guard let mark, mark != .notPossible else { continue }
        let x = width + Double(session % 2) * (StripDrawing.half + 0.4)
        drawn[mark, default: ""] += "M\(Number.text(x)) \(session / 2 * 8)h3.4v7h-3.4z"
      }
    }
    // The width is that of a full year, so that all strips have the same scale.
    width = max(width + StripDrawing.week, StripDrawing.wholeYear)
    paths = YearStrip.Mark.allCases.compactMap { mark in
      drawn[mark].map { ["class": mark.style, "d": $0] }
    }
  }
}

extension YearStrip.Mark {
  fileprivate var style: String {
    switch self {
    case .attended: "attended"
    case .late: "late"
    case .authorised: "authorised"
    case .unauthorised: "unauthorised"
    case .notPossible: "none"
    }
  }
}
