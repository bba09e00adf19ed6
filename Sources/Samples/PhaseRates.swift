import Registers

/// How often things happen in a phase.
///
/// Unit: chances in 100,000, unless said otherwise. Source: tuned until the marks come near the national figures of
/// DfE's *Pupil attendance in schools* 2025/26 for each code.
struct PhaseRates: Sendable {
  /// Illness that begins on a day, for a pupil like most.
  let illness: Int
  /// How much more than at a primary an absence without leave is likely. Unit: per cent.
  let unauthorised: Int
  /// Pupils who are absent now and then, persistently and severely, for each thousand at average risk.
  let attenders: [Int]
  /// A medical or dental appointment, on a day.
  let medical: Int
  /// Lateness before the register closes, on a morning.
  let late: Int
  /// The part of late pupils who come after the register has closed. Unit: per cent.
  let afterClose: Int
  /// A holiday not granted, at each edge of a half-term.
  let holiday: Int
  /// Leave for exceptional circumstances that begins on a day.
  let exceptional: Int
  /// The part of late marks with minutes. Unit: per cent.
  let minutesKnown: Int
  /// The part of an absentee's spells that is put down to illness. Unit: per cent.
  let excusedSpells: Int

  static func of(_ phase: School.Phase) -> PhaseRates {
    switch phase {
    case .primary: primary
    case .secondary: secondary
    case .special: special
    case .alternative: alternative
    }
  }

  private static let primary = PhaseRates(
    illness: 850, unauthorised: 80, attenders: [215, 72, 6], medical: 520, late: 2000, afterClose: 13,
    holiday: 2300, exceptional: 200, minutesKnown: 86, excusedSpells: 35)
  private static let secondary = PhaseRates(
    illness: 1010, unauthorised: 122, attenders: [165, 80, 17], medical: 720, late: 4900, afterClose: 10,
    holiday: 1300, exceptional: 230, minutesKnown: 76, excusedSpells: 22)
  private static let special = PhaseRates(
    illness: 850, unauthorised: 78, attenders: [110, 82, 9], medical: 1900, late: 1500, afterClose: 25,
    holiday: 1700, exceptional: 900, minutesKnown: 91, excusedSpells: 40)
  private static let alternative = PhaseRates(
    illness: 1300, unauthorised: 155, attenders: [240, 250, 105], medical: 900, late: 12_000, afterClose: 32,
    holiday: 900, exceptional: 400, minutesKnown: 64, excusedSpells: 16)
}
