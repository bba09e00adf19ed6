import Measures
import Policies
import Registers
import ReportModel

/// What is strong in a school and what is to be developed, drawn from the figures by rules, each with its evidence.
struct StrengthOrConcern {
  enum Kind: String {
    case strength = "Strength"
    case toDevelop = "To develop"
  }

  let kind: Kind
  let words: String
  /// The figure, and what it is held against.
  let figure: Cell
  let against: Cell
  let section: String

  /// Source: the trust's review asks for strengths and areas for development (Diocese of St Albans MAT, section 8).
  static func all(of school: SchoolFigures, trust: TrustFigures) -> [StrengthOrConcern] {
    guard !school.total(in: .yearToDate).isWithheld else { return [] }
    return [
      intake(school, trust), change(school), persistence(school), target(school), open(school), gap(school),
    ].compactMap(\.self)
  }

  private static func intake(_ school: SchoolFigures, _ trust: TrustFigures) -> StrengthOrConcern? {
    guard !trust.total(in: .yearToDate).isWithheld else { return nil }
    let intake = CaseMixAdjustment(school.intake, trust: trust.intake)
    let year = school.total(in: .yearToDate)
    guard intake.verdict.isClear, let expected = intake.expectedPercent else { return nil }
    return StrengthOrConcern(
      kind: intake.verdict == .lower ? .strength : .toDevelop,
      words: "Missed clearly \(intake.verdict == .lower ? "less" : "more") than expected for its intake",
      figure: year.rateCell(\.absenceRate),
      against: .decimal(Int((expected * 10).rounded()), places: 1, of: year.enrolments),
      section: "Expected for its intake")
  }

  private static func change(_ school: SchoolFigures) -> StrengthOrConcern? {
    guard let current = school.currentHalfTerm, let previous = school.previousHalfTerm else { return nil }
    let (now, before) = (school.total(in: current), school.total(in: previous))
    guard !now.isWithheld, !before.isWithheld, let verdict = Comparison(now, with: before)?.verdict,
      verdict.isClear
    else { return nil }
    return StrengthOrConcern(
      kind: verdict == .lower ? .strength : .toDevelop,
      words: "Missed clearly \(verdict.absenceLabel) than in \(previous.name)",
      figure: now.rateCell(\.absenceRate), against: before.rateCell(\.absenceRate),
      section: "School by school")
  }

  /// At least six more or fewer pupils, so that it is no accident of one or two.
  private static func persistence(_ school: SchoolFigures) -> StrengthOrConcern? {
    let counts = school.counts
    let keys = [PupilCounts.Key.before(.persistent), .now(.persistent)]
    guard counts.hasBefore, keys.allSatisfy(counts.isShown), let previous = school.previousHalfTerm,
      abs(counts[keys[0]] - counts[keys[1]]) >= 6
    else { return nil }
    let isFewer = counts[keys[1]] < counts[keys[0]]
    return StrengthOrConcern(
      kind: isFewer ? .strength : .toDevelop,
      words:
        "\(isFewer ? "Fewer" : "More") pupils are persistently absent than at the end of \(previous.name)",
      figure: counts.cell(keys[1]), against: counts.cell(keys[0]), section: "School by school")
  }

  private static func target(_ school: SchoolFigures) -> StrengthOrConcern? {
    let year = school.total(in: .yearToDate)
    guard let target = school.policy.target, let rate = year.tally.attendanceRate else { return nil }
    let isMet = 1000 * rate.part >= target * rate.whole
    return StrengthOrConcern(
      kind: isMet ? .strength : .toDevelop,
      words: "Attendance is \(isMet ? "at or over" : "under") the target of its own policy",
      figure: year.rateCell(\.attendanceRate), against: .decimal(target, places: 1, of: year.enrolments),
      section: "Policies and thresholds")
  }

  /// One absence in ten or more without a reason.
  private static func open(_ school: SchoolFigures) -> StrengthOrConcern? {
    let year = school.total(in: .yearToDate)
    let open = school.codes[.yearToDate]?[.reasonNotEstablished] ?? 0
    guard !school.withheldCodes.contains(.reasonNotEstablished),
      let rate = Rate(open, of: year.tally.absence), 10 * rate.part >= rate.whole
    else { return nil }
    return StrengthOrConcern(
      kind: .toDevelop, words: "One absence in ten or more has no reason yet (N)",
      figure: .rate(rate, of: year.enrolments), against: .shorthand(.notApplicable), section: "Codes")
  }

  private static func gap(_ school: SchoolFigures) -> StrengthOrConcern? {
    guard let widest = Gap.widest(of: school) else { return nil }
    return StrengthOrConcern(
      kind: .toDevelop, words: "\(widest.gap.name) missed clearly more than \(widest.gap.otherName)",
      figure: widest.group.rateCell(\.absenceRate), against: widest.other.rateCell(\.absenceRate),
      section: "Groups in each school")
  }

  static func table(_ schools: [SchoolFigures], trust: TrustFigures) -> Table {
    Table(
      "Strengths", title: "Strengths and areas for development",
      columns: [
        Table.Column("School", .text), Table.Column("Kind", .text),
        Table.Column("What the figures show", .text),
        Table.Column("Figure"), Table.Column("Against"), Table.Column("Where to look", .text),
      ],
      rows: schools.flatMap { school in
        all(of: school, trust: trust).map { strength in
          [
            .text(school.school.name), .text(strength.kind.rawValue), .text(strength.words), strength.figure,
            strength.against, .text(strength.section),
          ]
        }
      },
      notes: [
        "Drawn by rules: missed against what is expected for the intake, against the half-term before and by groups, where chance "
          + "does not explain it; six pupils more or fewer persistently absent; the policy's own target; a tenth of absence "
          + "without a reason. What figures cannot tell, people add in a school's commentary."
      ], source: Table.ofTheTrust)
  }
}
