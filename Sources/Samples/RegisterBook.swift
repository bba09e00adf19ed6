import Registers

/// The registers of a school as its office prints them: a workbook with a sheet for each class.
struct RegisterBook {
  let plan: SchoolPlan
  let pupils: [SamplePupil]
  let seed: UInt64

  func file(of rows: [RegisterRow]) -> ExportedFile {
    let byPupil = Dictionary(grouping: rows, by: \.pupil)
    let wrong = pupilWithWrongPercentage(byPupil)
    var sheets: [Sheet] = []
    var dirt: [ExportedFile.Place] = []
    for form in forms {
      let places = pupils.indices.filter { pupils[$0].form == form && byPupil[$0] != nil }.sorted {
        let (one, other) = (pupils[$0].name, pupils[$1].name)
        return (one.surname, one.forename, $0) < (other.surname, other.forename, $1)
      }
      guard !places.isEmpty else { continue }
      sheets.append(
        ClassSheet(
          plan: plan, pupils: places.map { pupils[$0] },
          marks: places.map { place in
            Dictionary((byPupil[place] ?? []).map { ($0.session, $0) }) { _, later in later }
          },
          wrongPupil: places.firstIndex { $0 == wrong }
        ).sheet())
      for (offset, place) in places.enumerated() {
        var kinds = (byPupil[place] ?? []).compactMap(\.dirt)
        if place == wrong { kinds.append(.wrongPercentage) }
        for kind in DirtyRow.Kind.allCases where kinds.contains(kind) {
          dirt.append(.init(sheet: form, row: ClassSheet.firstPupilRow + offset + 1, kind: kind))
        }
      }
    }
    let book = SheetBook(sheets: sheets + [codes], made: plan.calendar.until)
    return ExportedFile(name: "registers-2025-26.xlsx", content: .workbook(book), dirt: dirt)
  }

  /// The classes in the order of the roll.
  private var forms: [String] {
    pupils.map(\.form).reduce(into: []) { forms, form in if !forms.contains(form) { forms.append(form) } }
  }

  /// A pupil whose row is not wrong in another way. Missing: nil where nothing is to be wrong.
  private func pupilWithWrongPercentage(_ rows: [Int: [RegisterRow]]) -> Int? {
    guard plan.hasDirtyRows else { return nil }
    var stream = SplitMix64(seed: seed, plan.number, -1, 8)
    let clean = rows.filter { $0.value.count > 100 && $0.value.allSatisfy { $0.dirt == nil } }.keys.sorted()
    return clean.isEmpty ? nil : stream.pick(clean)
  }

  private var codes: Sheet {
    var sheet = Sheet(name: "Codes")
    sheet.write(.text("Attendance codes"), 0, 0, .title)
    for (column, title) in ["Code", "Meaning", "Counts as"].enumerated() {
      sheet.write(.text(title), 2, column, .columnTitle)
    }
    for (place, code) in AttendanceCode.allCases.filter({ $0 != .noMark }).enumerated() {
      sheet.write(.text(code.mark), place + 3, 0)
      sheet.write(.text(code.meaning), place + 3, 1)
      sheet.write(.text(RegisterBook.words(for: code.statisticalClass)), place + 3, 2)
    }
    sheet.widths = [8, 72, 32].enumerated().map { Sheet.Widths(columns: $0...$0, characters: $1) }
    return sheet
  }

  private static func words(for statisticalClass: StatisticalClass) -> String {
    switch statisticalClass {
    case .present: "Present"
    case .approvedEducationalActivity: "Approved educational activity"
    case .authorised: "Authorised absence"
    case .unauthorised: "Unauthorised absence"
    case .notPossible: "Not a possible attendance"
    case .notCollected: "Not counted"
    case .missing: "No mark"
    }
  }
}
