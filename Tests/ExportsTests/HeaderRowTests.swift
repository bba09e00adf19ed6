import TabularTestSupport
import Testing

@testable import Exports
@testable import Tabular

@Suite struct HeaderRowTests {
  /// Source: headers of exports as systems write them, reduced to letters and digits.
  static let synonyms: [(Column, String)] = [
    (.pupilID, "studentid personid pupilid id misid gfsid learnerid arborstudentid upi"),
    (.admissionNumber, "admno adno admissionnumber admissionno learnercode studentnumber"),
    (.upn, "upn uniquepupilnumber"),
    (.subcode, "subcode attendancesubcode marksubcode"),
    (.codeID, "attendancecodeid sessionmarkid markid"),
    (.morning, "am morning ammark morningmark"), (.afternoon, "pm afternoon pmmark afternoonmark"),
    (.morningMinutes, "amminuteslate amminslate"), (.afternoonMinutes, "pmminuteslate pmminslate"),
    (.weekStart, "weekstart weekcommencing wc weekbeginning startdate"), (.weekMarks, "weekmarks"),
    (.startDate, "attendancestartdate"), (.datedMarks, "attendancemarks"),
    (.percentAttended, "att percentageattendance attendancepercentage"),
    (.sessionsPossible, "sessionspossible possiblesessions"),
    (.sessionsAttended, "sessionsattended"), (.sessionsAuthorised, "sessionsauthorised authorisedabsence"),
    (.sessionsUnauthorised, "sessionsunauthorised unauthorisedabsence"),
    (.surname, "surname lastname legalsurname legallastname preferredsurname familyname"),
    (.forename, "forename firstname legalforename preferredforename givenname"),
    (.name, "name student pupilname studentname fullname surnameforenamereg"),
    (.date, "date attendancedate recorddate calendarstartdate markdate sessiondate"),
    (.session, "session sessionname period rollcall ampm periodname perioddisplayname"),
    (.mark, "mark attendancemark rawmark sessionmark code attendancecode statutorymark registrationmark"),
    (.minutesLate, "minslate minuteslate sessionminuteslate sessionlateminutes latemins lateby"),
    (.comment, "comment comments attendancecomment recordnote sessionnotes notes reason"),
    (.year, "year yeargroup ncyear ncyearactual currentncyear yearcode yeartaughtin"),
    (.form, "reg reggroup registrationgroup registrationform tutorgroup tutorgroupname form class"),
    (.centre, "centre site campus"),
    (
      .commissioningSchool,
      "mainschool mainschoolname dualmainschool homeschool homeschoolname commissioningschool referringschool "
        + "placingschool schooloforigin originschool"
    ),
    (.sex, "sex gender gendercode legalsex"),
    (.senProvision, "senstatus sen senprovision provisionname sencategory senprovisiontypecode"),
    (.senNeed, "senneed senneedtype primaryneed"),
    (
      .disadvantaged,
      "pp pupilpremium pupilpremiumindicator premiumpupilindicator premiumpupilflag pupilpremiumeligible "
        + "pupilpremiumrecipient ispp disadvantaged ever6 fsm6 everfsm6flag freeschoolmeals6"
    ),
    (.freeSchoolMeals, "fsm fsmeligible freeschoolmeals freemeal eligibleforfreemeals"),
    (.lookedAfter, "lac cla incare inleacare incareflag lookedafter childlookedafter"),
    (.previouslyLookedAfter, "plac cpla everincare childpreviouslylookedafter previouslylookedafter postlac"),
    (.inCareUnclear, "islookedafteroradoptedfromcare"),
    (.englishAdditional, "eal ealflag iseal englishasadditionallanguage"),
    (.ethnicity, "ethnicity ethnicitycode ethniccode ethnicgroup"),
    (.serviceChild, "servicechild"), (.childInNeed, "childinneed cin"),
    (.childProtectionPlan, "childprotectionplan cpp"), (.socialWorker, "socialworker"),
    (.senFrom, "senstartdate senprovisionstartdate"), (.senTo, "senenddate senprovisionenddate"),
    (.disadvantagedFrom, "ppstartdate pupilpremiumstartdate"),
    (.disadvantagedTo, "ppenddate pupilpremiumenddate"),
    (.freeSchoolMealsFrom, "fsmstartdate"), (.freeSchoolMealsTo, "fsmenddate"),
    (.lookedAfterFrom, "incarestartdate lacstartdate clastartdate"),
    (.lookedAfterTo, "incareenddate lacenddate claenddate"),
    (.youngCarer, "youngcarer"), (.noRecourse, "nrpf"),
    (.admitted, "admissiondate dateofadmission doa entrydate dateofentry"),
    (.left, "leavingdate dateofleaving dol actualleavingdate"),
    (.enrolmentStatus, "enrolmentstatus enrollmentstatus enrolmentstatuscode enrolstatus"),
    (.leavingReason, "leavingreason unenrolmentreason destination"),
    (.school, "school schoolname establishmentname schoolurn urn laestab dfenumber applicationid"),
    (.dateOfBirth, "dateofbirth dob"),
  ]

  @Test(arguments: synonyms) func `every synonym names its column and no other`(
    column: Column, headers: String
  ) {
    for header in headers.split(separator: " ").map(String.init) {
      let row = HeaderRow(row: 1, headers: ["other", header])
      #expect(row.indices == [column: 1], "\(header)")
    }
  }

