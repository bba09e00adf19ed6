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
  ///
  /// Throws: what `file` throws, and `SampleFailure` when a workbook cannot be made.
  func write(
    using buffer: inout [UInt8], _ file: (_ path: String, _ bytes: [UInt8]) throws -> Void
  ) throws {
    switch plan.style {
    case .plain:
      buffer.removeAll(keepingCapacity: true)
      var register = PlainRegister(of: plan, seed: seed)
      register.write(pupils, to: &buffer)
      try file("\(folder)/register.csv", buffer)
    case .sims, .weekStrings, .registerBook, .wonde:
      for register in RegisterFiles(of: plan, pupils: pupils, seed: seed).files {
        try file("\(folder)/\(register.name)", register.bytes())
      }
    }
    let pupilFile = PupilFile(plan).file(of: pupils)
    try file("\(folder)/\(pupilFile.name)", pupilFile.bytes())
  }

  /// The rows that are wrong on purpose.
  var dirtyRows: [DirtyRow] {
    let files = RegisterFiles(of: plan, pupils: pupils, seed: seed).files
    return (files + [PupilFile(plan).file(of: pupils)]).flatMap { $0.dirtyRows(in: folder) }
  }
}
