import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports
@testable import Tabular

/// Sessions, headers and pupils as systems and people write them.
@Suite struct WrittenFormTests {
  private static let ama = FindingCase.ann

  private func session(_ text: String, in column: [String], names: [String: DayHalf] = [:])
    -> SessionReader.Result
  {
    let reader = SessionReader(first: column, names: names)
    return withBytes(text) { reader.read($0) }
  }

  @Test(arguments: [
    ("AM", DayHalf.morning), ("pm", .afternoon), ("AM Reg", .morning), ("PM1", .afternoon),
    ("Mon AM", .morning),
    ("Morning Registration", .morning), ("Afternoon attendance", .afternoon), ("a.m.", .morning),
    ("Reg (PM)", .afternoon), ("Tutor AM", .morning),
  ])
  func `a name with AM, PM, morning or afternoon as a word is that half`(name: String, half: DayHalf) {
    #expect(session(name, in: [name]) == .half(half))
  }

  @Test func `1 and 2 are sessions if the column has only these`() {
    #expect(session("Session 1", in: ["Session 1", "Session 2"]) == .half(.morning))
    #expect(session("2", in: ["1", "2"]) == .half(.afternoon))
    #expect(session("1", in: ["0", "1"]) == .unknown)
    #expect(session("1", in: ["AM", "1", "PM"]) == .lesson)
    #expect(session("Reg 4", in: ["Reg 1", "Reg 4"]) == .unknown)
  }

  @Test func `two times of the day are sessions, and more are not`() {
    #expect(session("08:45", in: ["08:45", "13:15"]) == .half(.morning))
    #expect(session("13:15", in: ["08:45", "13:15"]) == .half(.afternoon))
    #expect(session("08:45", in: ["08:45", "09:45", "13:15"]) == .unknown)
  }

  @Test func `a profile names the sessions of a source`() {
    let names = ["Reg 1": DayHalf.morning, "Reg 4": .afternoon]
    #expect(session("reg 1", in: ["Reg 1", "Reg 4"], names: names) == .half(.morning))
    #expect(session("Reg 4 ", in: ["Reg 1", "Reg 4"], names: names) == .half(.afternoon))
  }

  private func marks(_ text: String) throws -> [String] {
    try Reading([InMemory.file(text)]).register.filter { $0.contains(" AM ") || $0.contains(" PM ") }
      .filter { !$0.hasPrefix("sessions") }.map { String($0.split(separator: " ", maxSplits: 1)[1]) }
  }

  @Test(arguments: [
    "UPN,08/09/2025_1,08/09/2025_2\n\(ama),/,I\n",
    "UPN,08/09/2025 08:45,08/09/2025 13:15\n\(ama),/,I\n",
    "UPN,45908.375,45908.54166\n\(ama),/,I\n",
    "UPN,08/09/2025,09/09/2025\n\(ama),/I,\n",
    "Week commencing Monday 8 September 2025,,,\nUPN,Mon,Tue,Wed\n\(ama),/I,,\n",
    "Class 4 - September 2025,,,,,,,,,,\nUPN,1,2,3,4,5,6,7,8,9,10\n\(ama),,,,,,,,/I,,\n",
    ",Week commencing 08/09/2025,,\n,Mon,,Tue\nUPN,AM,PM,AM\n\(ama),/,I,\n",
    "UPN,Session date,Attendance code,Period Attendance Code\n\(ama),\"Monday, 8 September 2025\",/,"
      + "Morning attendance\n\(ama),\"Monday, 8 September 2025\",I,Afternoon attendance\n"
      + "\(ama),\"Tuesday, 9 September 2025\",--,Morning attendance\n",
    "UPN,Date,Session,Mark,Code\n\(ama),08/09/2025,AM,Present,/\n\(ama),08/09/2025,PM,Ill,I\n",
  ])
  func `headers of other systems are read`(text: String) throws {
    #expect(try marks(text) == ["2025-09-08 AM /", "2025-09-08 PM I"])
  }

