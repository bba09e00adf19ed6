extension Policy.Lateness {
  /// School days lost to lateness, exact: a part of a whole.
  package struct DaysLost: Hashable, Sendable {
    /// Over `whole`. Unit: days.
    package let part: Int
    package let whole: Int

    /// Unit: tenths of a day, rounded half up.
    package var tenths: Int { (20 * part + whole) / (2 * whole) }
  }

  /// Days lost as minutes over the minutes taught in a day.
  package func daysLost(minutes: Int) -> DaysLost { DaysLost(part: minutes, whole: taughtMinutes) }

  /// Days lost by the policy's own table: the minutes a day, averaged over the days due in, are looked up, linear between the
  /// rows, from 0 at 0 and along the last rows' slope past the end, and scaled from the table's year to the days due in.
  ///
  /// Missing: nil where the policy has no table, or the pupil was due in on no day. Source: rules, section 7.
  package func daysLostByTable(minutes: Int, daysDue: Int) -> DaysLost? {
    look(up: { $0.days }, minutes: minutes, daysDue: daysDue).map {
      DaysLost(part: $0.part, whole: 10 * $0.whole)
    }
  }

  /// Lessons lost by the policy's own table, or by the minutes of a lesson.
  ///
  /// Missing: nil where the policy has neither.
  package func lessonsLost(minutes: Int, daysDue: Int) -> DaysLost? {
    if table.contains(where: { $0.lessons > 0 }) {
      return look(up: { $0.lessons }, minutes: minutes, daysDue: daysDue)
    }
    return lessonMinutes.map { DaysLost(part: minutes, whole: $0) }
  }

  private func look(up value: (Row) -> Int, minutes: Int, daysDue: Int) -> DaysLost? {
    guard daysDue > 0, let last = table.last else { return nil }
    let points = [(minutes: 0, value: 0)] + table.map { (minutes: $0.minutes, value: value($0)) }
    // Compared as minutes over all days due in, so that nothing is rounded on the way.
    let upper = points.indices.dropFirst().first { minutes <= points[$0].minutes * daysDue }
    let end = upper ?? points.indices.last ?? 0
    let (from, to) = (points[end - 1], points[end])
    let (step, rise) = (to.minutes - from.minutes, to.value - from.value)
    let part = from.value * daysDue * step + rise * (minutes - from.minutes * daysDue)
    return last.minutes > 0 ? DaysLost(part: part, whole: step * yearDays) : nil
  }
}
