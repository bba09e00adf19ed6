import Registers

/// Makes a school's register from its builder, with pupils and sessions in order, and runs the checks.
struct RegisterAssembly {
  let builder: RegisterBuilder
  let rules: MarkValidity

  private typealias Slot = (sheet: MarkGrid.Sheet, slot: Int, isInSchoolTime: Bool)

  /// Marks outside school time, which the register does not have.
  struct StrayMarks {
    var count = 0
    var days: Set<Day> = []
  }

  func school() -> RegisterReader.School {
    let order = pupilOrder()
    let slots = builder.grid.sheets.sorted { $0.year < $1.year }.flatMap { sheet in
      sheet.hasRow.indices.prefix(builder.end?.slots(of: sheet.year) ?? MarkGrid.width).filter { slot in
        sheet.hasRow[slot]
      }.map { Slot(sheet, $0, builder.isInSchoolTime(slot: $0, of: sheet.year)) }
    }
    let sessions = slots.map { Session(number: $0.sheet.base + Int32($0.slot)) }
    var marks: [UInt8] = []
    var stray = StrayMarks()
    marks.reserveCapacity(order.count * sessions.count)
    for pupil in order { append(marksOf: pupil, in: slots, to: &marks, &stray) }
    let register = Register(
      school: builder.school, pupils: order.map { builder.pupils[$0] }, sessions: sessions, marks: marks,
      minutes: minutes(order: order, sessions: sessions, marks: marks), halfTerms: builder.settings.halfTerms)
    RegisterChecks(
      register, builder: builder, order: order, asAt: rules.asAt ?? builder.end?.day, stray: stray
    ).run()
    return RegisterReader.School(
      register: register, findings: builder.log.findings(of: builder.pupils),
      sources: order.map {
        RegisterReader.PupilSource(file: builder.sources[$0].file, location: builder.sources[$0].location)
      })
  }

  /// Adds a pupil's marks to those of the register. Outside school time the pupil has no mark of attendance, and
  /// between two spells on roll Z.
  private func append(
    marksOf pupil: Int, in slots: [Slot], to marks: inout [UInt8], _ stray: inout StrayMarks
  ) {
    let start = marks.count
    for (sheet, slot, isInSchoolTime) in slots {
      let index = pupil * MarkGrid.width + slot
      var mark = index < sheet.marks.count ? sheet.marks[index] : 0
      if !isInSchoolTime, CodeSet.inSchoolTime.contains(raw: mark) {
        // A pupil registered at two schools has D where a closure did not overwrite it.
        if mark != AttendanceCode.dualRegistered.rawValue {
          stray.count += 1
          stray.days.insert(sheet.day(ofSlot: slot))
        }
        mark = 0
      }
      marks.append(mark)
    }
    let details = builder.pupils[pupil]
    guard !details.earlierSpells.isEmpty, let first = details.spells.first?.first else { return }
    for (index, (sheet, slot, _)) in slots.enumerated() {
      let day = sheet.day(ofSlot: slot)
      if day > first, details.left.map({ day <= $0 }) ?? true, !details.isOnRoll(on: day) {
        marks[start + index] = AttendanceCode.notYetOnRegister.rawValue
      }
    }
  }

  /// The pupils of the register, in the order of their identifiers. Guests are not among them, nor are pupils of a file of
  /// several schools without a mark at this one.
  private func pupilOrder() -> [Int] {
    builder.pupils.indices.filter { pupil in
      builder.pupils[pupil].enrolment != .guest
        && (!builder.unplaced.contains(pupil) || builder.grid.hasMarks(of: pupil))
    }.sorted { left, right in
      let (one, other) = (builder.pupils[left], builder.pupils[right])
      return (one.upn.unredacted, one.pupilID.unredacted, one.admissionNumber.unredacted, left)
        < (other.upn.unredacted, other.pupilID.unredacted, other.admissionNumber.unredacted, right)
    }
  }

  /// Returns the minutes on marks that were not replaced.
  private func minutes(order: [Int], sessions: [Session], marks: [UInt8]) -> [Register.LateMinutes] {
    let rows = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let columns = Dictionary(uniqueKeysWithValues: sessions.enumerated().map { ($1.number, $0) })
    var latest: [Int: Register.LateMinutes] = [:]
    for entry in builder.grid.minutes {
      guard let session = columns[entry.session], let pupil = rows[Int(entry.pupil)] else { continue }
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