  @Test func `every column has synonyms in this table`() {
    #expect(Set(Self.synonyms.map(\.0)) == Set(Column.allCases))
  }

  @Test func `every synonym names one column`() {
    let all = Column.allCases.flatMap(\.synonyms)
    #expect(all.count == Set(all).count)
    #expect(all.allSatisfy { $0.reducedToLettersAndDigits == $0 })
  }

  @Test(arguments: [
    "formerupn", "expectedleavingdate", "ispresent", "isauthorizedabsent", "sessionlabel", "markcode",
  ])
  func `a header similar to a known one is not that one`(header: String) {
    #expect(HeaderRow(row: 1, headers: [header]).indices == [:])
  }

  @Test(arguments: [
    ("Surname.Forename.Reg", Column.name), ("Session.Late.Minutes", .minutesLate),
    ("  NC Year (actual) ", .year),
    ("STUDENT_ID", .pupilID), ("Adm No.", .admissionNumber), ("Date of Birth", .dateOfBirth),
    ("AM/PM", .session),
  ])
  func `case, spaces and punctuation are ignored`(header: String, column: Column) {
    #expect(HeaderRow(row: 1, headers: [header]).indices == [column: 0])
  }

  @Test func `the more certain of two headers is used`() {
    let arbor = "STUDENT_ID,APPLICATION_ID,RAW_MARK,MARK_CODE,MINUTES_LATE,PERIOD,DATE,IS_PRESENT"
    let row = HeaderRow(row: 1, headers: arbor.split(separator: ",").map(String.init))
    #expect(
      row.indices == [.pupilID: 0, .school: 1, .mark: 2, .minutesLate: 4, .session: 5, .date: 6])
    #expect(HeaderRow(row: 1, headers: ["Code", "Mark"]).index(of: .mark) == 1)
    #expect(HeaderRow(row: 1, headers: ["Date", "Date"]).index(of: .date) == 0)
  }

  @Test(arguments: [(",", ","), (";", ";"), ("\t", "\t"), ("|", "|")])
  func `the delimiter is the one with most known names`(mark: String, expected: String) throws {
    let text = ["UPN", "Date", "Session", "Mark"].joined(separator: mark) + "\nA1" + mark + "x, y\n"
    let seen = try #require(try seen(in: text))
    #expect(seen.facts?.delimiter == expected.utf8.first)
    #expect(seen.header?.indices == [.upn: 0, .date: 1, .session: 2, .mark: 3])
  }

  @Test func `titles above the header are not part of it`() throws {
    let titles = "Mill Lane Primary School\r\n\r\nDate: 1 to 5 September 2025, printed on 9/9/2025\r\n"
    let header = try #require(try found(in: titles + "Year;UPN;Date;Session;Mark\r\n7;A1;;;\r\n"))
    #expect(header.row == 4)
    #expect(header.headers == ["Year", "UPN", "Date", "Session", "Mark"])
  }

  @Test(arguments: [(29, true), (30, false)]) func `the header is found among the first thirty rows`(
    above: Int, isFound: Bool
  ) throws {
    let text = String(repeating: "title\n", count: above) + "UPN,Date\n"
    #expect(try found(in: text)?.row == (isFound ? above + 1 : nil))
  }

  @Test func `a byte order mark is not part of the first header`() throws {
    #expect(try found(in: "\u{FEFF}UPN,Date\n")?.indices == [.upn: 0, .date: 1])
  }

  @Test func `a profile overrules the names`() throws {
    var header = HeaderRow(row: 1, headers: ["UPN", "Mark", "Final Code"])
    try header.overrule(with: [.mark: "final code"], content: .register, file: "a.csv")
    #expect(header.index(of: .mark) == 2)
    let failure = #expect(throws: TableFailure.self) {
      try header.overrule(with: [.date: "Day"], content: .register, file: "a.csv")
    }
    #expect(
      failure?.description
        == "a.csv:1: the trust file's profile says that date is in \"Day\"; found UPN, Mark, Final Code. "
        + "Correct the profile's columns.")
  }

  @Test func `a column in the profile may be in the school's other file`() throws {
    var header = HeaderRow(row: 1, headers: ["UPN", "Year"])
    try header.overrule(with: [.mark: "Final Code", .upn: "Pupil"], content: .pupilDetails, file: "a.csv")
    #expect(header.indices == [.upn: 0, .year: 1])
  }

  private func found(in text: String) throws -> HeaderRow? { try seen(in: text)?.header }

  private func seen(in text: String) throws -> HeaderSeen? {
    var seen = HeaderSeen()
    do throws(TableFailure) {
      try InMemory.file(text).visitTables(for: .register, &seen)
    } catch .missingColumn {
      return nil
    }
    return seen
  }
}

/// A visitor that keeps the header of a file's table and its delimiter.
struct HeaderSeen: TableVisitor {
  var header: HeaderRow?
  var facts: TableFacts?

  mutating func visit<Rows: RowReader & ~Copyable>(_ table: consuming ExportTable<Rows>) {
    header = table.header
    facts = table.facts
  }
  mutating func skip(sheet: String, isHidden: Bool) {}
}
