import Measures
import Policies
import Registers
import ReportModel
import TestSupport
import Testing

@testable import BoardReports

/// Page one, the table, the chart's title, the question and the strengths of the review say the same of a gap.
@Suite struct VerdictAgreementTests {
  private static let days = [Day].weekdays(40, from: "2025-09-08")

  /// 120 pupils, of whom some with SEN support or pupil premium miss so many sessions more than the others.
  private static func school(extra: Int, groupSize: Int, withheld: Bool = false) throws -> SchoolFigures {
    let lines = (0..<120).map { index in
      let missed = 2 + index % 5 + (index < groupSize ? extra : 0)
      return MadeMarks.of(("I", missed), ("/", 80 - missed))
    }
    let pupils = (0..<120).map { index in
      Pupil.made {
        $0.senProvision = index < groupSize ? .support : SENProvision.none
        $0.disadvantaged = index < groupSize ? .yes : .no
      }
    }
    let policy = try Policy(name: "p", yaml: "title: P", file: "p")
    let school = SchoolFigures(
      Register(lines, on: days, pupils: pupils), asAt: days[39], policy: policy)
    guard withheld else { return school }
    let groups = school.groups[.yearToDate, default: [:]].keys.filter { $0.topic != .total }
    return school.withholding(
      Withholding(groups: [
        .yearToDate: Dictionary(uniqueKeysWithValues: groups.map { ($0, .everything) })
      ]))
  }

  @Test(arguments: [0, 1, 2, 4, 12], [9, 10, 30])
  func `every place that speaks of a gap says what the table says`(extra: Int, groupSize: Int) throws {
    let school = try Self.school(extra: extra, groupSize: groupSize)
    let report = Report.governorPack(school)
    let table = try #require(report.tables.first { $0.name == "Gaps" })
    let verdict = try #require(table.columns.firstIndex { $0.header == "Beyond chance" })
    let labels = table.rows.map { $0[verdict].formatted }
    #expect(!labels.isEmpty)
    let hasGap = zip(table.rows, labels).contains { $1 == "more" && $0[0].formatted != "Female" }
    let pageOne = report.headlines.map(\.formatted).joined(separator: " ")
    let questions = report.questions.map(\.asks.formatted).joined(separator: " ")
    let title = try #require(
      report.sections.first { $0.title == "Groups and gaps" }?.charts.first?.title)
    let trust = TrustFigures(of: [school], name: "T", asAt: school.asAt)
    let strengths = StrengthOrConcern.all(of: school, trust: trust).map(\.words).joined(separator: " ")
    #expect(hasGap == pageOne.contains("percentage points more than"), "\(pageOne)")
    #expect(hasGap == questions.contains("miss clearly more than"))
    #expect(hasGap == title.hasPrefix("The widest gap shown"), "\(title)")
    #expect(hasGap == strengths.contains("missed clearly more than"), "\(strengths)")
    let isCompared = labels.contains { $0 != "too few to compare" }
    #expect((!hasGap && isCompared) == pageOne.contains("clearly more"), "\(pageOne)")
    #expect(labels.contains("too few to compare") == (groupSize < 10))
    if extra == 0 || groupSize < 10 { #expect(!hasGap) }
    if extra == 12, groupSize >= 10 { #expect(hasGap) }
  }

  @Test func `a gap that is withheld is never said to be no gap`() throws {
    let report = Report.governorPack(try Self.school(extra: 12, groupSize: 30, withheld: true))
    let texts =
      report.headlines.map(\.formatted) + report.questions.map(\.asks.formatted)
      + report.sections.flatMap { $0.charts.map(\.title) + $0.sentences.map(\.formatted) }
    #expect(texts.count > 5)
    for text in texts {
      #expect(!text.contains("No group clearly missed") && !text.contains("not miss clearly more"), "\(text)")
    }
    #expect(texts.contains { $0.hasPrefix("No group can be compared") })
  }
}
