import Foundation
import TestSupport
import Testing

/// A folder of exports with no trust file: its schools are found in the exports themselves.
@Suite struct FolderTests {
  private static let (ann, bob, cy) = (MadeUPN.of(3), MadeUPN.of(2), MadeUPN.of(5))

  /// The result of a build from a folder of files: exit status, schools by URN and name, rows of findings and of pupils.
  private struct Built {
    let status: Int32
    let output: String
    let errors: String
    var schools: [String] = []
    var findings = ""
    var pupils = ""
  }

  private func build(_ files: [String: String], bytes: [String: Data] = [:]) throws -> Built {
    let scratch = try Scratch()
    for (path, text) in files { try scratch.write(text, to: "exports/\(path)") }
    for (path, data) in bytes {
      try data.write(to: URL(fileURLWithPath: try scratch.write("", to: "exports/\(path)")))
    }
    let result = try Program.run(
      "build", scratch.path + "/exports", "--output", scratch.path + "/packs", "--quiet")
    var built = Built(status: result.status, output: result.output, errors: result.errors)
    guard result.status < 2 else { return built }
    built.findings = try scratch.text("packs/restricted/data/findings.csv")
    built.pupils = try scratch.text("packs/restricted/data/pupils.csv")
    built.schools = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/packs/restricted")
      .filter { !$0.contains(".") && $0 != "data" }.sorted()
    return built
  }

  private func register(_ upn: String, _ marks: String = "/\\") -> String {
    let marks = Array(marks).map(String.init)
    return
      "UPN,Year,Date,Session,Mark\n\(upn),4,08/09/2025,AM,\(marks[0])\n\(upn),4,08/09/2025,PM,\(marks[1])\n"
  }

  @Test func `schools are found by the URN in a column`() throws {
    let text = """
      URN,School Name,UPN,Year,Date,Session,Mark
      100001,Mill Lane Primary School,\(Self.ann),4,08/09/2025,AM,/
      100002,Harbour Academy,\(Self.bob),4,08/09/2025,AM,I
      100001,Mill Lane Primary School,\(Self.cy),4,08/09/2025,AM,/

      """
    let built = try build(["all.csv": text])
    #expect(built.status == 0, "\(built.errors)\(built.findings)")
    #expect(built.schools == ["100001-mill-lane-primary-school", "100002-harbour-academy"])
    #expect(built.pupils.split(separator: "\n").count == 4)
  }

  @Test func `schools are found by the application of an Arbor export`() throws {
    let text = """
      STUDENT_ID,APPLICATION_ID,RAW_MARK,MINUTES_LATE,PERIOD,DATE
      1,uk_swd_100001,/,NULL,MORNING,2025-09-08
      1,uk_swd_100002,I,NULL,MORNING,2025-09-08

      """
    let built = try build([
      "marks.csv": text, "students.csv": "Student ID,URN,NC Year\n1,100001,4\n1,100002,9\n",
    ])
    #expect(built.status == 0, "\(built.errors)\(built.findings)")
    #expect(built.schools == ["100001-school-100001", "100002-school-100002"])
  }

  @Test func `a school is found in a title`() throws {
    let built = try build(["a.csv": "Mill Lane Primary School\nAutumn 2025\n\n" + register(Self.ann)])
    #expect(built.status == 0, "\(built.errors)\(built.findings)")
    #expect(built.schools == ["mill-lane-primary-school"])
  }

