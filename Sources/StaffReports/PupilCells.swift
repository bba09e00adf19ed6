import Measures
import Policies
import Registers
import ReportModel

/// The cells by which working reports, which stand under `restricted/` only, tell of a pupil.
enum PupilCells {
  static let nameColumns = [
    Table.Column("Pupil", .text), Table.Column("Year", .text), Table.Column("Form", .text),
  ]

  static func name(_ figures: PupilFigures) -> [Cell] {
    let pupil = figures.pupil
    let names = [pupil.surname.unredacted, pupil.forename.unredacted].filter { !$0.isEmpty }
    let same = figures.hasNamesake ? " (\(identifier(of: pupil)))" : ""
    return [
      .text(names.isEmpty ? identifier(of: pupil) : names.joined(separator: ", ") + same),
      text(pupil.year?.name ?? ""), text(pupil.registrationGroup),
    ]
  }

  /// The surest identifier there is, for a pupil whose name is not known.
  static func identifier(of pupil: Pupil) -> String {
    [pupil.upn.unredacted, pupil.pupilID.unredacted, pupil.admissionNumber.unredacted].first { !$0.isEmpty }
      ?? "Not named"
  }

  static func text(_ text: String) -> Cell { text.isEmpty ? .shorthand(.notAvailable) : .text(text) }

  static func status(_ status: Status) -> Cell {
    switch status {
    case .yes: .text("Yes")
    case .no: .text("No")
    case .unknown: .shorthand(.notAvailable)
    }
  }

  /// The school's pupils, most absent first; those without a possible session last.
  static func mostAbsentFirst(_ pupils: [PupilFigures]) -> [PupilFigures] {
    let rates = pupils.map(\.year.absenceRate)
    return pupils.indices.sorted { left, right in
      switch (rates[left], rates[right]) {
      case (let one?, let other?):
        let (first, second) = (one.part * other.whole, other.part * one.whole)
        return first == second ? left < right : first > second
      case (nil, nil): return left < right
      case (let rate, nil): return rate != nil
      case (nil, _): return false
      }
    }.map { pupils[$0] }
  }
}
