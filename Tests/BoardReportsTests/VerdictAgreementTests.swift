import Measures
import Policies
import Registers
import Release
import ReportModel
import TestSupport
import Testing

@testable import BoardReports

/// Page one, the table, the chart's title, the question and the review agree on a gap.
@Suite struct VerdictAgreementTests {
  private static let days = [Day].weekdays(40, from: "2025-09-08")

  /// Returns 120 pupils, some with SEN support or pupil premium who miss a number of sessions more than the others.
  private static func school(extra: Int, groupSize: Int) throws -> SchoolFigures {
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
    return SchoolFigures(
      Register(lines, on: days, pupils: pupils), asAt: days[39],
      policy: try Policy(name: "p", yaml: "title: P", file: "p"))
  }

  @Test(arguments: [0, 1, 2, 4, 12], [9, 10, 30])
  func `every part of the reports says of a gap what the table says`(extra: Int, groupSize: Int) throws {
    let school = try Self.school(extra: extra, groupSize: groupSize)
    let report = try Shown.pack(school)
    let pageOne = report.headlines.map(\.formatted).joined(separator: " ")
    guard groupSize >= 10 else {
      #expect(!report.tables.contains { $0.name.hasPrefix("Gaps") })
      #expect(pageOne.contains("neither disadvantaged pupils nor pupils with SEN can be shown"))
      #expect(!pageOne.contains("no clear difference for"))
      return
    }
    let table = try #require(report.tables.first { $0.name == "Gaps_now" })
    let verdict = try #require(table.columns.firstIndex { $0.header == "Is it clear?" })
    let hasGap = table.rows.contains { $0[verdict].formatted == "clearly lower" }
    let questions = report.questions.map(\.sentence.formatted).joined(separator: " ")
    let title = try #require(
      report.sections.first { $0.title == "Groups and gaps" }?.charts.first?.title)
    let review = try Shown.review([school])
    let strengths = try #require(review.tables.first { $0.name == "Strengths" })
    #expect(hasGap == pageOne.contains("a clear gap"), "\(pageOne)")
    #expect(hasGap == questions.contains("lower than other pupils'"))
    #expect(hasGap == title.contains("lower attendance than others"), "\(title)")
    #expect(
      hasGap == strengths.rows.contains { $0[2].formatted.contains("clearly lower than other pupils'") })
    #expect(pageOne.contains("Disadvantaged: attendance was"))
    if extra == 0 { #expect(!hasGap) }
    if extra == 12 { #expect(hasGap) }
  }
}
