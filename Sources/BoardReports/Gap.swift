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

  /// A group, the others and the comparison of the two.
  struct Compared {
    let gap: Gap
    let group: GroupFigures
    let other: GroupFigures
    let comparison: Comparison
  }

  /// Returns every gap of a period that a board may see, compared together: tables, headlines, questions and strengths all
  /// read these.
  static func compared(_ figures: any Figures, in period: Period = .yearToDate) -> [Compared] {
    let pairs = all.map { $0.figures(of: figures, in: period) }
    let comparisons = Comparison.family(pairs.map { pair in pair.map { ($0.group, $0.other) } })
    return zip(all, zip(pairs, comparisons)).compactMap { gap, found in
      guard let pair = found.0, let comparison = found.1 else { return nil }
      return Compared(gap: gap, group: pair.group, other: pair.other, comparison: comparison)
    }
  }

  /// Returns the gap behind which most sessions are missed, of those that are clear, or `nil` if none is.
  ///
  /// By sessions, so that a large group a little behind comes before a few pupils far behind.
  static func widest(of figures: any Figures) -> Compared? {
    compared(figures).filter { $0.comparison.verdict == .higher && $0.gap.group.topic != .sex }.max {
      $0.comparison.points * $0.group.tally.possible < $1.comparison.points * $1.group.tally.possible
    }
  }

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
}

extension Verdict {
  /// The label of absence compared with others': `more`, `less`.
  var absenceLabel: String {
    switch self {
    case .higher: "more"
    case .lower: "less"
    case .similar: "no clear difference"
    case .tooFew: "too few to compare"
    }
  }

  /// The label of a figure beside another: `above`, `below`.
  var positionLabel: String {
    switch self {
    case .higher: "above"
    case .lower: "below"
    case .similar: "no clear difference"
    case .tooFew: "too few to compare"
    }
  }
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
      rows: Gap.compared(figures).map { compared in
        let one = compared.group
        return [
          .text(compared.gap.group.label), one.rateCell(\.absenceRate),
          compared.other.rateCell(\.absenceRate),
          .points(compared.comparison.points, of: min(one.enrolments, compared.other.enrolments)),
          .text(compared.comparison.verdict.absenceLabel), .share(Rate(one.enrolments, of: total.enrolments)),
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
    let compared = Gap.compared(figures)
    let clear = compared.filter { $0.comparison.verdict == .higher }
    if let widest = clear.max(by: { $0.comparison.points < $1.comparison.points }) {
      return "The widest gap shown: \(widest.gap.group.label)"
    }
    // A group that is withheld or too small is not to be taken for one without a gap.
    let hidden = Gap.all.contains { gap in
      figures.figures(of: gap.group, in: .yearToDate) != nil
        && !compared.contains { $0.gap.group == gap.group && $0.comparison.verdict != .tooFew }
    }
    return hidden
      ? "No group that can be compared clearly missed more" : "No group clearly missed more than others"
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
