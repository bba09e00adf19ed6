import Registers

/// The pupils of a published figure: a topic and a breakdown, as published.
package struct BenchmarkGroup: Hashable, Sendable {
  package let topic: String
  package let breakdown: String
  /// The same group in `measures.csv`, or `nil` if there is none.
  package let group: Group?

  package static let total = BenchmarkGroup(topic: "Total", breakdown: "Total")

  init(topic: String, breakdown: String) {
    self.topic = topic
    self.breakdown = breakdown
    group = BenchmarkGroup.group(topic.folded, breakdown.folded)
  }

  private static func group(_ topic: String, _ breakdown: String) -> Group? {
    // The total of another topic, such as SEN primary need, may count only some pupils.
    if breakdown == "total", topic == "total" { return .total }
    return groups[topic]?[breakdown]
  }

  /// Topics in DfE's files with the topics of `measures.csv` that have their breakdowns.
  private static let topics: [(names: [String], topics: [Group.Topic])] = [
    (["Sex"], [.sex]),
    (["SEN", "SEN provision"], [.senProvision, .sen]),
    (["FSM", "FSM eligibility"], [.freeSchoolMeals]),
    (["Disadvantage"], [.disadvantage]),
    (["NC year", "Year group"], [.ncYear]),
    (["First language", "EAL"], [.englishAdditional]),
    (["Ethnicity", "Major ethnic groups"], [.ethnicity]),
    (["Looked after"], [.lookedAfter]),
    (["Previously looked after"], [.previouslyLookedAfter]),
  ]

  /// DfE's names of breakdowns that have another name in `measures.csv`.
  ///
  /// Source: DfE's files of *Pupil absence in schools in England*, 2024/25.
  private static let otherNames: [(topic: String, name: String, group: Group)] = [
    ("FSM", "FSM not eligible", Group(.freeSchoolMeals, "Not FSM eligible")),
    (
      "First language", "First language known or believed to be English",
      Group(.englishAdditional, "Not EAL")
    ),
    ("Major ethnic groups", "Asian / Asian British", Group(.ethnicity, "Asian")),
    ("Social care group", "CLA 12 months at 31 March", Group(.lookedAfter, "Looked after")),
  ]

  private static let groups: [String: [String: Group]] = {
    var groups: [String: [String: Group]] = [:]
    for (names, topics) in topics {
      for name in names {
        for topic in topics {
          for breakdown in topic.breakdowns where breakdown != "Unknown" {
            groups[name.folded, default: [:]][breakdown.folded] = Group(topic, breakdown)
          }
        }
      }
    }
    for other in otherNames { groups[other.topic.folded, default: [:]][other.name.folded] = other.group }
    return groups
  }()
}
