extension Policy.Lateness {
  /// School days lost to lateness, as an exact fraction.
  package struct DaysLost: Hashable, Sendable {
    /// The numerator of the fraction of days.
    package let part: Int
    package let whole: Int

    /// The days in tenths, rounded half up.
    package var tenths: Int { (20 * part + whole) / (2 * whole) }
  }

  /// Returns the minutes divided by the minutes taught in a day.
  package func daysLost(minutes: Int) -> DaysLost { DaysLost(part: minutes, whole: taughtMinutes) }

  /// Returns the days lost by the policy's own table, or `nil` if the policy has no table or the pupil was due in on no
  /// day.
  ///
  /// The minutes a day, averaged over the days due in, are interpolated between the rows, from 0 at 0 and with the
  /// slope of the last rows beyond the end, and scaled from the table's year to the days due in. Source: rules, section
  /// 7.
  package func daysLostByTable(minutes: Int, daysDue: Int) -> DaysLost? {
    look(up: { $0.days }, minutes: minutes, daysDue: daysDue).map {
      DaysLost(part: $0.part, whole: 10 * $0.whole)
    }
  }

  /// Returns the lessons lost by the policy's own table or by the minutes of a lesson, or `nil` if the policy has
  /// neither.
  package func lessonsLost(minutes: Int, daysDue: Int) -> DaysLost? {
    if table.contains(where: { $0.lessons > 0 }) {
      return look(up: { $0.lessons }, minutes: minutes, daysDue: daysDue)
    }
    return lessonMinutes.map { DaysLost(part: minutes, whole: $0) }
  }

  private func look(up value: (Row) -> Int, minutes: Int, daysDue: Int) -> DaysLost? {
    guard daysDue > 0, let last = table.last else { return nil }
    let points = [(minutes: 0, value: 0)] + table.map { (minutes: $0.minutes, value: value($0)) }
    // Minutes over all days due in are compared, so that nothing is rounded.
    let upper = points.indices.dropFirst().first { minutes <= points[$0].minutes * daysDue }
    let end = upper ?? points.indices.last ?? 0
    let (from, to) = (points[end - 1], points[end])
    let (step, rise) = (to.minutes - from.minutes, to.value - from.value)
    let part = from.value * daysDue * step + rise * (minutes - from.minutes * daysDue)
    return last.minutes > 0 ? DaysLost(part: part, whole: step * yearDays) : nil
  }
}
