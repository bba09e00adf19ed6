import Measures
import Policies
import Registers
import ReportModel

extension Report {
  /// Returns the SENCo's report on pupils with SEN, which names pupils.
  package static func sencoReport(_ school: SchoolFigures) -> Report { leadReport(.sen, school) }

  /// Returns the designated teacher's report on looked-after and previously looked-after children, which names pupils.
  package static func lookedAfterReport(_ school: SchoolFigures) -> Report {
    leadReport(.lookedAfter, school)
  }

  /// Returns the pupil premium lead's report on disadvantaged pupils, which names pupils.
  package static func disadvantagedReport(_ school: SchoolFigures) -> Report {
    leadReport(.disadvantaged, school)
  }

  private static func leadReport(_ group: LeadGroup, _ school: SchoolFigures) -> Report {
    let pupils = school.pupils.filter { group.includes($0.pupil) && $0.year.possible > 0 }.mostAbsentFirst
    let isKnown = school.pupils.contains { group.isKnown($0.pupil) }
    return Report(
      group.kind, subject: school.school.name, period: school.packPeriod, asAt: school.asAt,
      purpose: group.purpose,
      headlines: isKnown ? LeadSentences(group, pupils, school).all : [LeadSentences.unknown(group)],
      sections: isKnown ? sections(group, pupils, school) : [],
      notes: [
        "Named lists include pupils of any age and every session on roll. Comparisons of groups count as national "
          + "figures do: pupils aged 5 to 15.",
        "A pupil is counted by today's status, except for SEN provision, disadvantage and care if the export gives "
          + "dates.",
      ] + notes(asAt: school.asAt, provisionalFrom: school.provisionalFrom))
  }

  private static func sections(
    _ group: LeadGroup, _ pupils: [PupilFigures], _ school: SchoolFigures
  ) -> [Section] {
    let comparison = LeadComparison(group, school)
    let lists = LeadTables(group, pupils, school)
    let sections: [Section?] = [
      comparison.section, lists.flags, lists.cards, group.kind == .sencoReport ? comparison.byNeed : nil,
      comparison.overlaps, lists.everyPupil, lists.reasons, lists.weeks, lists.days,
    ]
    return sections.compactMap(\.self)
  }
}
