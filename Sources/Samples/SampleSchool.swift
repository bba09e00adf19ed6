import Registers

/// A made-up school: its pupils, and the files its systems would export.
struct SampleSchool {
  let plan: SchoolPlan
  let pupils: [SamplePupil]
  private let seed: UInt64

  init(_ plan: SchoolPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    pupils = Roll(of: plan, seed: seed).pupils
  }

  /// The school's folder, seen from the trust file.
  var folder: String { "exports/\(plan.slug)" }

  /// Hands over one file after the other; `buffer` is only there so that schools share its memory.
  func write<Failure: Error>(
    using buffer: inout [UInt8], _ file: (_ path: String, _ bytes: [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    switch plan.style {
    case .plain:
      buffer.removeAll(keepingCapacity: true)
      var register = PlainRegister(of: plan, seed: seed)
      register.write(pupils, to: &buffer)
      try file("\(folder)/register.csv", buffer)
    case .sims, .lean, .arbor, .go4schools:
      let registers = RegisterFiles(of: plan, pupils: pupils, seed: seed)
      for register in registers.files {
        try file("\(folder)/\(register.name)", registers.bytes(of: register.rows))
      }
    }
    try file("\(folder)/pupils.csv", PupilFile(plan.style).bytes(of: pupils))
  }

  /// The rows that are wrong on purpose.
  var dirtyRows: [DirtyRow] {
    let pupilFile = PupilFile(plan.style).pupils(of: pupils).enumerated()
      .filter { $0.element.arrangements.contains(.withoutMarks) }
      .map { DirtyRow(file: "\(folder)/pupils.csv", row: $0.offset + 2, kind: .pupilWithoutMarks) }
    return RegisterFiles(of: plan, pupils: pupils, seed: seed).dirtyRows(in: folder) + pupilFile
  }
}
