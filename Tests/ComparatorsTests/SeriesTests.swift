import Measures
import Registers
import TestSupport
import Testing

@testable import Comparators

/// The choice between series of figures that are counted in different ways.
@Suite struct SeriesTests {
  /// A school of 2024/25, whose Summer 2 ends on 22 July 2025.
  static func school(_ asAt: String, _ phase: School.Phase = .primary) -> ComparedSchool {
    let terms = [
      HalfTerm(.autumn1, from: Day("2024-09-02"), to: Day("2024-10-25")),
      HalfTerm(.autumn2, from: Day("2024-11-04"), to: Day("2024-12-20")),
      HalfTerm(.spring1, from: Day("2025-01-06"), to: Day("2025-02-14")),
      HalfTerm(.spring2, from: Day("2025-02-24"), to: Day("2025-04-04")),
      HalfTerm(.summer1, from: Day("2025-04-22"), to: Day("2025-05-23")),
      HalfTerm(.summer2, from: Day("2025-06-02"), to: Day("2025-07-22")),
    ]
    let day = Day(asAt)
    return ComparedSchool(
      phase: phase, localAuthority: "Southampton", schoolYear: SchoolYear(start: 2024), asAt: day,
      halfTerms: terms.filter { $0.first <= day }.map {
        HalfTerm($0.name, from: $0.first, to: min($0.last, day))
      })
  }

  static let fsm = Group(.freeSchoolMeals, "FSM eligible")

  @Test func `the daily series is preferred`() throws {
    let found = try Published.all().comparator(
      .persistentAbsence, for: Self.school("2025-07-22"), in: .yearToDate)
    #expect(found.comparator?.percentage.formatted == "13.5%")
    #expect(found.comparator?.benchmark.series == .daily)
    #expect(found.comparator?.vintage == "Year to date, end of year 2024/25")
  }

  @Test(arguments: [("2025-07-22", true), ("2025-08-20", true), ("2025-07-18", false), ("2025-02-14", false)])
  func `the accredited series is compared only with a year that has ended`(asAt: String, matches: Bool) throws
  {
    let figure = """
      Pupil absence in schools in England,202425,Academic year,Primary,Total,Total,enrolments_pa_50_exact_percent,0.8,final,A

      """
    let daily = "Pupil attendance in schools,202425,Spring 1,Primary,Total,Total,sess_overall_percent,5,,\n"
    let benchmarks = try Published.read(RefusedFileTests.figureHead + daily + figure)
    let match = benchmarks.comparator(.severeAbsence, for: Self.school(asAt), in: .yearToDate)
    guard matches else {
      #expect(match == .none(.otherSeriesOnly(.accredited)))
      return
    }
    #expect(match.comparator?.percentage.formatted == "0.8%")
    #expect(match.comparator?.caution.hasPrefix("From the school census") == true)
    #expect(match.comparator?.formatted == "England, primary schools, academic year 2024/25")
  }

  @Test func `a half-term is never compared with a year`() throws {
    let read = try Published.read(LayoutTests.absence)
    let match = read.comparator(
      .overallAbsence, for: Self.school("2025-07-22"), in: .halfTerm(.summer2))
    #expect(match == .none(.phaseNotPublished(.primary, .daily)))
    let year = read.comparator(.overallAbsence, for: Self.school("2025-07-22"), in: .yearToDate)
    #expect(year.comparator?.percentage.formatted == "5.0%")
  }

  @Test func `looked-after children are compared with the social care series`() throws {
    let group = Group(.lookedAfter, "Looked after")
    let benchmarks = try Published.all()
    let found = benchmarks.comparator(
      .overallAbsence, for: Self.school("2025-08-20"), of: group, in: .yearToDate)
    #expect(found.comparator?.benchmark.series == .socialCare)
    #expect(found.comparator?.caution.hasPrefix("Counted by pupil") == true)
    #expect(
      benchmarks.comparator(.overallAbsence, for: Self.school("2025-03-14"), of: group, in: .yearToDate)
        == .none(.otherSeriesOnly(.socialCare)))
  }

  @Test func `a figure of a term is never comparable`() throws {
    let row =
      "Pupil attendance in schools,202425,Autumn term,Primary,FSM,FSM eligible,sess_overall_percent,10,,\n"
    let match = try Published.read(RefusedFileTests.figureHead + row).comparator(
      .overallAbsence, for: Self.school("2024-12-20"), of: Self.fsm, in: .yearToDate)
    #expect(match == .none(.noYearToDate(.overallAbsence, place: "England")))
  }

  @Test func `a figure of another phase, group, year or area is never used`() throws {
    let benchmarks = try Published.all()
    var count = 0
    for phase in [School.Phase.primary, .secondary, .special, .alternative] {
      for asAt in ["2025-07-22", "2025-02-14", "2024-12-20"] {
        for period in [Period.yearToDate, .halfTerm(.autumn1), .halfTerm(.spring1)] {
          for measure in BenchmarkMeasure.named {
            let match = benchmarks.comparator(measure, for: Self.school(asAt, phase), in: period)
            guard let found = match.comparator?.benchmark else { continue }
            count += 1
            #expect(found.phase == .phase(phase) && found.group.group == .total)
            #expect(found.schoolYear == SchoolYear(start: 2024) && found.geography.level == .england)
            #expect(found.series == .daily || (period == .yearToDate && asAt == "2025-07-22"))
          }
        }
      }
    }
    #expect(count > 0)
  }
}