  @Test func `a school is found in the names of its files`() throws {
    let built = try build([
      "mill-lane-school-attendance-autumn-2025.csv": register(Self.ann),
      "mill-lane-school-attendance-spring.csv": register(Self.ann).replacing("/09/2025", with: "/01/2026"),
      "mill-lane-pupils.csv": "UPN,Surname,Forename,Year\n\(Self.ann),Canary,Ann,4\n",
      "harbour_academy_register.csv": register(Self.bob),
      "harbour_students.csv": "UPN,Surname,Forename,Year\n\(Self.bob),Canary,Bob,4\n",
    ])
    #expect(built.status <= 1, "\(built.errors)")
    #expect(built.schools == ["harbour-academy", "mill-lane-school"])
    #expect(built.pupils.contains("Canary,Ann") && built.pupils.contains("Canary,Bob"))
    #expect(
      !built.findings.contains("pupil-not-in-details") && !built.findings.contains("pupil-without-marks"))
  }

  @Test func `the name of a file may abbreviate the name of a school`() throws {
    let built = try build([
      "mill-lane-autumn.csv": register(Self.ann),
      "mill-lane-pupils.csv": "UPN,Surname,Year\n\(Self.ann),Canary,4\n",
      "mill-lane-spring.csv": "Mill Lane Primary School\n\n"
        + register(Self.ann).replacing("/09/2025", with: "/01/2026"),
      "harbour-academy.csv": register(Self.bob),
    ])
    #expect(built.status <= 1, "\(built.errors)")
    #expect(built.schools == ["harbour-academy", "mill-lane-primary-school"])
    #expect(built.pupils.contains("Canary") && !built.findings.contains("not-in-details"))
  }

  @Test func `a school is found in the name of its folder`() throws {
    let built = try build([
      "Mill Lane School/register.csv": register(Self.ann), "Harbour Academy/register.csv": register(Self.bob),
      "Harbour Academy/pupils.csv": "UPN,Surname,Forename,Year\n\(Self.bob),Canary,Bob,4\n",
    ])
    #expect(built.status == 0, "\(built.errors)\(built.findings)")
    #expect(built.schools == ["harbour-academy", "mill-lane-school"])
    #expect(built.pupils.contains("Canary,Bob"))
  }

  @Test func `other words of file and folder names make no school`() throws {
    let built = try build([
      "Autumn (draft)/Mrs Cole.csv": register(Self.ann), "KS2/Year 4 copy.csv": register(Self.bob),
      "upper school/after school club list.csv":
        "UPN,Surname,Year\n\(Self.ann),Canary,4\n\(Self.bob),Canary,4\n",
    ])
    #expect(built.status == 0, "\(built.errors)\(built.findings)")
    #expect(built.schools.count == 1)
  }

  @Test func `files of two schools with the same pupils stop the run`() throws {
    let built = try build([
      "Mill Lane School.csv": register(Self.ann), "Harbour Academy.csv": register(Self.ann),
    ])
    #expect(built.status == 2)
    #expect(built.errors.contains("1 pupil of Harbour Academy is in the registers of Mill Lane School too"))
  }

  @Test func `a register of no school beside those of several stops the run`() throws {
    let built = try build([
      "Mill Lane School.csv": register(Self.ann), "Harbour Academy.csv": register(Self.bob),
      "spring.csv": register(Self.ann),
    ])
    #expect(built.status == 2)
    #expect(built.errors.contains("spring.csv: the register does not name a school"), "\(built.errors)")
  }

  @Test func `an unreadable file does not stop the others`() throws {
    let old = Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    let built = try build(
      ["mill-lane.csv": register(Self.ann), "letter.txt": "Dear parents,\nthank you.\n"],
      bytes: ["old.xls": old])
    #expect(built.status == 1, "\(built.errors)")
    #expect(built.schools.count == 1)
    let found = built.findings.split(separator: "\n").filter { $0.contains("file-not-read") }
    #expect(found.count == 2)
    #expect(found.contains { $0.contains("old.xls") && $0.contains("an old Excel file (.xls)") })
    #expect(found.contains { $0.contains("letter.txt") && !$0.contains("Dear") })
  }

  @Test func `a folder without registers is refused with a reason for each file`() throws {
    let built = try build([
      "pupils.csv": "UPN,Surname,Year\n\(Self.ann),Canary,4\n", "page.xml": "<html></html>",
    ])
    #expect(built.status == 2)
    #expect(built.errors.contains("no register found in this folder, and no trust.yaml that names one"))
    #expect(built.errors.contains("page.xml: looks like a web page") && !built.errors.contains("Canary"))
  }

  @Test func `check prints how each file was read`() throws {
    let scratch = try Scratch()
    try scratch.write(register(Self.ann), to: "Mill Lane School/register.csv")
    try scratch.write("UPN,Surname,Year\n\(Self.ann),Canary,4\n", to: "Mill Lane School/pupils.csv")
    try scratch.write(
      "UPN;Year;08/09/2025 AM;08/09/2025 PM\n\(Self.bob);4;/;I\n", to: "Harbour Academy/register.csv")
    let result = try Program.run("check", scratch.path)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    for line in [
      "  Harbour Academy/register.csv\n    semicolons between columns, UTF-8; header in row 1; a column per session; joined on UPN",
      "  Mill Lane School/pupils.csv\n    CSV, UTF-8; header in row 1; pupil details; joined on UPN",
      "  Mill Lane School/register.csv\n    CSV, UTF-8; header in row 1; a row per pupil and session; dates day first; joined on UPN",
      "No findings.",
    ] { #expect(result.output.contains(line), "\(result.output)") }
    #expect(!result.output.contains("Canary") && !result.output.contains(Self.ann))
  }

  @Test func `the schools do not depend on the path of the folder`() throws {
    let files = [
      "elm school/register.csv": register(Self.ann), "oak school/register.csv": register(Self.bob),
    ]
    #expect(try build(files).schools == ["elm-school", "oak-school"])
  }

  @Test func `exports inside a zip file are read and a damaged zip file is named`() throws {
    let zip = ZipFile(parts: [
      ZipFile.Part("out/register.csv", register(Self.ann)),
      ZipFile.Part("out/pupils.csv", "UPN,Surname,Forename,Year\n\(Self.ann),Canary,Ann,4\n"),
      ZipFile.Part("__MACOSX/out/._register.csv", "x"), ZipFile.Part("letter.pdf", "x"),
    ])
    let built = try build(
      [:], bytes: ["Mill Lane School.zip": Data(zip.bytes), "broken.zip": Data(zip.bytes.prefix(100))])
    #expect(built.status == 0, "\(built.errors)\(built.findings)")
    #expect(built.schools == ["mill-lane-school"] && built.pupils.contains("Canary,Ann"))
    #expect(built.findings.contains("broken.zip") && !built.findings.contains("letter.pdf"))
  }

  @Test func `init writes a trust file that check reads, and never replaces one`() throws {
    let scratch = try Scratch()
    try scratch.write(register(Self.ann), to: "exports/Mill Lane School.csv")
    try scratch.write(register(Self.bob), to: "exports/Harbour \"new\" Academy.csv")
    try scratch.write("UPN,Surname,Year\n\(Self.ann),Canary,4\n", to: "exports/mill lane pupils.csv")
    let run = try Program.run("init", scratch.path)
    #expect(run.status == 0, "\(run.errors)")
    let text = try scratch.text("trust.yaml")
    #expect(
      text.contains("phase: primary   # a guess")
        && text.contains("pupils:\n      - \"exports/mill lane pupils.csv\""))
    #expect(!text.contains("Canary"))
    let check = try Program.run("check", scratch.path)
    #expect(check.status <= 1, "\(check.errors)\n\(text)")
    #expect(check.output.hasPrefix("Schools found: 2\n"))
    #expect(try Program.run("init", scratch.path).status == 2)
    #expect(try scratch.text("trust.yaml") == text)
  }

  @Test func `check names pupils only on request`() throws {
    let scratch = try Scratch()
    try scratch.write(register(Self.ann), to: "register.csv")
    try scratch.write(
      "UPN,Surname,Forename,Year\n\(Self.ann),Canary,Ann,4\n\(Self.bob),Canary,Bob,4\n", to: "pupils.csv")
    let plain = try Program.run("check", scratch.path)
    #expect(plain.output.contains("pupil-without-marks") && !plain.output.contains("Canary"))
    #expect(try Program.run("check", scratch.path, "--names").output.contains("    Canary, Bob, row 3"))
  }
}
