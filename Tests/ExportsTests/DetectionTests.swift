import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports
@testable import Tabular

/// The decisions about a file, each of which a profile can overrule.
@Suite struct DetectionTests {
  private static let ann = MadeUPN.of(3)
  private static let made = MadeRegister(seed: 1, codes: SameRegisterTests.single)

  private func words(_ bytes: [UInt8], profile: SourceProfile = SourceProfile()) throws -> [String] {
    try Reading(
      [InMemory.file(bytes, "register", profile: profile)], pupils: [Self.made.details],
      asAt: MadeRegister.asAt
    ).result.decisions.filter { $0.file == "register" }.map(\.words)
  }

  private func words(_ text: String) throws -> [String] { try words(Array(text.utf8)) }

  @Test(arguments: [
    (TextBytes.utf8, "UTF-8"), (.utf8WithMark, "UTF-8 with a byte order mark"),
    (.utf16LittleEndian, "UTF-16 (little endian)"), (.utf16BigEndian, "UTF-16 (big endian)"),
    (.utf16WithoutMark, "UTF-16 (little endian)"), (.windows1252, "Windows-1252"),
  ]) func `the decision names the encoding`(encoding: TextBytes, name: String) throws {
    let long = "header in row 1; a row per pupil and session; dates day first; joined on UPN"
    #expect(try words(encoding.bytes(of: Self.made.long())) == ["CSV, \(name); \(long)"])
    for (delimiter, between) in [("\t", "tabs"), (";", "semicolons"), ("|", "bars")] {
      #expect(
        try words(encoding.bytes(of: Self.made.long(delimiter: delimiter))) == [
          "\(between) between columns, \(name); \(long)"
        ])
    }
  }

  @Test func `the decision names the layout, the dates and the identifier`() throws {
    let made = Self.made
    let cases: [(String, String)] = [
      (
        made.arbor,
        "CSV, UTF-8; header in row 1; a row per pupil and session; dates year first; joined on pupil id"
      ),
      (
        made.sims,
        "CSV, UTF-8; header in row 1; a row per pupil and session; dates day first; joined on admission number"
      ),
      (
        made.day(morning: "AM", afternoon: "PM"),
        "CSV, UTF-8; header in row 1; a row per pupil and day; dates day first; joined on UPN"
      ),
      (made.pairs, "CSV, UTF-8; header in row 1; a row per pupil and day; dates year first; joined on UPN"),
      (made.wide(.bracketed), "CSV, UTF-8; header in row 1; a column per session; joined on UPN"),
      (
        made.wideInTwoRows(date: MadeRegister.british, halves: ("AM", "PM")),
        "CSV, UTF-8; header in rows 1 and 2; a column per session; joined on UPN"
      ),
      (
        made.bromcomWeeks,
        "CSV, UTF-8; header in row 1; a column per session; dates year first; joined on pupil id"
      ),
      (
        made.weekStrings(.toSunday),
        "CSV, UTF-8; header in row 1; marks in strings; dates year first; joined on UPN"
      ),
      (made.transferFile, "XML; marks in strings; dates year first; joined on UPN"),
      (made.bromcomJSON, "JSON; a row per pupil and session; dates year first; joined on pupil id"),
    ]
    for (text, expected) in cases { #expect(try words(text) == [expected]) }
  }

  @Test func `the decision names XML and workbooks`() throws {
    let made = Self.made
    #expect(
      try words(TextBytes.windows1252.bytes(of: made.simsXML)).first?.hasPrefix("XML; a row per pupil")
        == true)
    #expect(
      try words(made.longBook(countsFrom1904: true).bytes) == [
        "workbook; header in row 1; a row per pupil and session; joined on UPN"
      ])
    #expect(
      try words(made.classBook(date: { .text(MadeRegister.british($0)) }).bytes) == [
        "workbook; header in rows 5 and 6; a column per session; joined on UPN",
        "workbook; header in rows 5 and 6; a column per session; joined on UPN",
      ])
  }

  @Test func `the decision names lists of codes, totals and pupils`() throws {
    let files = [
      InMemory.file(Self.made.long(), "a"), InMemory.file(MadeRegister.wondeCodes, "codes"),
      InMemory.file("UPN,Possible sessions\n\(Self.ann),30\n", "totals"),
    ]
    let decisions = try Reading(files, pupils: [Self.made.details], asAt: MadeRegister.asAt).result.decisions
    #expect(
      decisions.dropFirst().map { "\($0.file): \($0.words)" } == [
        "a: CSV, UTF-8; header in row 1; a row per pupil and session; dates day first; joined on UPN",
        "codes: JSON; a list of codes; joined on pupil id",
        "totals: CSV, UTF-8; header in row 1; totals, compared with the marks; joined on UPN",
      ])
  }

  private func marks(_ bytes: [UInt8], _ set: (inout SourceProfile) -> Void) throws -> [String] {
    var profile = SourceProfile()
    set(&profile)
    return try Reading([InMemory.file(bytes, profile: profile)], asAt: "2026-02-13").register.filter {
      $0.hasPrefix(Self.ann)
    }.map { String($0.dropFirst(Self.ann.count + 1)) }
  }

  private func marks(_ text: String, _ set: (inout SourceProfile) -> Void) throws -> [String] {
    try marks(Array(text.utf8), set)
  }

  @Test func `a profile overrules the layout`() throws {
    let text = "UPN,Date,Mark\n\(Self.ann),08/09/2025,I\n"
    #expect(throws: TableFailure.self) { try marks(text) { _ in } }
    #expect(try marks("UPN,Date,Mark\n\(Self.ann),08/09/2025,IL\n") { $0.layout = .day }.count == 2)
    let both = "UPN,Date,Session,Mark,AM,PM\n\(Self.ann),08/09/2025,AM,I,/,\\\n"
    #expect(try marks(both) { $0.layout = .long } == ["2025-09-08 AM I"])
    #expect(try marks(both) { $0.layout = .day } == ["2025-09-08 AM /", "2025-09-08 PM \\"])
    let strings = "UPN,StartDate,Mark,MonAM,MonPM\n\(Self.ann),08/09/2025,II,/,\\\n"
    #expect(try marks(strings) { $0.layout = .wide } == ["2025-09-08 AM /", "2025-09-08 PM \\"])
    #expect(try marks(strings) { $0.layout = .strings } == ["2025-09-08 AM I", "2025-09-08 PM I"])
  }

  @Test func `a profile overrules the sheet`() throws {
    func sheet(_ mark: MadeBook.Cell) -> [[MadeBook.Cell]] {
      [["UPN", "Date", "Session", "Mark"], [.text(Self.ann), 45908, "AM", mark]]
    }
    var book = MadeBook(sheets: [("Draft", sheet("I")), ("Final", sheet("L")), ("Old", sheet("O"))])
    book.hidden = ["Old"]
    #expect(try marks(book.bytes) { $0.sheet = "Final" } == ["2025-09-08 AM L"])
    #expect(try marks(book.bytes) { $0.sheet = "Old" } == ["2025-09-08 AM O"])
    let message = failureMessage { _ = try marks(book.bytes) { $0.sheet = "Last" } }
    #expect(message == "autumn.csv: there is no sheet \"Last\". Its sheets are Draft, Final, Old.")
  }

  @Test func `a profile overrules the header row`() throws {
    let text = "UPN,Name,Date,Session,Mark,Year\nnotes,UPN,Date,Session,Mark\n7,\(Self.ann),08/09/2025,AM,L\n"
    #expect(try marks(text) { _ in } == [])
    #expect(try marks(text) { $0.headerRow = 2 } == ["2025-09-08 AM L"])
    let message = failureMessage { _ = try marks(text) { $0.headerRow = 9 } }
    #expect(
      message.hasPrefix("autumn.csv: row 9: the row has no known column names"), "\(message)")
  }

  @Test func `a profile overrules the columns`() throws {
    let text = "UPN,Pupil,Date,Day,Session,Mark,Kode\nX,\(Self.ann),08/09/2025,09/09/2025,AM,I,L\n"
    let read = try marks(text) { $0.columns = [.upn: "Pupil", .date: "day", .mark: "KODE"] }
    #expect(read == ["2025-09-09 AM L"])
    let welsh = "Rhif;Dyddiad;Sesiwn;Nod\n\(Self.ann);08/09/2025;AM;L\n"
    let named = try marks(welsh) {
      $0.columns = [.upn: "Rhif", .date: "Dyddiad", .session: "Sesiwn", .mark: "Nod"]
    }
    #expect(named == ["2025-09-08 AM L"])
    let id = "ID,Date,Session,Mark\n7,08/09/2025,AM,/\n"
    var profile = SourceProfile()
    profile.columns = [.pupilID: "ID"]
    #expect(try Reading([InMemory.file(id, profile: profile)]).marks == 1)
  }

  @Test func `a profile overrules the order of dates`() throws {
    let text = "UPN,Date,Session,Mark\n\(Self.ann),09/08/2025,AM,L\n"
    #expect(try marks(text) { _ in } == ["2025-08-09 AM L"])
    #expect(try marks(text) { $0.dates = .monthFirst } == ["2025-09-08 AM L"])
    #expect(try marks(text) { $0.dates = .yearFirst } == [])
    let wide = "UPN,09/08/2025 AM,09/09/2025 AM\n\(Self.ann),L,I\n"
    #expect(try marks(wide) { $0.dates = .monthFirst } == ["2025-09-08 AM L", "2025-09-09 AM I"])
    let short = "UPN,09/08 AM,09/09 AM\n\(Self.ann),L,I\n"
    #expect(try marks(short) { $0.dates = .monthFirst } == ["2025-09-08 AM L", "2025-09-09 AM I"])
  }

  @Test func `a profile overrules the marks`() throws {
    let text = "UPN,Date,AM,PM\n\(Self.ann),08/09/2025,P,;\n"
    #expect(try marks(text) { _ in } == ["2025-09-08 AM P"])
    #expect(try marks(text) { $0.marks = ["P": "/", ";": "I02"] } == ["2025-09-08 AM /", "2025-09-08 PM I"])
  }

  @Test func `a profile gives the exports' name for the school`() throws {
    let other = School(name: "Harbour Academy", urn: "100002")
    let text = "UPN,School,Year,Date,Session,Mark\n\(Self.ann),The Old Mill,7,08/09/2025,AM,/\n"
    func marks(_ school: String?) throws -> Int {
      var profile = SourceProfile()
      profile.school = school
      var reader = RegisterReader(schools: [millLane, other].map { SchoolSettings($0) }, asAt: nil)
      try reader.readRegister(InMemory.file(text, profile: profile), schools: [0])
      try reader.readRegister(InMemory.file(text, "both.csv", profile: profile), schools: [0, 1])
      return try reader.finish().accounts.reduce(0) { $0 + $1.marks + $1.duplicates }
    }
    #expect(try marks(nil) == 1)
    #expect(try marks("the old mill") == 2)
  }

  @Test func `dates that can only be month first are refused unless the profile allows them`() throws {
    let rows = ["09/12/2025", "09/15/2025", "09/16/2025", "09/17/2025"].map { "\(Self.ann),\($0),AM,/\n" }
    let text = "UPN,Date,Session,Mark\n" + rows.joined()
    let failure = #expect(throws: TableFailure.self) { try marks(text) { _ in } }
    #expect(failure?.description.contains("the dates look month first, such as 9/15/2025. Set dates") == true)
    #expect(try marks(text) { $0.dates = .monthFirst }.count == 4)
  }
}
