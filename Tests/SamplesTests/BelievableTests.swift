import Registers
import Testing

@testable import Samples

@Suite struct Believable {
  @Test(arguments: [0, 1, 2, 3])
  func `every unique pupil number has thirteen characters and a check letter that holds`(school: Int) {
    let upns = SampleSchool(SampleTrust(seed: 1).plans[school], seed: 1).pupils.map(\.upn)
    #expect(upns.count > 30 && Set(upns).count == upns.count)
    for upn in upns { #expect(checkLetterHolds(upn), "\(school)") }
  }

  @Test func `the check letter agrees with numbers known to be good`() {
    for upn in ["B801200005001", "R674123101121", "P207000016049"] { #expect(checkLetterHolds(upn)) }
    let made = UniquePupilNumber(localAuthority: 801, establishment: 2000, year: 5, serial: 1)
    #expect(made.text == "B801200005001")
  }

  @Test func `no pupil has a mark outside the time on roll, but for Z and the rows dirtied on purpose`() {
    for plan in SampleTrust(seed: 1).plans {
      let school = SampleSchool(plan, seed: 1)
      let rows = RegisterRows(of: plan, pupils: school.pupils, seed: 1).rows
      for row in rows where row.dirt == nil && row.mark != "Z" {
        let pupil = school.pupils[row.pupil]
        #expect(pupil.isOnRoll(on: row.session.day))
      }
    }
  }

  @Test func `a whole year has no mark outside the time on roll, but for Z`() {
    for plan in SampleTrust(schools: 2, pupils: 200, seed: 3).plans {
      var maker = MarkMaker(plan: plan, seed: 3)
      for pupil in SampleSchool(plan, seed: 3).pupils {
        maker.make(for: pupil)
        for (index, code) in maker.row.codes.enumerated() where code != .noMark && code != .notYetOnRegister {
          let day = plan.calendar.days[index / 2]
          #expect(pupil.isOnRoll(on: day))
        }
      }
    }
  }

  /// Unit: tenths of a per cent. The bands lie around DfE's 2025/26 figures: 94.7, 91.5, 86.8, and none for
  /// alternative provision.
  @Test(arguments: [
    (0, 940...955), (1, 903...920), (2, 850...885), (3, 570...660),
  ])
  func `attendance of each phase lies near the national figure`(school: Int, band: ClosedRange<Int>) {
    let share = attendance(of: SampleTrust(seed: 1).plans[school], seed: 1)
    #expect(band.contains(share), "\(share)")
  }

  @Test(arguments: [(0, 935...957), (1, 900...927)])
  func `a large trust attends as its phases do`(school: Int, band: ClosedRange<Int>) {
    let share = attendance(of: SampleTrust(schools: 2, pupils: 900, seed: 4).plans[school], seed: 4)
    #expect(band.contains(share), "\(share)")
  }

  @Test func `every code in use in a school year is found in the showcase when it runs to July`() {
    let rows = SampleTrust(seed: 1, until: SampleCalendar.lastDay).plans.flatMap { plan in
      RegisterRows(of: plan, pupils: SampleSchool(plan, seed: 1).pupils, seed: 1).rows
    }
    let found = Set(rows.map(\.mark))
    let expected = [
      "/", "\\", "L", "K", "V", "P", "W", "B", "D", "C1", "M", "J1", "S", "X", "C2", "C", "T", "R", "I", "E",
      "Q",
      "Y1", "Y4", "G", "N", "O", "U", "Z", "#",
    ]
    #expect(expected.filter { !found.contains($0) } == [])
  }

  @Test func `one pupil moves from the secondary school to the alternative provision`() {
    let plans = SampleTrust(seed: 1).plans
    let rolls = plans.map { Set(SampleSchool($0, seed: 1).pupils.map(\.upn)) }
    #expect(rolls[1].intersection(rolls[3]).count == 1)
    #expect(rolls[0].intersection(rolls[1]).isEmpty && rolls[2].intersection(rolls[3]).isEmpty)
  }

  @Test func `the primary school has two looked-after pupils, so that a small number must be withheld`() {
    let pupils = SampleSchool(SampleTrust(seed: 1).plans[0], seed: 1).pupils
    #expect(pupils.count { $0.lookedAfter == .yes } == 2)
    #expect(pupils.contains { $0.premium == .unknown } && pupils.contains { $0.ethnicity.isEmpty })
  }

  private func attendance(of plan: SchoolPlan, seed: UInt64) -> Int {
    var maker = MarkMaker(plan: plan, seed: seed)
    var attended = 0
    var possible = 0
    for pupil in SampleSchool(plan, seed: seed).pupils where 1...11 ~= pupil.year {
      maker.make(for: pupil)
      attended += maker.row.codes.count { CodeSet.attendance.contains($0) }
      possible += maker.row.codes.count { CodeSet.possible.contains($0) }
    }
    return attended * 1000 / max(1, possible)
  }

  /// Written anew here, so that it does not share a mistake with what it tests.
  private func checkLetterHolds(_ upn: String) -> Bool {
    let alphabet = Array("ABCDEFGHJKLMNPQRTUVWXYZ")
    let characters = Array(upn)
    guard characters.count == 13 else { return false }
    let sum = (1..<13).map { position in
      (position + 1)
        * (characters[position].wholeNumberValue ?? alphabet.firstIndex(of: characters[position]) ?? 99)
    }.reduce(0, +)
    return characters[0] == alphabet[sum % 23]
  }
}
