/// Finds the half-terms in a school's days in session, one school year at a time.
///
/// Five breaks separate the half-terms of an English school year. A gap of five or more consecutive weekdays out of
/// school time near a break's usual days is that break. Of two such gaps the nearest is the break, and the other is a
/// closure, which separates nothing. Source: rules, section 5; term dates of English local authorities, 2023/24 to
/// 2026/27.
enum HalfTermFinder {
  /// A break between two half-terms.
  private struct Break {
    let before: HalfTerm.Name
    let after: HalfTerm.Name
    /// The usual month and day of the middle of the break, and the earliest and latest.
    let usual, earliest, latest: (month: Int, day: Int)

    static let all = [
      Break(.autumn1, .autumn2, usual: (10, 29), earliest: (10, 8), latest: (11, 9)),
      Break(.autumn2, .spring1, usual: (12, 28), earliest: (12, 18), latest: (1, 10)),
      Break(.spring1, .spring2, usual: (2, 18), earliest: (2, 6), latest: (3, 3)),
      Break(.spring2, .summer1, usual: (4, 7), earliest: (3, 25), latest: (4, 28)),
      Break(.summer1, .summer2, usual: (5, 28), earliest: (5, 22), latest: (6, 10)),
    ]

    init(
      _ before: HalfTerm.Name, _ after: HalfTerm.Name, usual: (Int, Int), earliest: (Int, Int),
      latest: (Int, Int)
    ) {
      self.before = before
      self.after = after
      self.usual = usual
      self.earliest = earliest
      self.latest = latest
    }
  }

  /// Returns the half-terms of days in session, which are in order.
  static func halfTerms(of days: [Day]) -> [HalfTerm] {
    var found: [HalfTerm] = []
    var rest = days[...]
    while let first = rest.first {
      let year = SchoolYear(containing: first)
      let ofYear = rest.prefix { $0 <= year.lastDay }
      found += halfTerms(of: Array(ofYear), in: year)
      rest = rest.dropFirst(ofYear.count)
    }
    return found
  }

  private static func halfTerms(of days: [Day], in year: SchoolYear) -> [HalfTerm] {
    let gaps = days.indices.dropFirst().filter { weekdays(between: days[$0 - 1], and: days[$0]) >= 5 }
    /// The breaks that were found, each with the index of the first day after it. A gap in the exports may hide
    /// several.
    var starts: [(place: Int, before: HalfTerm.Name, after: HalfTerm.Name)] = []
    let holes = gaps.filter { place in
      Break.all.count { days[place - 1] < year.day($0.usual) && year.day($0.usual) < days[place] } > 1
    }
    for pause in Break.all {
      let middle = { (place: Int) in days[place - 1] + (days[place] - days[place - 1]) / 2 }
      let usual = year.day(pause.usual)
      if let hole = holes.first(where: { days[$0 - 1] < usual && usual < days[$0] }) {
        if starts.last?.place == hole {
          starts[starts.count - 1].after = pause.after
        } else {
          starts.append((hole, pause.before, pause.after))
        }
        continue
      }
      let near = gaps.filter { place in
        !holes.contains(place)
          && (year.day(pause.earliest)...year.day(pause.latest) ~= middle(place)
            || days[place - 1] < usual && usual < days[place])
      }
      if let place = near.min(by: { abs(middle($0) - usual) < abs(middle($1) - usual) }),
        place > starts.last?.place ?? 0
      {
        starts.append((place, pause.before, pause.after))
      }
    }
    let bounds = [0] + starts.map(\.place) + [days.count]
    return zip(bounds, bounds.dropFirst()).enumerated().map { order, bound in
      let part = days[bound.0..<bound.1]
      let name =
        order > 0 ? starts[order - 1].after : starts.first?.before ?? name(ofAll: part, in: year)
      return HalfTerm(name, from: part[bound.0], to: part[bound.1 - 1])
    }
  }

  /// Returns the half-term of days without a break before or after them: the one with their middle.
  private static func name(ofAll days: ArraySlice<Day>, in year: SchoolYear) -> HalfTerm.Name {
    guard let first = days.first, let last = days.last else { return .autumn1 }
    let middle = first + (last - first) / 2
    return Break.all.first { middle < year.day($0.usual) }?.before ?? .summer2
  }

  private static func weekdays(between before: Day, and after: Day) -> Int {
    guard after - before > 5 else { return 0 }
    return (1..<(after - before)).count { (before + $0).weekday.isSchoolDay }
  }
}

extension SchoolYear {
  /// Returns the day of a month and day of the month in the school year.
  fileprivate func day(_ date: (month: Int, day: Int)) -> Day {
    Day(year: date.month >= 8 ? start : start + 1, month: date.month, day: date.day) ?? firstDay
  }
}
