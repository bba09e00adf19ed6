import Registers
import TabularTestSupport
import TestSupport

@testable import Exports

/// A made-up register of three weeks, the same for each seed, which can be written in every form of export.
struct MadeRegister {
  struct MadePupil {
    let upn: String
    let pupilID: Int
    /// Six digits, the first of them 0.
    let admissionNumber: String
    let surname: String
    let forename: String
    let year: Int
    let form: String
    let admitted: Day
    var marks: [AttendanceCode]
    var minutes: [Int: Int] = [:]

    func minutesText(_ session: Int) -> String { minutes[session].map(String.init) ?? "" }
  }

  let pupils: [MadePupil]

  static let monday = Day("2025-09-08")
  static let days = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18].map { monday + $0 }
  static let sessions = days.flatMap { [Session($0, .morning), Session($0, .afternoon)] }
  static let asAt = "2025-09-26"

  /// - Parameter codes: The codes to draw from, besides presence.
  init(seed: UInt64, codes: [AttendanceCode] = AttendanceCode.allCases) {
    var random = Seeded(seed)
    var pupils: [MadePupil] = []
    for number in 1...7 {
      let joins = number == 4 ? MadeRegister.monday + 7 : MadeRegister.monday - 400
      var pupil = MadePupil(
        upn: MadeUPN.of(number), pupilID: 770 + number, admissionNumber: "00451\(number)",
        surname: ["Bell", "O'Shea", "Núñez", "Cole-Dean", "Bell", "Ash", "Fox"][number - 1],
        forename: ["Ama", "Zoë", "Ana", "Kit", "Ben", "Lou", "Sam"][number - 1], year: 6 + number % 2,
        form: "\(6 + number % 2)A", admitted: joins, marks: [])
      for (index, session) in MadeRegister.sessions.enumerated() {
        var code = session.half == .morning ? AttendanceCode.presentMorning : .presentAfternoon
        if random.chance(35), index > 1 { code = random.pick(codes) }
        if session.day == MadeRegister.days[9] { code = .plannedClosure }
        if session.day < joins { code = .noMark }
        pupil.marks.append(code)
        if CodeSet.late.contains(code), random.chance(60) {
          pupil.minutes[index] = random.pick([0, 5, 12, 45])
        }
      }
      pupils.append(pupil)
    }
    self.pupils = pupils
  }

  /// Every mark or missing mark with its session, from the pupil's first day on.
  var rows: [(pupil: MadePupil, index: Int, session: Session, code: AttendanceCode)] {
    pupils.flatMap { pupil in
      MadeRegister.sessions.enumerated().compactMap { index, session in
        session.day < pupil.admitted ? nil : (pupil, index, session, pupil.marks[index])
      }
    }
  }

  /// The details that every form is joined to, so that all have the same pupils.
  var details: ExportFile {
    let rows = pupils.map {
      "\($0.upn),\($0.pupilID),\($0.admissionNumber),\($0.surname),\($0.forename),\($0.year),\($0.admitted)"
    }
    let header = "UPN,Student ID,Adm No,Surname,Forename,Year,Admission Date"
    return InMemory.file(([header] + rows).joined(separator: "\n") + "\n", "pupils.csv")
  }

  /// Returns the content of the registers after reading. Weekends, which only some forms have, are left
  /// out.
  func lines(of files: [ExportFile]) throws -> [String] {
    let reading = try Reading(files, pupils: [details], asAt: MadeRegister.asAt)
    let weekend = Set(
      reading.result.schools.flatMap(\.register.sessions).map(\.day).filter { !$0.weekday.isSchoolDay }.map(
        \.iso))
    let unbalanced = reading.result.accounts.filter { !$0.isBalanced }.map { "\($0)" }
    return unbalanced
      + reading.register.dropFirst().filter { line in !weekend.contains { line.contains(" \($0) ") } }
      + ["sessions"]
      + reading.result.schools.flatMap(\.register.sessions).map(\.description).filter {
        !weekend.contains(String($0.prefix(10)))
      }
  }

  /// The date as `08/09/2025`.
  static func british(_ day: Day) -> String {
    day.iso.split(separator: "-").reversed().joined(separator: "/")
  }

  /// Returns the day as a spreadsheet's serial.
  static func serial(_ day: Day) -> Int { Int(day.number) + 25_569 }
}

extension MadeRegister.MadePupil {
  /// Returns a mark as in a cell, empty for no mark.
  func cell(_ index: Int) -> String { marks[index] == .noMark ? "" : marks[index].mark }

  /// Returns the marks of some sessions in one string.
  func run(_ places: Range<Int>, map: [AttendanceCode: String] = [:]) -> String {
    marks[places].map { map[$0] ?? $0.mark }.joined()
  }
}
