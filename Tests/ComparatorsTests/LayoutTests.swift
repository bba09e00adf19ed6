import Measures
import Registers
import Foundation
import TestSupport
import Testing

@testable import Comparators

/// Detection of a file's layout by its columns.
@Suite struct LayoutTests {
  static let files = [Published.attendance, Published.national, Published.socialCare]

  @Test(arguments: files, [1, 2, 3] as [UInt64])
  func `the order and the spelling of columns do not matter`(name: String, seed: UInt64) throws {
    var random = Seeded(seed)
    let bytes = try Published.bytes(name)
    let cells = try Cells(bytes)
    let plain = try Benchmarks.read([BenchmarkSource(Published.file(bytes))], filter: .all)
    var shuffled = cells.shuffled(by: &random)
    let style = Cells.Style(
      delimiter: [",", "\t", ";"].randomElement(using: &random) ?? ",",
      lineEnd: Bool.random(using: &random) ? "\r\n" : "\n", quotesAll: Bool.random(using: &random),
      mark: [0xEF, 0xBB, 0xBF])
    if Bool.random(using: &random) { shuffled.columns = shuffled.columns.map { $0.uppercased() } }
    shuffled.columns.append("a column of next year")
    shuffled.rows = shuffled.rows.map { $0 + ["c"] }
    let read = try Benchmarks.read(
      [BenchmarkSource(Published.file(shuffled.bytes(style), atMost: 4099))], filter: .all)
    #expect(read.all == plain.all, "seed \(seed)")
    #expect(read.files == plain.files, "seed \(seed)")
  }

