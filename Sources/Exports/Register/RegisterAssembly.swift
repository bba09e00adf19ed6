import Registers

/// Makes a register of what was read of a school, pupils and sessions in order, and looks it through.
struct RegisterAssembly {
  let intake: RegisterBuilder
  let rules: MarkValidity

  func school() -> RegisterReader.School {
    let order = pupilOrder()
    let slots = intake.grid.sheets.sorted { $0.year < $1.year }.flatMap { sheet in
      sheet.hasRow.indices.filter { slot in
        sheet.hasRow[slot] && intake.end.map { sheet.day(ofSlot: slot) <= $0.day } ?? true
      }.map { (sheet: sheet, slot: $0) }
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
      minutes: minutes(order: order, sessions: sessions, marks: marks), halfTerms: rules.halfTerms)
    RegisterChecks(register, intake: intake, order: order, asAt: rules.asAt).run()
    return RegisterReader.School(
      register: register, findings: intake.log.findings,
      places: order.map {
        RegisterReader.PupilPlace(file: intake.places[$0].file, place: intake.places[$0].place)
      })
  }

  private func pupilOrder() -> [Int] {
    intake.pupils.indices.sorted { left, right in
      let (one, other) = (intake.pupils[left], intake.pupils[right])
      return (one.upn.unredacted, one.pupilID.unredacted, one.admissionNumber.unredacted, left)
        < (other.upn.unredacted, other.pupilID.unredacted, other.admissionNumber.unredacted, right)
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
}
