import Registers

/// Makes a register of what was read of a school, pupils and sessions in order.
struct RegisterAssembly {
  let intake: SchoolIntake
  let asAt: Day?
  let halfTerms: [HalfTerm]

  func school() -> RegisterReader.School {
    let sheets = sheetsThatCount()
    let order = pupilOrder()
    let slots = sheets.flatMap { sheet in
      sheet.hasRow.indices.filter { sheet.hasRow[$0] }.map { (sheet: sheet, slot: $0) }
    }
    let sessions = slots.map { Session(number: $0.sheet.base + Int32($0.slot)) }
    var marks: [UInt8] = []
    marks.reserveCapacity(order.count * sessions.count)
    for pupil in order {
      for (sheet, slot) in slots {
        let place = pupil * MarkGrid.width + slot
        marks.append(place < sheet.marks.count ? sheet.marks[place] : 0)
      }
    }
    let register = Register(
      school: intake.school, pupils: order.map { intake.pupils[$0] }, sessions: sessions, marks: marks,
      minutes: minutes(order: order, sessions: sessions, marks: marks), halfTerms: halfTerms)
    noteGaps(order, marks, width: sessions.count)
    return RegisterReader.School(register: register, findings: intake.log.findings)
  }

  /// The sheets in order; with no as-at date, up to the present school year.
  private func sheetsThatCount() -> [MarkGrid.Sheet] {
    let sheets = intake.grid.sheets.sorted { $0.year < $1.year }
    guard asAt == nil, let present = intake.grid.presentYear else { return sheets }
    return sheets.filter { $0.year <= present }
  }

  private func pupilOrder() -> [Int] {
    intake.pupils.indices.sorted { left, right in
      let (one, other) = (intake.pupils[left], intake.pupils[right])
      return (one.upn.exposed, one.pupilID.exposed, one.admissionNumber.exposed, left)
        < (other.upn.exposed, other.pupilID.exposed, other.admissionNumber.exposed, right)
    }
  }

  /// Minutes on marks that still stand.
  private func minutes(order: [Int], sessions: [Session], marks: [UInt8]) -> [Register.LateMinutes] {
    var place = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { place[old] = new }
    let columns = Dictionary(uniqueKeysWithValues: sessions.enumerated().map { ($1.number, $0) })
    var latest: [Int: Register.LateMinutes] = [:]
    for noted in intake.grid.minutes {
      guard let session = columns[noted.session] else { continue }
      let pupil = place[Int(noted.pupil)]
      let cell = pupil * sessions.count + session
      guard let minutes = noted.minutes else {
        latest[cell] = nil
        continue
      }
      guard noted.code.rawValue == marks[cell] else { continue }
      latest[cell] = Register.LateMinutes(pupil: pupil, session: session, minutes: minutes)
    }
    return latest.values.sorted { ($0.pupil, $0.session) < ($1.pupil, $1.session) }
  }

  private func noteGaps(_ order: [Int], _ marks: [UInt8], width: Int) {
    guard marks.contains(where: { $0 != 0 }) else {
      let until = asAt.map { " up to \($0.inWords)" } ?? ""
      intake.note(
        intake.hasLaterMarks ? .noMarksYet : .noMarks, intake.registerFiles.first ?? "", nil,
        "no mark of \(intake.school.name)\(until) was read")
      return
    }
    let tellsAges = intake.pupils.contains(where: \.tellsAge)
    if !tellsAges {
      intake.note(
        .agesUnknown, intake.registerFiles.first ?? "", nil,
        "no pupil has a date of birth or a year, so that everyone counts as aged 5 to 15")
    }
    for (new, old) in order.enumerated() {
      let place = intake.places[old]
      if !marks[(new * width)..<((new + 1) * width)].contains(where: { $0 != 0 }) {
        intake.note(.pupilWithoutMarks, place.file, place.row, "a pupil with no mark in the registers")
      }
      if tellsAges, !intake.pupils[old].tellsAge {
        intake.note(.ageUnknown, place.file, place.row, "a pupil with neither date of birth nor year")
      }
    }
  }
}
