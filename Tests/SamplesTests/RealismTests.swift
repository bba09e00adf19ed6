import Registers
import Testing

@testable import Samples

@Suite struct `Realism of made-up trusts` {
  @Test(arguments: [0, 1, 2, 3])
  func `every UPN is unique and has 13 characters and a valid check letter`(school: Int) {
    let upns = SampleSchool(SampleTrust(seed: 1).plans[school], seed: 1).pupils.map(\.upn)
    #expect(upns.count > 30 && Set(upns).count == upns.count)
    for upn in upns { #expect(hasValidCheckLetter(upn), "\(school)") }
  }

  @Test func `the check letter agrees with published numbers`() {
    for upn in ["B801200005001", "R674123101121", "P207000016049"] { #expect(hasValidCheckLetter(upn)) }
    let upn = SampleUPN(localAuthority: 801, establishment: 2000, year: 5, serial: 1)
    #expect(upn.text == "B801200005001")
  }

  @Test func `marks outside the time on roll are Z or seeded errors`() throws {
    for plan in SampleTrust(seed: 1).plans {
      let school = SampleSchool(plan, seed: 1)
      let rows = RegisterRows(of: plan, pupils: school.pupils, seed: 1).rows
      try #require(rows.count > 1000)
      for row in rows where row.errors.isEmpty && row.mark != "Z" {
        #expect(school.pupils[row.pupil].isOnRoll(on: row.session.day))
      }
    }
  }

  @Test func `marks outside the time on roll are Z in a whole year`() throws {
    for plan in SampleTrust(schools: 2, pupils: 200, seed: 3).plans {
      var generator = MarkGenerator(plan: plan, seed: 3)
      let pupils = SampleSchool(plan, seed: 3).pupils
      try #require(pupils.count == 200)
      for pupil in pupils {
        generator.generate(for: pupil)
        let marks = generator.marks.codes.enumerated().filter { $0.element != .noMark }
        try #require(!marks.isEmpty)
        for (session, code) in marks where code != .notYetOnRegister {
          #expect(pupil.isOnRoll(on: plan.calendar.days[session / 2]))
        }
      }
    }
  }

  /// The ranges, in tenths of a per cent, include DfE's figures of 2025/26: 94.7, 91.5 and 86.8. DfE publishes none for
  /// alternative provision.
  @Test(arguments: [
    (0, 940...955), (1, 903...920), (2, 850...885), (3, 570...660),
  ])
  func `attendance in each phase is close to the national figure`(school: Int, range: ClosedRange<Int>) {
    let attendance = attendancePerThousand(of: SampleTrust(seed: 1).plans[school], seed: 1)
    #expect(range.contains(attendance), "\(attendance)")
  }

  @Test(arguments: [(0, 935...957), (1, 900...927)])
  func `attendance in a large trust is close to the national figures`(school: Int, range: ClosedRange<Int>) {
    let plan = SampleTrust(schools: 2, pupils: 900, seed: 4).plans[school]
    let attendance = attendancePerThousand(of: plan, seed: 4)
    #expect(range.contains(attendance), "\(attendance)")
  }

  @Test func `a showcase up to July contains every code in common use`() {
    let rows = SampleTrust(seed: 1, until: SampleCalendar.lastDay).plans.flatMap { plan in
      RegisterRows(of: plan, pupils: SampleSchool(plan, seed: 1).pupils, seed: 1).rows
    }
    let marks = Set(rows.map(\.mark))
    let expected = [
      "/", "\\", "L", "K", "V", "P", "W", "B", "D", "C1", "M", "J1", "S", "X", "C2", "C", "T", "R", "I", "E",
      "Q", "Y1", "Y4", "G", "N", "O", "U", "Z", "#",
    ]
    #expect(expected.filter { !marks.contains($0) } == [])
  }

  @Test func `one pupil transfers from the secondary school to the alternative provision`() {
    let upns = SampleTrust(seed: 1).plans.map { Set(SampleSchool($0, seed: 1).pupils.map(\.upn)) }
    #expect(upns.allSatisfy { $0.count > 30 })
    #expect(upns[1].intersection(upns[3]).count == 1)
    #expect(upns[0].intersection(upns[1]).isEmpty && upns[2].intersection(upns[3]).isEmpty)
  }

  @Test func `the primary school has two looked-after pupils, a number that must be suppressed`() {
    let pupils = SampleSchool(SampleTrust(seed: 1).plans[0], seed: 1).pupils
    #expect(pupils.count { $0.lookedAfter == .yes } == 2)
    #expect(pupils.contains { $0.pupilPremium == .unknown } && pupils.contains { $0.ethnicity.isEmpty })
  }

  private func attendancePerThousand(of plan: SchoolPlan, seed: UInt64) -> Int {
    var generator = MarkGenerator(plan: plan, seed: seed)
    var attended = 0
    var possible = 0
    for pupil in SampleSchool(plan, seed: seed).pupils where 1...11 ~= pupil.year {
      generator.generate(for: pupil)
      attended += generator.marks.codes.count { CodeSet.attendance.contains($0) }
      possible += generator.marks.codes.count { CodeSet.possible.contains($0) }
    }
    return attended * 1000 / max(1, possible)
  }

  /// Returns whether a UPN is valid, by an implementation that shares no code with the one under test.
  private func hasValidCheckLetter(_ upn: String) -> Bool {
    let alphabet = Array("ABCDEFGHJKLMNPQRTUVWXYZ")
    let characters = Array(upn)
    guard characters.count == 13 else { return false }
    let sum = (1..<13).map { index in
      (index + 1) * (characters[index].wholeNumberValue ?? alphabet.firstIndex(of: characters[index]) ?? 99)
    }.reduce(0, +)
    return characters[0] == alphabet[sum % 23]
  }
}