  @Test func `one mark a day is refused with the reason`() {
    let text = "UPN,08/09/2025,09/09/2025\n\(Self.ama),/,/\n"
    #expect {
      _ = try Reading([InMemory.file(text)])
    } throws: {
      "\($0)".contains("AM and PM")
    }
  }

  @Test func `dates of which none can be read are refused with one of them`() {
    let rows = (1...4).map { "\(Self.ama),7,day \($0),AM,/,," }
    #expect {
      _ = try Reading(rows: rows)
    } throws: {
      "\($0)".contains("profile")
    }
  }

  @Test func `a UPN has no spaces and no small letters`() throws {
    let spaced = Self.ama.prefix(1).lowercased() + " " + Self.ama.dropFirst() + "\u{A0}"
    let reading = try Reading(
      rows: ["\(Self.ama),7,08/09/2025,AM,/,,"],
      pupils: ["\u{FEFF}\(spaced),7,,"])
    #expect(reading.result.schools[0].register.pupils.count == 1)
  }

  @Test func `the register gives what the pupil details leave out`() throws {
    let reading = try Reading(
      [
        InMemory.file(
          "UPN,Surname,Forename,Year,Reg,Date,Session,Mark\n\(Self.ama),Bell,Ama,7,7A,08/09/2025,AM,/\n")
      ],
      pupils: [InMemory.file("UPN,SEND Status\n\(Self.ama),E - EHCP\n", "pupils.csv")])
    let pupil = try #require(reading.result.schools[0].register.pupils.first)
    #expect(pupil.surname.unredacted == "Bell" && pupil.registrationGroup == "7A" && pupil.year?.number == 7)
    #expect(pupil.senProvision == .ehcPlan)
  }

  @Test func `a date of birth decides between the years of the register and the details`() throws {
    func year(_ born: String) throws -> Int? {
      try Reading(
        [InMemory.file("UPN,Year,Date,Session,Mark\n\(Self.ama),7,08/09/2025,AM,/\n")],
        pupils: [InMemory.file("UPN,Year,DOB\n\(Self.ama),8,\(born)\n", "pupils.csv")]
      ).result.schools[0].register.pupils.first?.year?.number
    }
    #expect(try year("14/03/2014") == 7)
    #expect(try year("14/03/2013") == 8)
    #expect(try year("") == 7)
  }

  @Test(arguments: [
    ("SEND Status", Column.senProvision), ("Disadvantaged (PP)", .disadvantaged),
    ("EAL Status", .englishAdditional),
    ("CLA Status", .lookedAfter), ("FSM Eligible (Y/N)", .freeSchoolMeals),
    ("Pupil Premium?", .disadvantaged),
    ("Is SEN", .senProvision), ("Young Carer Flag", .youngCarer),
  ])
  func `a header with words or signs beside the name is understood`(header: String, column: Column) {
    #expect(HeaderRow(row: 1, headers: ["UPN", header]).index(of: column) == 1)
  }

  @Test(arguments: ["School Status", "Date Flag", "Session (Y/N)", "Leaving Date Status"])
  func `a header of another kind with such words is not taken`(header: String) {
    #expect(HeaderRow(row: 1, headers: ["UPN", header]).unusedHeaders == [header])
  }

  @Test(arguments: [
    ("Targeted FSM", Status.yes), ("TFSM", .yes), ("Expanded", .no), ("OFSM", .no), ("Y", .yes), ("n", .no),
  ])
  func `only targeted free school meals count`(written: String, status: Status) {
    #expect(Status(writtenAsMeals: written) == status)
  }

  @Test func `a blank means no if the profile says so`() throws {
    var profile = SourceProfile()
    profile.blankMeansNo = [.disadvantaged]
    let details = InMemory.file("UPN,Pupil Premium\n\(Self.ama),\n", "pupils.csv", profile: profile)
    let reading = try Reading(
      [InMemory.file(Reading.register(["\(Self.ama),7,08/09/2025,AM,/,,"]))], pupils: [details])
    #expect(reading.result.schools[0].register.pupils.first?.disadvantaged == .no)
  }
}
