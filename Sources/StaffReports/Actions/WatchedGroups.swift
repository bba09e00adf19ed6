import Measures
import Policies
import Registers
import ReportModel

/// The groups that a school's policy watches and whose pupils the exports name.
enum WatchedGroups {
  /// Returns the section on watched groups, or `nil` if the policy names none.
  static func section(_ school: SchoolFigures) -> Section? {
    let names = school.policy.groups
    let rows = PupilGroupRows(school)
    guard !names.isEmpty || !school.policy.groupsFromColumns.isEmpty else { return nil }
    var watched: [(name: String, isMember: @Sendable (Pupil) -> Bool)] = []
    var unknown: [String] = []
    for name in names where !elsewhere.contains(name.lowercased()) {
      let found = tests[name.lowercased()] ?? []
      let known = found.filter { test in rows.pupils.contains { test.isMember($0.pupil) != .unknown } }
      if known.isEmpty { unknown.append(name) }
      watched += known.map { test in
        (test.name, { @Sendable in test.isMember($0) == .yes })
      }
    }
    watched += school.policy.groupsFromColumns.map { group in
      (group.name, { @Sendable in $0.extraStatuses[group.name] == .yes })
    }
    return Section(
      "Groups to watch",
      tables: [
        Table(
          "Groups_to_watch", title: "Groups to watch",
          columns: Column.all("Group", school),
          rows: watched.map { rows.row($0.name, where: $0.isMember) } + [
            rows.row("All aged 5 to 15") { _ in true }
          ],
          notes: ["The groups that \(school.policy.title) names. A pupil can be in more than one."]
            + (unknown.isEmpty
              ? []
              : [
                "Not in your exports: \(unknown.joined(separator: ", ")). A policy can name a column under "
                  + "groups_from_columns."
              ]),
          total: watched.count)
      ])
  }

  /// Groups that have tables of their own.
  private static let elsewhere: Set<String> = ["class", "centre", "commissioning school"]

  private struct Member: Sendable {
    let name: String
    let isMember: @Sendable (Pupil) -> Status
  }

  /// The groups by the names that policies use, in lower case.
  private static let tests: [String: [Member]] = [
    "sen": [anySEN], "send": [anySEN],
    "ehc plan": [
      Member(name: "EHC plan") {
        $0.senProvision == .unknown ? .unknown : $0.senProvision == .ehcPlan ? .yes : .no
      }
    ],
    "disadvantaged": [disadvantaged], "pupil premium": [disadvantaged],
    "looked after": [Member(name: "Looked after") { $0.lookedAfter }],
    "previously looked after": [Member(name: "Previously looked after") { $0.previouslyLookedAfter }],
    "social worker": [Member(name: "Social worker") { $0.socialWorker }],
    "child in need": [Member(name: "Child in need") { $0.childInNeed }],
    "child protection plan": [Member(name: "Child protection plan") { $0.childProtectionPlan }],
    "eal": [Member(name: "English as an additional language") { $0.englishAdditional }],
    "grt": [Member(name: "Gypsy, Roma and Traveller") { $0.gypsyRomaTraveller }],
    "nrpf": [Member(name: "No recourse to public funds") { $0.noRecourseToPublicFunds }],
    "service child": [Member(name: "Service child") { $0.serviceChild }],
    "young carer": [Member(name: "Young carer") { $0.youngCarer }],
    "boys and girls": [
      Member(name: "Girls") { $0.sex == .unknown ? .unknown : $0.sex == .female ? .yes : .no },
      Member(name: "Boys") { $0.sex == .unknown ? .unknown : $0.sex == .male ? .yes : .no },
    ],
  ]

  private static let disadvantaged = Member(name: "Disadvantaged (pupil premium)") { $0.disadvantaged }
  private static let anySEN = Member(name: "Any SEN") { $0.hasSEN }
}
