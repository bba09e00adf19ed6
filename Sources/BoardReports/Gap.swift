import Measures
import Registers
import ReportModel

/// A group a board asks about, against the pupils who are not in it.
struct Gap: Sendable {
  let group: Group
  let other: Group
  /// At the start of a sentence: `Disadvantaged pupils`.
  let name: String
  let otherName: String

  /// Source: DfE, Working together to improve school attendance: the groups boards are to review.
  static let all = [
    Gap(.disadvantage, "Disadvantaged pupils", "other pupils"),
    Gap(
      group: Group(.sen, "Any SEN"), other: Group(.senProvision, SENProvision.none.name),
      name: "Pupils with special educational needs (SEN)", otherName: "pupils with none"),
    Gap(
      group: Group(.senProvision, SENProvision.ehcPlan.name),
      other: Group(.senProvision, SENProvision.none.name),
      name: "Pupils with an education, health and care (EHC) plan", otherName: "pupils with no SEN"),
    Gap(
      group: Group(.senProvision, SENProvision.support.name),
      other: Group(.senProvision, SENProvision.none.name),
      name: "Pupils with SEN support", otherName: "pupils with no SEN"),
    Gap(.freeSchoolMeals, "Pupils eligible for free school meals (FSM)", "other pupils"),
    Gap(.lookedAfter, "Looked-after children", "other pupils"),
    Gap(.previouslyLookedAfter, "Previously looked-after children", "other pupils"),
    Gap(.englishAdditional, "Pupils with English as an additional language (EAL)", "other pupils"),
    Gap(.gypsyRomaTraveller, "Gypsy, Roma and Traveller (GRT) pupils", "other pupils"),
    Gap(
      group: Group(.sex, Sex.female.name), other: Group(.sex, Sex.male.name), name: "Girls",
      otherName: "boys"),
  ]

  /// The gap behind which most sessions are missed, of those that are wide beyond chance.
  ///
  /// By sessions, so that a large group a little behind comes before a few pupils far behind. Missing: nil where there is none, or it is of a small group.
  static func widest(of figures: any Figures) -> Gap? {
    let found = toClose.compactMap { gap -> (gap: Gap, sessions: Int)? in
      guard let pair = gap.figures(of: figures, in: .yearToDate), pair.group.enrolments > smallGroup,
        let difference = AbsenceDifference(pair.group, less: pair.other), difference.standsOut,
        difference.points > 0
      else { return nil }
      return (gap, difference.points * pair.group.tally.possible)
    }
    return found.max { $0.sessions < $1.sessions }?.gap
  }

  /// Unit: pupils; of a group of so few no sentence is made. Source: rules, section 10.
  private static let smallGroup = 10

  /// Girls and boys are no gap to close.
  static let toClose = all.filter { $0.group.topic != .sex }

  private init(_ topic: Group.Topic, _ name: String, _ otherName: String) {
    self.init(
      group: Group(topic, topic.name(of: .yes)), other: Group(topic, topic.name(of: .no)), name: name,
      otherName: otherName)
  }

  private init(group: Group, other: Group, name: String, otherName: String) {
    self.group = group
    self.other = other
    self.name = name
    self.otherName = otherName
  }

  /// The figures of both. Missing: nil where one of them is empty or may not be seen.
  func figures(of figures: any Figures, in period: Period) -> (group: GroupFigures, other: GroupFigures)? {
    guard let one = figures.figures(of: group, in: period), let two = figures.figures(of: other, in: period),
      !one.isWithheld, !two.isWithheld, one.tally.possible > 0, two.tally.possible > 0
    else { return nil }
    return (one, two)
  }

  func difference(of figures: any Figures, in period: Period) -> AbsenceDifference? {
    self.figures(of: figures, in: period).flatMap { AbsenceDifference($0.group, less: $0.other) }
  }
}

extension AbsenceDifference {
  /// `more`, `less`, or that chance may explain it.
  var formatted: String { isClear ? points > 0 ? "more" : "less" : "no clear difference" }
}

