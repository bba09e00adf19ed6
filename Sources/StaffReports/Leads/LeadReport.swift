import Measures
import Policies
import Registers
import ReportModel

extension Report {
  /// The SENCo's report, which names pupils: which pupils with SEN are slipping, and why.
  package static func sencoReport(_ school: SchoolFigures) -> Report { leadReport(.sen, school) }

  /// The same of looked-after and previously looked-after children, for the designated teacher.
  package static func lookedAfterReport(_ school: SchoolFigures) -> Report {
    leadReport(.lookedAfter, school)
  }

  /// The same of disadvantaged pupils, for the pupil premium lead.
  package static func disadvantagedReport(_ school: SchoolFigures) -> Report {
    leadReport(.disadvantaged, school)
  }

  private static func leadReport(_ group: LeadGroup, _ school: SchoolFigures) -> Report {
    let pupils = PupilCells.mostAbsentFirst(
      school.pupils.filter { group.includes($0.pupil) && $0.year.possible > 0 })
    let isTold = school.pupils.contains { group.isTold($0.pupil) }
    return Report(
      group.kind, subject: school.school.name, period: school.packPeriod, asAt: school.asAt,
      purpose: group.purpose,
      headlines: isTold ? LeadSentences(group, pupils, school).all : [LeadSentences.notTold(group)],
      sections: isTold ? sections(group, pupils, school) : [],
      notes: [
        "Pupils of any age and every session on roll are in the named lists; groups are set against each other as the national "
          + "figures count, pupils aged 5 to 15.",
        "A pupil stands in the group of today's status, but for SEN provision, disadvantage and care where the export gives "
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
