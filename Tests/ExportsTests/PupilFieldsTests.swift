import Registers
import TabularTestSupport
import Testing

@testable import Exports
@testable import Tabular

@Suite struct PupilFieldsTests {
  @Test(arguments: ["y", "Y", "yes", "YES", "true", "TRUE", "t", "T", "1", " Yes "])
  func `yes is read in every form`(
    written: String
  ) throws {
    #expect(try reading(["EAL": written]).pupil.englishAdditional == .yes)
  }

  @Test(arguments: ["n", "N", "no", "NO", "false", "False", "f", "F", "0"]) func `no is read in every form`(
    written: String
  )
    throws
  {
    #expect(try reading(["EAL": written]).pupil.englishAdditional == .no)
  }

  @Test(arguments: ["", " ", "NULL", "null", "NA"]) func `a blank is unknown and not a finding`(
    written: String
  ) throws {
    for column in Column.allCases {
      let read = try reading([try #require(column.synonyms.first): written])
      #expect(read.unclear == [], "\(column)")
    }
    #expect(try reading(["EAL": written]).pupil.englishAdditional == .unknown)
    #expect(try reading(["Surname": written]).pupil.surname.unredacted == "")
  }

  @Test(arguments: ["Y", "no", "FALSE", "1", "", "NULL"])
  func `a home school that is only yes or no is not a school`(written: String) throws {
    let read = try reading(["Home School": written])
    #expect(read.pupil.commissioningSchool == "")
    #expect(read.unclear == [])
  }

  @Test func `every status has its column`() throws {
    let statuses: [(Column, KeyPath<Pupil, Status>)] = [
      (.disadvantaged, \.disadvantaged), (.freeSchoolMeals, \.freeSchoolMeals), (.lookedAfter, \.lookedAfter),
      (.previouslyLookedAfter, \.previouslyLookedAfter), (.inCareUnclear, \.inCareUnclear),
      (.childInNeed, \.childInNeed), (.childProtectionPlan, \.childProtectionPlan),
      (.socialWorker, \.socialWorker), (.englishAdditional, \.englishAdditional),
      (.serviceChild, \.serviceChild), (.youngCarer, \.youngCarer), (.noRecourse, \.noRecourseToPublicFunds),
    ]
    for (column, path) in statuses {
      for (written, status) in [("Y", Status.yes), ("N", .no), ("", .unknown), ("maybe", .unknown)] {
        let read = try reading([try #require(column.synonyms.first): written])
        #expect(read.pupil[keyPath: path] == status, "\(column)")
        #expect(read.unclear == (written == "maybe" ? [column] : []), "\(column)")
      }
    }
  }

  /// Source: DfE school census, post looked after arrangements.
  @Test(arguments: [
    ("A", Status.yes), ("g", .yes), ("R", .yes), ("C", .yes), ("O", .yes), ("N", .no), ("1", .yes),
  ])
  func `codes of leaving care mean previously looked after`(written: String, status: Status) throws {
    #expect(try reading(["PLAC": written]).pupil.previouslyLookedAfter == status)
    #expect(try reading(["PLAC": "B"]).unclear == [.previouslyLookedAfter])
  }

  @Test(arguments: [
    ("F", Sex.female), ("female", .female), ("Girl", .female), ("M", .male), ("MALE", .male), ("boy", .male),
    ("U", .unknown), ("unknown", .unknown),
  ])
  func `sex is read from codes and words`(written: String, sex: Sex) throws {
    let read = try reading(["Gender": written])
    #expect(read.pupil.sex == sex)
    #expect(read.unclear == [])
  }

  @Test(arguments: [
    ("E", SENProvision.ehcPlan), ("S", .ehcPlan), ("EHCP", .ehcPlan), ("EHC Plan", .ehcPlan),
    ("Education, Health and Care Plan", .ehcPlan), ("Statement", .ehcPlan), ("K", .support), ("A", .support),
    ("P", .support), ("SEN Support", .support), ("School Action Plus", .support), ("N", .none),
    ("No SEN", .none),
    ("None", .none), ("No special educational need", .none),
  ])
  func `SEN provision is read from codes and words`(written: String, provision: SENProvision) throws {
    #expect(try reading(["SEN Status": written]).pupil.senProvision == provision)
    #expect(try reading(["SEN Status": "Z"]).unclear == [.senProvision])
  }

  @Test(arguments: [
    ("Year  7", 7), ("Yr 7", 7), ("Y7", 7), ("7", 7), ("07", 7), ("year 11", 11), ("NC Year 3", 3), ("R", 0),
    ("Reception", 0), ("Year R", 0), ("YR", 0), ("Yr R", 0), ("N1", -2), ("N2", -1), ("Nursery", -1),
    ("13", 13), ("7.0", 7), ("10.0", 10), ("1.0", 1),
    ("14", 14), ("0", 0),
  ])
  func `years are read as systems write them`(written: String, number: Int) throws {
    let read = try reading(["Year group": written])
    #expect(read.pupil.year?.number == number)
    #expect(read.unclear == [])
  }

  @Test(arguments: [
    "15", "99", "7A", "Seven", "2025", "-1", "Year", "99999999999999999999", "Year 1/2", "1-2", "Year 1 & 2",
  ])
  func `a text that is not a year has no year`(written: String) throws {
    let read = try reading(["Year group": written])
    #expect(read.pupil.year == nil)
    #expect(read.unclear == [.year])
  }

  /// Source: DfE's ethnicity code set and its main groups.
  @Test(arguments: [
    ("WBRI", Ethnicity.white, Status.no), ("WIRT", .white, .yes), ("WROM", .white, .yes),
    ("WROG", .white, .yes),
    ("MWBC", .mixed, .no), ("AIND", .asian, .no), ("BCRB", .black, .no), ("CHNE", .chinese, .no),
    ("OARA", .other, .no),
    ("wbri", .white, .no), ("White - British", .white, .no), ("Gypsy/Roma", .white, .yes),
    ("Roma", .white, .yes),
    ("Traveller of Irish heritage", .white, .yes), ("White and Black Caribbean", .mixed, .no),
    ("White and Asian", .mixed, .no), ("Any other mixed background", .mixed, .no),
    ("Black - African", .black, .no),
    ("Any other Asian background", .asian, .no), ("Any other White background", .white, .no),
    ("Chinese", .chinese, .no),
    ("Any other ethnic group", .other, .no), ("Arab", .other, .no), ("REFU", .unknown, .unknown),
    ("NOBT", .unknown, .unknown), ("Refused", .unknown, .unknown),
    ("Information not yet obtained", .unknown, .unknown),
  ])
  func `ethnicity is read from codes and words`(written: String, group: Ethnicity, isTraveller: Status) throws
  {
    let read = try reading(["Ethnicity": written])
    #expect(read.pupil.ethnicity == group)
    #expect(read.pupil.gypsyRomaTraveller == isTraveller)
    #expect(read.unclear == [])
  }

  @Test(arguments: [
    ("Bell, Ama", "Bell", "Ama"), ("BELL Ama (7A)", "Bell", "Ama"), ("Bell, Ama (7A)", "Bell", "Ama"),
    ("DE SOUZA Ana Maria (10B)", "De Souza", "Ana Maria"), ("Bell,Ama", "Bell", "Ama"), ("Ama", "", "Ama"),
    ("", "", ""),
    ("BELL", "", "BELL"),
  ])
  func `a name in one field is split`(written: String, surname: String, forename: String) {
    let names = PupilFields.names(in: written)
    #expect(names.surname == surname)
    #expect(names.forename == forename)
  }

  @Test func `a pupil is read from all fields of a row`() throws {
    let read = try reading([
      "UPN": "b801200005001", "Student ID": "771", "Adm No": "004512", "Legal Surname": "O\"\"Neil",
      "Forename": "Ama",
      "Reg": "7A", "DOB": "01/02/2014", "Admission Date": "2025-09-03", "Leaving Date": "31/11/2025",
      "Centre": "North", "Main School": "St Aldhelm's", "School": "Harbour", "SEN Need": "semh",
      "Leaving reason": "moved",
    ])
    let pupil = read.pupil
    #expect(pupil.upn.unredacted == "B801200005001")
    #expect(pupil.pupilID.unredacted == "771")
    #expect(pupil.admissionNumber.unredacted == "004512")
    #expect(pupil.surname.unredacted == "O\"Neil")
    #expect(pupil.registrationGroup == "7A")
    #expect(pupil.dateOfBirth.unredacted?.iso == "2014-02-01")
    #expect(pupil.admitted?.iso == "2025-09-03")
    #expect(pupil.left == nil)
    #expect(pupil.centre == "North")
    #expect(pupil.commissioningSchool == "St Aldhelm's")
    #expect(pupil.senNeed == "SEMH")
    #expect(pupil.leavingReason == "moved")
    #expect(read.unclear == [.left])
  }

  private func reading(_ fields: [String: String]) throws -> PupilFields.Result {
    let headers = fields.keys.sorted()
    let text = headers.map { "\"\(fields[$0] ?? "")\"" }.joined(separator: ",") + "\n"
    var rows = CSVRows(ByteFeed(read: InMemory.read(Array(text.utf8))))
    let hasRow = try rows.next()
    #expect(hasRow)
    var reader = PupilFields(header: HeaderRow(row: 1, headers: headers), profile: SourceProfile())
    return reader.read(DelimitedRows(rows))
  }
}