  @Test func `the summary of a file names its layout`() throws {
    let benchmarks = try Published.all()
    #expect(benchmarks.files.map(\.layout) == [.attendance, .oneFigureARow, .socialCare])
    #expect(
      benchmarks.files[0].summary == [
        "Pupil attendance in schools, 2025/26, to 10 July 2026",
        "647 rows, 12217 figures, 76 without a value (76 c)",
      ])
    let schools = [School(name: "A", localAuthority: "southampton"), School(name: "B")]
    #expect(benchmarks.findings(of: schools).isEmpty)
    let open = try Published.all(to: nil)
    let atlantis = [School(name: "A", localAuthority: "Atlantis")]
    #expect(
      open.findings(of: atlantis) == [
        "The last day of the year to date in ees-attendance-2025-26-ytd.csv is not known; write "
          + "{file: ees-attendance-2025-26-ytd.csv, to: 2026-07-10} under benchmarks in the trust file, with the last day it "
          + "covers.",
        "DfE's files have no local authority called \"Atlantis\"; write the name as on Explore Education Statistics.",
      ])
  }

  static let absence = """
    time_period,time_identifier,geographic_level,country_name,region_name,old_la_code,new_la_code,la_name,education_phase,\
    breakdown_topic,breakdown,enrolments,sess_possible,sess_overall,sess_overall_percent,enrolments_pa_10_exact,\
    enrolments_pa_10_exact_percent,enrolments_pa_50_exact_percent
    202425,Academic year,National,England,,,,,State-funded primary,Total,Total,200,40000,2000,5,30,15,z
    202425,Academic year,National,England,,,,,State-funded primary,FSM,FSM eligible,50,10000,800,8,15,30,x
    202425,Academic year,National,England,,,,,State-funded primary,SEN provision,EHC plan,10,2000,300,15,4,40,u
    202425,Academic year,National,England,,,,,State-funded primary,NC year,Year 6,30,6000,300,5,6,20,low
    202425,Academic year,National,England,,,,,State-funded primary,SEN primary need,Down Syndrome,3,600,60,10,1,c,c
    202425,Autumn term,National,England,,,,,State-funded primary,Total,Total,200,14000,600,:,28,14,k
    202425,Academic year,Local authority,England,South East,852,E06000045,Southampton,Pupil referral unit,Total,Total,\
    9,900,450,50,9,100,NA
    202425,Academic year,Local authority district,England,,,,,State-funded primary,Total,Total,1,2,1,50,1,100,0

    """

  @Test func `absence by characteristic is read from DfE's columns`() throws {
    let read = try Published.read(Self.absence)
    #expect(read.files[0].layout == .absence)
    #expect(read.files[0].skippedRows == ["the level \"Local authority district\"": 1])
    #expect(read.files[0].unknownGroups == ["SEN primary need: Down Syndrome"])
    #expect(read.all.allSatisfy { $0.series == .accredited })
    let absence = read.all.filter { $0.measure == .overallAbsence }
    #expect(
      absence.map(\.group.group) == [
        .total, Group(.freeSchoolMeals, "FSM eligible"), Group(.senProvision, "EHC plan"),
        Group(.ncYear, "Year 6"), nil, .total, .total,
      ])
    #expect(absence.map(\.period).last == .wholeYear && absence[5].period == .other("Autumn term"))
    #expect(absence[5].value == .missing(.colon) && absence[6].phase == .phase(.alternative))
    #expect(absence[6].geography.isLocalAuthority("852") && absence[6].geography.region == "South East")
    #expect(absence[0].counts?.part == 2000 && absence[0].counts?.whole == 40000)
  }

  @Test func `the total of a topic is not a figure of all pupils`() throws {
    let text = Self.absence.replacingOccurrences(
      of: "SEN primary need,Down Syndrome", with: "SEN primary need,Total")
    let groups = try Published.read(text).all.filter { $0.row == 6 }.map(\.group.group)
    #expect(groups == [nil, nil, nil])
  }

  @Test func `older column names are accepted`() throws {
    let text = Self.absence.replacingOccurrences(of: "education_phase", with: "school_type")
      .replacingOccurrences(of: "breakdown_topic,breakdown", with: "characteristic,characteristic_breakdown")
    #expect(try Published.read(text).all == Published.read(Self.absence).all)
  }

  @Test func `a file of schools keeps only schools of the trust`() throws {
    let text = """
      time_period,time_identifier,geographic_level,la_name,new_la_code,education_phase,school_laestab,school_urn,school_name,\
      enrolments,sess_possible,sess_overall,sess_overall_percent,enrolments_pa_10_exact,enrolments_pa_10_exact_percent
      202425,Academic year,School,Southampton,E06000045,State-funded primary,8522001,100001,Mill Lane,100,20000,1000,5,12,12
      202425,Academic year,School,Southampton,E06000045,State-funded primary,8522002,100077,Other,100,20000,1200,6,12,12

      """
    let read = try Published.read(
      text, filter: GeographyFilter(for: [School(name: "Mill Lane", urn: "100001")]))
    #expect(read.all.map(\.geography.code) == ["100001", "100001"])
    #expect(read.files[0].figures == 4)
    let school = ComparedSchool(
      urn: "100001", phase: .primary, localAuthority: nil, schoolYear: SchoolYear(start: 2024),
      asAt: Day("2025-08-20"),
      halfTerms: [
        HalfTerm(.autumn1, from: Day("2024-09-02"), to: Day("2024-10-25")),
        HalfTerm(.summer2, from: Day("2025-06-02"), to: Day("2025-07-22")),
      ])
    let match = read.comparator(.overallAbsence, for: school, in: .yearToDate, at: .ownSchool)
    #expect(match.comparator?.percentage.formatted == "5.0%")
    #expect(match.comparator?.caution.isEmpty == false)
  }

  @Test func `figures by sex and of single weeks are not figures of all pupils`() throws {
    let text = """
      time_period,time_identifier,geographic_level,region_name,la_name,education_phase,sex,overall_absence_perc
      202526,Academic year,National,,,Primary,Total,5
      202526,Academic year,National,,,Primary,Female,4
      202526,Academic year,National,,,Primary,Male,6
      2025,Week 37,National,,,Primary,Total,3

      """
    let read = try Published.read(text, to: Published.july)
    #expect(read.all.map(\.group.group) == [.total, Group(.sex, "Female"), Group(.sex, "Male")])
    #expect(read.files[0].skippedRows == ["single weeks": 1])
  }
}
