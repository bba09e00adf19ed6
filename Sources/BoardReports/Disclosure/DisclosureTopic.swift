import Registers

/// Groups whose figures add up to a whole that is shown too.
struct DisclosureTopic: Sendable {
  /// Groups that add up to another.
  struct Sum: Sendable {
    let whole: Group
    let parts: @Sendable (Group) -> Bool
  }

  let sums: [Sum]
  var countsPupils = true
  /// Whether it is the topic of the totals themselves.
  var isOfTotals = false

  static let all: [DisclosureTopic] =
    [total, provision, years]
    + [
      Group.Topic.sex, .disadvantage, .freeSchoolMeals, .lookedAfter, .previouslyLookedAfter,
      .englishAdditional, .ethnicity, .gypsyRomaTraveller, .registrationGroup,
    ].map { DisclosureTopic(sums: [sum(of: $0)]) }
    + [Group.Topic.weekday, .session].map { DisclosureTopic(sums: [sum(of: $0)], countsPupils: false) }

  private static func sum(of topic: Group.Topic) -> Sum { Sum(whole: .total) { $0.topic == topic } }

  private static let total = DisclosureTopic(sums: [sum(of: .total)], isOfTotals: true)

  private static let provision = DisclosureTopic(sums: [
    sum(of: .senProvision),
    Sum(whole: .total) { group in
      group.topic == .sen
        || group.topic == .senProvision
          && [SENProvision.none.name, SENProvision.unknown.name].contains(group.breakdown)
    },
    Sum(whole: Group(.sen, "Any SEN")) { group in
      group.topic == .senProvision
        && [SENProvision.ehcPlan.name, SENProvision.support.name].contains(group.breakdown)
    },
  ])

  /// The years of the national scope add up to the total, and all years to everyone on roll.
  private static let years = DisclosureTopic(sums: [
    Sum(whole: .total) { $0.isNationalYear || $0 == Group(.ncYear, "Unknown") },
    Sum(whole: .allOnRoll) { $0.topic == .ncYear },
  ])
}
