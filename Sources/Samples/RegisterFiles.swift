import Registers

/// The register exports of a showcase school.
struct RegisterFiles {
  /// Each file's name in the school's folder, and its rows in order.
  let files: [(name: String, rows: [RegisterRow])]
  private let table: RegisterTable

  init(of plan: SchoolPlan, pupils: [SamplePupil], seed: UInt64) {
    let rows = RegisterRows(of: plan, pupils: pupils, seed: seed).rows
    table = RegisterTable(plan: plan, pupils: pupils)
    switch plan.style {
    case .sims: files = [("attendance-2025-26.csv", rows)]
    case .go4schools: files = [("session-marks.csv", rows)]
    case .arbor: files = [("attendance-marks.csv", RegisterFiles.byDate(rows))]
    case .plain: files = [("register.csv", rows)]
    case .lean:
      files = plan.calendar.halfTerms.enumerated().map { position, halfTerm in
        let words = halfTerm.name.rawValue.lowercased().split(separator: " ").joined(separator: "-")
        return ("register-\(words).csv", RegisterFiles.byDate(rows.filter { $0.halfTerm == position }))
      }
    }
  }

  /// By session and then by pupil; the order given decides among equals, such as duplicates.
  private static func byDate(_ rows: [RegisterRow]) -> [RegisterRow] {
    rows.enumerated().sorted {
      ($0.element.session, $0.element.pupil, $0.offset) < ($1.element.session, $1.element.pupil, $1.offset)
    }.map(\.element)
  }

  func bytes(of rows: [RegisterRow]) -> [UInt8] { table.bytes(of: rows) }

  /// The rows that are dirty on purpose, with the row number a spreadsheet would show.
  func dirtyRows(in folder: String) -> [DirtyRow] {
    files.flatMap { file in
      file.rows.enumerated().compactMap { position, row in
        row.dirt.map { DirtyRow(file: "\(folder)/\(file.name)", row: position + 2, kind: $0) }
      }
    }
  }
}