extension FigureTables {
  /// Each group against the pupils who are not in it, with its share of all absence.
  func gaps() -> Table {
    let total = figures.total(in: .yearToDate)
    let withheld = Gap.all.filter {
      figures.figures(of: $0.group, in: .yearToDate) != nil && $0.figures(of: figures, in: .yearToDate) == nil
    }
    return Table(
      "Gaps", title: "Groups against pupils who are not in them, year to date",
      columns: [
        Table.Column("Group", .text), Table.Column("Group missed (%)", .percent),
        Table.Column("Others missed (%)", .percent), Table.Column("Gap (points)"),
        Table.Column("Beyond chance", .text), Table.Column("Share of pupils (%)", .percent),
        Table.Column("Share of all absence (%)", .percent),
      ],
      rows: Gap.all.compactMap { gap in
        guard let pair = gap.figures(of: figures, in: .yearToDate),
          let difference = AbsenceDifference(pair.group, less: pair.other)
        else { return nil }
        let one = pair.group
        return [
          .text(gap.group.label), one.rateCell(\.absenceRate),
          pair.other.rateCell(\.absenceRate),
          .points(difference.points, of: min(one.enrolments, pair.other.enrolments)),
          .text(difference.formatted), .share(Rate(one.enrolments, of: total.enrolments)),
          .rate(Rate(one.tally.absence, of: total.tally.absence), of: one.enrolments),
        ]
      },
      notes: [
        "Others are the pupils known not to be in the group; for pupils with SEN, those with none; for girls, boys.",
        "Beyond chance: a gap of at least half a point that would arise by chance in fewer than 1 of 20 such schools, since a "
          + "few pupils who miss much can make a gap.",
      ] + FigureTables.note(on: withheld.map(\.group)), source: source)
  }

  /// The groups and the others as dots, the line between them the gap.
  var gapChart: Chart {
    Chart(
      .gap, title: gapTitle,
      caption: "Sessions missed, per cent, year to date: the group, and pupils not in it.",
      description: "Two dots for each group, one for the group and one for the others, as in the table.",
      table: "Gaps", series: [1, 2], plainTitle: "What groups missed, and what others missed")
  }

  private var gapTitle: String {
    let clear = Gap.all.compactMap { gap in
      gap.difference(of: figures, in: .yearToDate).map { (group: gap.group, gap: $0) }
    }.filter { $0.gap.isClear && $0.gap.points > 0 }
    guard let widest = clear.max(by: { $0.gap.points < $1.gap.points }) else {
      return "No group clearly missed more than others"
    }
    return "The widest gap shown: \(widest.group.label)"
  }

  /// Pupils with SEN by another status. Missing: nil where none of them may be seen, or there are none.
  private func overlap(_ topic: Group.Topic, name: String, title: String) -> Table? {
    let table = rows(
      of: figures.groups(of: topic), name: name, title: title, first: "Group",
      notes: ["Where either status is not known, a pupil stands under Unknown."], mark: nil)
    return table.rows.isEmpty ? nil : table
  }

  /// The groups against the others; a sentence where none can be shown.
  func gapSection() -> Section {
    let (title, table) = ("Groups and gaps", gaps())
    guard table.rows.isEmpty else { return Section(title, tables: [table], charts: [gapChart]) }
    return Section(
      title,
      sentences: ["No group can be compared with the pupils who are not in it: withheld, or of no pupil."])
  }

  /// How SEN goes together with disadvantage and with being looked after.
  func overlapSection() -> Section {
    let tables = [
      overlap(.senAndDisadvantage, name: "SEN_and_disadvantage", title: "SEN and disadvantage, year to date"),
      overlap(.senAndLookedAfter, name: "SEN_and_looked_after", title: "SEN and looked after, year to date"),
    ]
    let hidden = zip(["SEN and disadvantage", "SEN and being looked after"], tables).filter { $0.1 == nil }
      .map(\.0)
    return Section(
      "Groups that overlap",
      sentences: hidden.map { "\($0) together: withheld, so that no pupil can be recognised." },
      tables: tables.compactMap(\.self))
  }
}
