import Registers

/// The register exports of a showcase school.
struct RegisterFiles {
  let files: [ExportedFile]

  init(of plan: SchoolPlan, pupils: [SamplePupil], seed: UInt64) {
    let rows = RegisterRows(of: plan, pupils: pupils, seed: seed).rows
    switch plan.style {
    case .sims: files = [RegisterTable(plan: plan, pupils: pupils).file(of: rows)]
    case .weekStrings: files = WeekTable(plan: plan, pupils: pupils, seed: seed).files(of: rows)
    case .registerBook: files = [RegisterBook(plan: plan, pupils: pupils, seed: seed).file(of: rows)]
    case .wonde: files = SessionRecords(pupils: pupils, style: plan.style).files(of: rows)
    // A school of any size is written as fast as bytes can be appended.
    case .plain: files = []
    }
  }
}
