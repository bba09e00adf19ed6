import Registers

/// The last day a school's registers reach, with no as-at date to say so.
struct RegisterEnd {
  let year: SchoolYear
  /// The last day of marks that stand: the year's, or an earlier one where only strays lie behind it.
  let day: Day
  let hasLaterMarks: Bool

  /// Unit: days; longer than any holiday but the summer's.
  private static let longestSilence = 21

  /// Missing: nil when there is no mark.
  init?(_ grid: MarkGrid) {
    guard let year = grid.presentYear, let sheet = grid.sheets.first(where: { $0.year == year }) else {
      return nil
    }
    self.year = year
    let counts = sheet.marksBySession
    let most = counts.max() ?? 0
    let last = counts.indices.last { counts[$0] > max(1, most / 50) }.map { sheet.day(ofSlot: $0) }
    let stray = counts.indices.last { counts[$0] > 0 }.map { sheet.day(ofSlot: $0) }
    if let last, let stray, most >= 5,
      counts.indices.allSatisfy({ slot in
        let gap = sheet.day(ofSlot: slot) - last
        return counts[slot] == 0 || gap <= 0 || gap > RegisterEnd.longestSilence
      }), stray - last > RegisterEnd.longestSilence
    {
      day = last
      hasLaterMarks = true
    } else {
      day = year.lastDay
      hasLaterMarks = grid.hasMarks(after: year)
    }
  }
}
