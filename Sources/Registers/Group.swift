/// A group of pupils with figures: a topic, such as SEN provision, and a breakdown of it, such as EHC plan.
package struct Group: Hashable, Sendable {
  package let topic: Topic
  package let breakdown: String

  package init(_ topic: Topic, _ breakdown: String) {
    self.topic = topic
    self.breakdown = breakdown
  }

  /// The name of the group in a table that mixes topics.
  package var label: String {
    switch topic {
    case .total: "All aged 5 to 15"
    case .senAndDisadvantage, .senAndLookedAfter: breakdown
    case .ncYear, .registrationGroup: breakdown == "Unknown" ? "Year not known" : breakdown
    default: breakdown == "Unknown" ? "\(topic.rawValue): not known" : breakdown
    }
  }

  package static let total = Group(.total, "Total")
  package static let allOnRoll = Group(.allOnRoll, "Total")

  /// The topics of `measures.csv` in its order, then overlaps, which packs show. Source: rules, section 4.
  package enum Topic: String, CaseIterable, Comparable, Sendable {
    case total = "Total"
    case sex = "Sex"
    case senProvision = "SEN provision"
    case sen = "SEN"
    case disadvantage = "Disadvantage"
    case freeSchoolMeals = "FSM"
    case lookedAfter = "Looked after"
    case previouslyLookedAfter = "Previously looked after"
    case englishAdditional = "EAL"
    case ncYear = "NC year"
    case registrationGroup = "Registration group"
    case ethnicity = "Ethnicity"
    case gypsyRomaTraveller = "GRT"
    case weekday = "Weekday"
    case session = "Session"
    case allOnRoll = "All on roll"
    case senAndDisadvantage = "SEN and disadvantage"
    case senAndLookedAfter = "SEN and looked after"

    /// A Boolean value that indicates whether it is a topic of `measures.csv`.
    package var isInData: Bool { self <= .allOnRoll }

    package static func < (left: Topic, right: Topic) -> Bool { left.order < right.order }
    private var order: Int { Topic.allCases.firstIndex(of: self) ?? 0 }

    /// The order in which breakdowns are written, or an empty array for the order of their names.
    package var breakdowns: [String] {
      switch self {
      case .total, .allOnRoll: ["Total"]
      case .sex: Sex.allCases.map(\.name)
      case .senProvision: SENProvision.allCases.map(\.name)
      case .sen: ["Any SEN"]
      case .disadvantage, .freeSchoolMeals, .lookedAfter, .previouslyLookedAfter, .englishAdditional,
        .gypsyRomaTraveller:
        Status.allCases.map(name(of:))
      case .ncYear:
        ["Nursery", "Reception"] + (1...14).map { "Year \($0)" } + ["Unknown"]
      case .registrationGroup: []
      case .ethnicity: Ethnicity.allCases.map(\.name)
      case .weekday: Weekday.allCases.map(\.name)
      case .session: DayHalf.allCases.map(\.name)
      case .senAndDisadvantage, .senAndLookedAfter: Overlap.allCases.map { name(of: $0) }
      }
    }

    /// Returns the name of a status under this topic, such as "Not disadvantaged".
    package func name(of status: Status) -> String {
      let (yes, no) =
        switch self {
        case .disadvantage: ("Disadvantaged", "Not disadvantaged")
        case .freeSchoolMeals: ("FSM eligible", "Not FSM eligible")
        case .lookedAfter: ("Looked after", "Not looked after")
        case .previouslyLookedAfter: ("Previously looked after", "Not previously looked after")
        case .englishAdditional: ("EAL", "Not EAL")
        case .gypsyRomaTraveller: ("GRT", "Not GRT")
        case .total, .sex, .senProvision, .sen, .ncYear, .registrationGroup, .ethnicity, .weekday, .session,
          .allOnRoll, .senAndDisadvantage, .senAndLookedAfter:
          ("Yes", "No")
        }
      return switch status {
      case .yes: yes
      case .no: no
      case .unknown: "Unknown"
      }
    }

    /// Returns the name of an overlap under this topic, such as "SEN and disadvantaged".
    func name(of overlap: Overlap) -> String {
      let other = self == .senAndLookedAfter ? "looked after" : "disadvantaged"
      return switch overlap {
      case .both: "SEN and \(other)"
      case .senOnly: "SEN, not \(other)"
      case .otherOnly: "\(other.prefix(1).uppercased())\(other.dropFirst()), no SEN"
      case .neither: "Neither"
      case .unknown: "Unknown"
      }
    }
  }

  /// The combination of SEN and another status.
  package enum Overlap: CaseIterable, Sendable {
    case both, senOnly, otherOnly, neither, unknown

    init(sen: Status, other: Status) {
      self =
        switch (sen, other) {
        case (.yes, .yes): .both
        case (.yes, .no): .senOnly
        case (.no, .yes): .otherOnly
        case (.no, .no): .neither
        case (.unknown, _), (_, .unknown): .unknown
        }
    }
  }
}

extension Group: Comparable {
  package static func < (left: Group, right: Group) -> Bool {
    if left.topic != right.topic { return left.topic < right.topic }
    let order = left.topic.breakdowns
    let places = [left, right].map { order.firstIndex(of: $0.breakdown) ?? order.count }
    return (places[0], left.breakdown) < (places[1], right.breakdown)
  }
}

extension Pupil {
  /// The groups the pupil belongs to within the national scope.
  package var groups: [Group] {
    var groups = [
      .total,
      Group(.sex, sex.name),
      Group(.senProvision, senProvision.name),
      Group(.ncYear, year?.name ?? "Unknown"),
      Group(.ethnicity, ethnicity.name),
    ]
    if senProvision == .ehcPlan || senProvision == .support { groups.append(Group(.sen, "Any SEN")) }
    if !registrationGroup.isEmpty { groups.append(Group(.registrationGroup, registrationGroup)) }
    let statuses: [(Group.Topic, Status)] = [
      (.disadvantage, disadvantaged), (.freeSchoolMeals, freeSchoolMeals), (.lookedAfter, lookedAfter),
      (.previouslyLookedAfter, previouslyLookedAfter), (.englishAdditional, englishAdditional),
      (.gypsyRomaTraveller, gypsyRomaTraveller),
    ]
    let overlaps: [(Group.Topic, Status)] = [
      (.senAndDisadvantage, disadvantaged), (.senAndLookedAfter, lookedAfter),
    ]
    return groups + statuses.map { topic, status in Group(topic, topic.name(of: status)) }
      + overlaps.map { topic, status in
        Group(topic, topic.name(of: Group.Overlap(sen: hasSEN, other: status)))
      }
  }
}
