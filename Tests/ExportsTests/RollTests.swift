import Registers
import TabularTestSupport
import Testing

@testable import Exports

@Suite struct RollTests {
  @Test func `marks outside a pupil's time on roll are findings and do not count`() throws {
    let reading = try Reading(
      rows: [
        "A1,7,08/09/2025,AM,/,,", "A1,7,09/09/2025,AM,/,,", "A1,7,12/09/2025,PM,\\,,",
        "A1,7,15/09/2025,AM,/,,",
      ], pupils: ["A1,7,09/09/2025,12/09/2025"])
    #expect(reading.register.filter { $0.hasPrefix("A1") } == ["A1 2025-09-09 AM /", "A1 2025-09-12 PM \\"])
    #expect(reading.locations == ["mark-before-admission autumn.csv:2", "mark-after-leaving autumn.csv:5"])
    #expect(
      reading.messages(.markAfterLeaving) == ["a mark on 15 September 2025, after the pupil's leaving date"])
    #expect(reading.account.refused == 2 && reading.account.isBalanced)
  }

  @Test func `closures and blanks off roll are not findings`() throws {
    let reading = try Reading(
      rows: [
        "A1,7,08/09/2025,AM,Z,,", "A1,7,08/09/2025,PM,,,", "A1,7,15/09/2025,AM,#,,", "A1,7,10/09/2025,AM,/,,",
      ],
      pupils: ["A1,7,09/09/2025,12/09/2025"])
    #expect(reading.findings == [])
    #expect(reading.account.notOnRoll == 2 && reading.account.withoutMark == 1 && reading.account.marks == 1)
    #expect(reading.account.isBalanced)
  }

  @Test func `marks of every spell count and those between do not`() throws {
    let marks = ["A1", "A2"].flatMap { pupil in
      ["08", "09", "10", "11", "12"].map { "\(pupil),7,\($0)/09/2025,AM,/,," }
    }
    let rows = ["A1,7,08/09/2025,09/09/2025", "A2,7,,", "A1,7,11/09/2025,"]
    for pupils in [rows, rows.reversed()] {
      let reading = try Reading(rows: marks, pupils: pupils)
      #expect(
        reading.register.filter { $0.hasPrefix("A1") }.map { $0.suffix(15) } == [
          "2025-09-08 AM /", "2025-09-09 AM /", "2025-09-10 AM Z", "2025-09-11 AM /", "2025-09-12 AM /",
        ])
      #expect(reading.locations == ["mark-between-spells autumn.csv:4"])
      #expect(reading.account.refused == 1 && reading.account.marks == 9 && reading.account.isBalanced)
    }
  }

  @Test func `a register of last year does not contradict the year group of this one`() throws {
    let old = Reading.register(["A1,4,09/09/2024,AM,/,,", "A2,4,09/09/2024,AM,/,,"])
    let new = Reading.register(["A1,5,08/09/2025,AM,/,,", "A2,5,08/09/2025,AM,/,,"])
    let reading = try Reading([InMemory.file(old, "old.csv"), InMemory.file(new, "new.csv")])
    #expect(reading.result.schools[0].register.pupils.map { $0.year?.number } == [5, 5])
    #expect(reading.findings.map(\.rule) == [.fileOfAnotherYear])
  }

  @Test func `a guest is in no register and a leaver without a date counts up to the last mark`() throws {
    let text = Reading.register(
      ["A1", "A2", "A3", "A4"].flatMap { pupil in
        ["08", "09", "10"].filter { pupil != "A3" || $0 == "08" }.map { "\(pupil),7,\($0)/09/2025,AM,/,," }
      })
    let pupils = "UPN,Year,Enrolment Status\nA1,7,C\nA2,7,Guest\nA3,7,Leaver\nA4,7,C\n"
    let reading = try Reading([InMemory.file(text)], pupils: [InMemory.file(pupils, "pupils.csv")])
    let register = reading.result.schools[0].register
    #expect(register.pupils.map(\.upn.unredacted) == ["A1", "A3", "A4"])
    #expect(register.pupils.map { $0.left?.iso } == [nil, "2025-09-08", nil])
    #expect(reading.account.notOnRoll == 3 && reading.account.isBalanced)
    #expect(reading.messages(.guestPupils).count == 1 && reading.messages(.leaversWithoutDate).count == 1)
  }

  @Test func `a pupil who left before joining has no day on roll`() throws {
    let reading = try Reading(rows: ["A1,7,08/09/2025,AM,/,,"], pupils: ["A1,7,10/09/2025,01/09/2025"])
    #expect(reading.locations.contains("mark-before-admission autumn.csv:2"))
    #expect(reading.account.isBalanced)
  }

  @Test func `pupils of one file and not the other are findings`() throws {
    let reading = try Reading(
      rows: [
        "A1,7,08/09/2025,AM,/,,", "A3,7,08/09/2025,AM,/,,", "A3,7,08/09/2025,PM,\\,,",
        "A1,7,08/09/2025,PM,\\,,",
      ],
      pupils: ["A1,7,,", "A2,7,,"])
    #expect(reading.locations == ["pupil-not-in-details autumn.csv:3", "pupil-without-marks pupils.csv:3"])
    #expect(reading.marks == 4)
  }

  @Test func `without a pupil file no pupil is reported as missing from it`() throws {
    #expect(try Reading(rows: ["A1,7,08/09/2025,AM,/,,"]).findings == [])
  }

  @Test func `a pupil is found by any identifier`() throws {
    let pupils = "UPN,Student ID,Adm No,Year\nB801200005001,771,004512,7\n"
    for (header, value) in [
      ("UPN", "b801200005001"), ("Student ID", "771"), ("Adm No", "4512"), ("Adm No", "004512"),
    ] {
      let reading = try Reading(
        [InMemory.file("\(header),Date,Session,Mark\n\(value),08/09/2025,AM,/\n")],
        pupils: [InMemory.file(pupils, "pupils.csv")])
      #expect(reading.findings == [], "\(header)")
      #expect(reading.result.schools[0].register.pupils.count == 1)
    }
  }

  @Test func `pupil file rows that cannot count are findings`() throws {
    let reading = try Reading(
      rows: ["A1,7,08/09/2025,AM,/,,"],
      pupils: ["A1,7,,", "A1,7,,", "", ",7,,", "A2,7", "a1,8,,"])
    #expect(
      reading.locations == [
        "pupil-repeated pupils.csv:3", "no-pupil-identifier pupils.csv:5", "ragged-row pupils.csv:6",
        "pupil-listed-twice pupils.csv:7",
      ])
    #expect(reading.result.pupilRows == ["pupils.csv": 5])
  }

  @Test func `unknown values are findings with their column`() throws {
    let pupils = "UPN,Year,SEN Status,Date of Leaving\nA1,7,Q,31/11/2025\n"
    let reading = try Reading(
      [InMemory.file(Reading.register(["A1,7,08/09/2025,AM,/,,"]))],
      pupils: [InMemory.file(pupils, "pupils.csv")])
    #expect(reading.locations == ["unclear-value pupils.csv:2", "unclear-value pupils.csv:2"])
    #expect(
      reading.messages(.unclearValue).sorted() == [
        "the value under \"Date of Leaving\" is not a date",
        "the value under \"SEN Status\" is not understood",
      ])
  }

  @Test func `unknown values in a register are findings too`() throws {
    let text = "UPN,Year,SEN Status,Date,Session,Mark\nA1,7,Q,08/09/2025,AM,/\nA1,7,Q,08/09/2025,PM,\\\n"
    #expect(try Reading([InMemory.file(text)]).locations == ["unclear-value autumn.csv:2"])
  }

  @Test func `a quote that never closes in a pupil file is a finding`() throws {
    let reading = try Reading(
      [InMemory.file(Reading.register(["A1,7,08/09/2025,AM,/,,"]))],
      pupils: [InMemory.file("UPN,Year,Surname\nA1,7,\"Bell\nA2,7,Cole\n", "pupils.csv")])
    #expect(reading.locations == ["open-quote pupils.csv:2", "pupil-without-marks pupils.csv:3"])
  }

  @Test func `a pupil with neither age nor year is a finding`() throws {
    let text = "UPN,Year,Date,Session,Mark\nA1,,08/09/2025,AM,/\nA2,7,08/09/2025,AM,/\n"
    #expect(try Reading([InMemory.file(text)]).locations == ["age-unknown autumn.csv:2"])
  }

  @Test func `a school without any ages is one finding`() throws {
    let text = "UPN,Date,Session,Mark\nA1,08/09/2025,AM,/\nA2,08/09/2025,AM,/\n"
    #expect(try Reading([InMemory.file(text)]).locations == ["ages-unknown autumn.csv"])
  }

  @Test func `names and identifiers are in no finding`() throws {
    let rows = ["?", "/", "/", "I", "H"].enumerated().map {
      "B801200005001,7,0\($0.offset / 2 + 1)/09/2025,AM,\($0.element),abc,Ama"
    }
    let reading = try Reading(rows: rows, pupils: ["B801200005001,7,02/09/2025,02/09/2025", "X1,7,,"])
    #expect(reading.findings.count > 5)
    for finding in reading.findings {
      #expect(!finding.message.contains("B801200005001") && !finding.message.contains("Ama"))
    }
  }
}
