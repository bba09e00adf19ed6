import Measures
import Registers

/// What a board loses with a figure: the more, the rather another is withheld for a small one's sake.
///
/// | | |
/// |---|---|
/// | Any SEN | 10 |
/// | EHC plan, SEN support, disadvantaged, FSM, looked after, EAL, GRT: groups with a gap | 8 |
/// | sex, year | 6 |
/// | the pupils outside such a group | 5 |
/// | ethnicity, registration group, overlaps | 3 |
/// | not known | 1 |
///
/// Four times as much for the year to date as for a half-term; twice as much for the trust as for a school, but a third for
/// registration groups, which have nothing to do with each other. Of two that weigh the same: the one of fewer pupils.
enum BoardLoss {
  static func weight(of group: Group, isTrust: Bool, period: Period, pupils: Int) -> Int {
    let level =
      group.topic == .registrationGroup ? (isTrust ? 1 : 3) : isTrust ? 2 * worth(group) : worth(group)
    return (period == .yearToDate ? 4 : 1) * level * 100 + min(pupils, 99)
  }

  private static func worth(_ group: Group) -> Int {
    if group.breakdown == "Unknown" { return 1 }
    switch group.topic {
    case .total: return 2_000
    case .allOnRoll: return 100
    case .sen: return 10
    case .senProvision: return group.breakdown == SENProvision.none.name ? 5 : 8
    case .disadvantage, .freeSchoolMeals, .lookedAfter, .previouslyLookedAfter, .englishAdditional,
      .gypsyRomaTraveller:
      return group.breakdown == group.topic.name(of: .yes) ? 8 : 5
    case .sex, .ncYear, .weekday, .session: return 6
    case .registrationGroup, .ethnicity, .senAndDisadvantage, .senAndLookedAfter: return 3
    }
  }
}
