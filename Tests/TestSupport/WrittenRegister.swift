import Registers

extension Register {
  /// A register written as text: a line for each pupil, marks in session order with spaces between, `-` for none.
  ///
  /// Sessions run from the morning of `first`, over weekdays only.
  package init(
    _ lines: [String], from first: Day, pupils: [Pupil]? = nil, minutes: [LateMinutes] = [],
    school: School = School(name: "Test School", urn: "100000")
  ) {
    let rows = lines.map { line in
      line.split(separator: " ").map { mark in AttendanceCode(mark: String(mark)) ?? .noMark }
    }
    let width = rows.map(\.count).max() ?? 0
    let sessions = Register.weekdaySessions(from: first, count: width)
    let marks = rows.flatMap { row in
      row.map(\.rawValue) + [UInt8](repeating: 0, count: width - row.count)
    }
    self.init(
      school: school, pupils: pupils ?? lines.map { _ in Pupil.ofYear(5) }, sessions: sessions, marks: marks,
      minutes: minutes)
  }

  /// Sessions of consecutive weekdays, morning and afternoon.
  package static func weekdaySessions(from first: Day, count: Int) -> [Session] {
    var sessions: [Session] = []
    var day = first
    while sessions.count < count {
      if day.weekday.isSchoolDay { sessions += [Session(day, .morning), Session(day, .afternoon)] }
      day = day + 1
    }
    return Array(sessions.prefix(count))
  }
}

extension Pupil {
  package static func ofYear(_ year: Int) -> Pupil {
    var pupil = Pupil()
    pupil.year = NCYear(year)
    return pupil
  }
}

extension Day {
  /// Creates the day of a test. An invalid one is 1 January 1970, which no test uses.
  package init(_ iso: String) { self = Day(iso: iso) ?? Day(number: 0) }
}

/// A made-up register of many pupils, the same for a seed.
package struct RandomRegister {
  package let register: Register
  package let asAt: Day

  package init(seed: UInt64, pupils count: Int = 40) {
    var random = Seeded(seed)
    let days = RandomRegister.schoolDays
    let sessions = days.flatMap { [Session($0, .morning), Session($0, .afternoon)] }
    let pupils = (0..<count).map { _ in RandomRegister.pupil(&random, days) }
    var marks: [UInt8] = []
    for pupil in pupils {
      let weights = RandomRegister.codes(&random)
      for session in sessions {
        let code = weights.randomElement(using: &random) ?? .noMark
        marks.append(pupil.isOnRoll(on: session.day) ? code.rawValue : 0)
      }
    }
    let minutes = marks.indices.compactMap { place -> Register.LateMinutes? in
      guard let code = AttendanceCode(rawValue: marks[place]), CodeSet.late.contains(code),
        Bool.random(using: &random)
      else { return nil }
      return Register.LateMinutes(
        pupil: place / sessions.count, session: place % sessions.count,
        minutes: UInt16.random(in: 0...60, using: &random))
    }
    register = Register(
      school: School(name: "Seed \(seed)", urn: "100000"), pupils: pupils, sessions: sessions, marks: marks,
      minutes: minutes)
    asAt = days.last ?? Day(number: 0)
  }

  /// A whole school year of weekdays, holidays left out.
  package static let schoolDays: [Day] = {
    let terms = [
      ("2025-09-03", "2025-10-24"), ("2025-11-03", "2025-12-19"), ("2026-01-05", "2026-02-13"),
      ("2026-02-23", "2026-03-27"), ("2026-04-13", "2026-05-22"), ("2026-06-01", "2026-07-21"),
    ]
    return terms.flatMap { first, last in
      let start = Day(first)
      return (0...(Day(last) - start)).map { start + $0 }.filter(\.weekday.isSchoolDay)
    }
  }()

  private static func pupil(_ random: inout Seeded, _ days: [Day]) -> Pupil {
    var pupil = Pupil.ofYear(Int.random(in: -1...13, using: &random))
    pupil.sex = Sex.allCases.randomElement(using: &random) ?? .unknown
    pupil.senProvision = SENProvision.allCases.randomElement(using: &random) ?? .unknown
    pupil.ethnicity = Ethnicity.allCases.randomElement(using: &random) ?? .unknown
    for path in [
      \Pupil.disadvantaged, \.freeSchoolMeals, \.lookedAfter, \.previouslyLookedAfter, \.englishAdditional,
      \.gypsyRomaTraveller,
    ] {
      pupil[keyPath: path] = Status.allCases.randomElement(using: &random) ?? .unknown
    }
    pupil.registrationGroup = "\(pupil.year?.number ?? 0)\(["A", "B"].randomElement(using: &random) ?? "A")"
    if Int.random(in: 0..<5, using: &random) == 0 { pupil.admitted = days.randomElement(using: &random) }
    if Int.random(in: 0..<5, using: &random) == 0 { pupil.left = days.randomElement(using: &random) }
    return pupil
  }

  /// The codes a pupil's marks are drawn from: mostly present, and a few of any kind.
  private static func codes(_ random: inout Seeded) -> [AttendanceCode] {
    let present = Int.random(in: 0...60, using: &random)
    return Array(repeating: AttendanceCode.presentMorning, count: present) + AttendanceCode.allCases
  }
}
