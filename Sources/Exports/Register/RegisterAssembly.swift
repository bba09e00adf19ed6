import Registers

/// Makes a school's register from its builder, with pupils and sessions in order, and runs the checks.
struct RegisterAssembly {
  let builder: RegisterBuilder
  let rules: MarkValidity

  func school() -> RegisterReader.School {
    let order = pupilOrder()
    let slots = builder.grid.sheets.sorted { $0.year < $1.year }.flatMap { sheet in
      sheet.hasRow.indices.filter { slot in
        sheet.hasRow[slot] && builder.end.map { sheet.day(ofSlot: slot) <= $0.day } ?? true
      }.map { (sheet: sheet, slot: $0) }
    }
    let sessions = slots.map { Session(number: $0.sheet.base + Int32($0.slot)) }
    var marks: [UInt8] = []
    marks.reserveCapacity(order.count * sessions.count)
    for pupil in order {
      for (sheet, slot) in slots {
        let index = pupil * MarkGrid.width + slot
        marks.append(index < sheet.marks.count ? sheet.marks[index] : 0)
      }
    }
    let register = Register(
      school: builder.school, pupils: order.map { builder.pupils[$0] }, sessions: sessions, marks: marks,
      minutes: minutes(order: order, sessions: sessions, marks: marks), halfTerms: rules.halfTerms)
    RegisterChecks(register, builder: builder, order: order, asAt: rules.asAt).run()
    return RegisterReader.School(
      register: register, findings: builder.log.findings,
      sources: order.map {
        RegisterReader.PupilSource(file: builder.sources[$0].file, location: builder.sources[$0].location)
      })
  }

  private func pupilOrder() -> [Int] {
    builder.pupils.indices.sorted { left, right in
      let (one, other) = (builder.pupils[left], builder.pupils[right])
      return (one.upn.unredacted, one.pupilID.unredacted, one.admissionNumber.unredacted, left)
        < (other.upn.unredacted, other.pupilID.unredacted, other.admissionNumber.unredacted, right)
    }
  }

  /// Returns the minutes on marks that were not replaced.
  private func minutes(order: [Int], sessions: [Session], marks: [UInt8]) -> [Register.LateMinutes] {
    var index = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { index[old] = new }
    let columns = Dictionary(uniqueKeysWithValues: sessions.enumerated().map { ($1.number, $0) })
    var latest: [Int: Register.LateMinutes] = [:]
    for entry in builder.grid.minutes {
      guard let session = columns[entry.session] else { continue }
      let pupil = index[Int(entry.pupil)]
      let cell = pupil * sessions.count + session
      guard let minutes = entry.minutes else {
        latest[cell] = nil
        continue
      }
      guard entry.code.rawValue == marks[cell] else { continue }
      latest[cell] = Register.LateMinutes(pupil: pupil, session: session, minutes: minutes)
    }
    return latest.values.sorted { ($0.pupil, $0.session) < ($1.pupil, $1.session) }
  }
}
