import Measures
import Registers
import ReportModel

/// The pupils of a lead's report: pupils with SEN, looked-after children, or disadvantaged pupils.
struct LeadGroup: Sendable {
  let kind: Report.Kind
  /// The plural with the group's name: `pupils with SEN`.
  let name: String
  /// The labels of pupils in the group and of other pupils: `SEN`, `No SEN`.
  let sides: (inside: String, outside: String)
  let purpose: String
  let includes: @Sendable (Pupil) -> Bool
  /// Returns a Boolean value that indicates whether an export contains the pupil's status.
  let isKnown: @Sendable (Pupil) -> Bool
  /// The parts that are compared, the pupils outside the group last.
  let parts: [Part]
  let overlaps: [Overlap]
  /// The title of the column with the details.
  var detailsTitle = "Status"
  /// The details of a pupil, for the column beside the name.
  let details: @Sendable (Pupil) -> String

  struct Part: Sendable {
    let name: String
    /// The group of the school's figures, whose statuses count on their days, or `nil` for a part by today's statuses.
    var group: Group?
    let includes: @Sendable (Pupil) -> Bool
  }

  /// Another status that pupils of the group may have.
  struct Overlap: Sendable {
    let name: String
    let status: @Sendable (Pupil) -> Status
  }
}

extension LeadGroup {
  static let sen = LeadGroup(
    kind: .sencoReport, name: "pupils with SEN", sides: ("SEN", "No SEN"),
    purpose:
      "For the SENCo: attendance of pupils with special educational needs (SEN), with an education, health and care (EHC) "
      + "plan or SEN support, compared with other pupils.",
    includes: { $0.hasSEN == .yes },
    isKnown: { $0.hasSEN != .unknown },
    parts: [
      Part(name: "EHC plan", group: .provision(.ehcPlan)) { $0.senProvision == .ehcPlan },
      Part(name: "SEN support", group: .provision(.support)) { $0.senProvision == .support },
      Part(name: "No SEN", group: .provision(.none)) { $0.senProvision == .none },
    ],
    overlaps: [disadvantage, care, worker], detailsTitle: "Provision and need",
    details: { [$0.senProvision.name, $0.senNeed].filter { !$0.isEmpty }.joined(separator: ", ") })

  static let lookedAfter = LeadGroup(
    kind: .lookedAfterReport, name: "looked-after and previously looked-after children",
    sides: ("LAC or PLAC", "Neither LAC nor PLAC"),
    purpose:
      "For the designated teacher: attendance of looked-after children (LAC) and previously looked-after children (PLAC), "
      + "compared with other pupils.",
    includes: { $0.lookedAfter == .yes || $0.previouslyLookedAfter == .yes },
    isKnown: {
      $0.lookedAfter == .yes || $0.previouslyLookedAfter == .yes || $0.lookedAfter == .no
    },
    parts: [
      Part(name: "Looked after", group: .status(.lookedAfter, .yes)) { $0.lookedAfter == .yes },
      Part(name: "Previously looked after") { $0.lookedAfter != .yes && $0.previouslyLookedAfter == .yes },
      Part(name: "Neither") { $0.lookedAfter == .no && $0.previouslyLookedAfter != .yes },
    ],
    overlaps: [anySEN, worker],
    details: { pupil in
      [pupil.lookedAfter == .yes ? "Looked after" : "Previously looked after", pupil.provisionLabel]
        .filter { !$0.isEmpty }.joined(separator: ", ")
    })

  static let disadvantaged = LeadGroup(
    kind: .disadvantagedReport, name: "disadvantaged pupils", sides: ("Disadvantaged", "Not disadvantaged"),
    purpose:
      "For the pupil premium lead: attendance of disadvantaged pupils, compared with other pupils.",
    includes: { $0.disadvantaged == .yes }, isKnown: { $0.disadvantaged != .unknown },
    parts: [
      Part(name: "Disadvantaged", group: .status(.disadvantage, .yes)) { $0.disadvantaged == .yes },
      Part(name: "Not disadvantaged", group: .status(.disadvantage, .no)) {
        $0.disadvantaged == .no
      },
    ],
    overlaps: [anySEN, care, worker], details: \.provisionLabel)

  private static let disadvantage = Overlap(name: "disadvantaged") { $0.disadvantaged }
  private static let care = Overlap(name: "looked after") { $0.lookedAfter }
  private static let worker = Overlap(name: "with a social worker") { pupil in
    let statuses = [pupil.socialWorker, pupil.childInNeed, pupil.childProtectionPlan]
    return statuses.contains(.yes) ? .yes : statuses.contains(.no) ? .no : .unknown
  }
  private static let anySEN = Overlap(name: "with SEN") { $0.hasSEN }
}

extension Group {
  fileprivate static func provision(_ provision: SENProvision) -> Group {
    Group(.senProvision, provision.name)
  }
  fileprivate static func status(_ topic: Topic, _ status: Status) -> Group {
    Group(topic, topic.name(of: status))
  }
}

extension Pupil {
  /// The SEN provision and need of a pupil with SEN, or an empty text.
  fileprivate var provisionLabel: String {
    hasSEN == .yes ? [senProvision.name, senNeed].filter { !$0.isEmpty }.joined(separator: ", ") : ""
  }
}
