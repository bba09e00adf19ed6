import Registers

/// A column of a pupil file: its name in the system's words, and a pupil's field.
struct PupilColumn {
  let name: String
  let field: (SamplePupil) -> String

  init(_ name: String, _ field: @escaping (SamplePupil) -> String) {
    self.name = name
    self.field = field
  }
}

/// How a system writes what a pupil file holds.
struct PupilWords: Sendable {
  let yes: String
  let no: String
  let empty: String
  let dates: DateStyle

  func text(_ status: Status) -> String {
    switch status {
    case .yes: yes
    case .no: no
    case .unknown: empty
    }
  }

  func text(_ holds: Bool) -> String { holds ? yes : no }
  func text(_ day: Day?) -> String { day.map(dates.text) ?? empty }
  func text(_ text: String) -> String { text.isEmpty ? empty : text }

  /// The letter of the provision in DfE's census.
  func text(_ provision: SENProvision) -> String {
    switch provision {
    case .ehcPlan: "E"
    case .support: "K"
    case .none: "N"
    case .unknown: empty
    }
  }

  func text(_ sex: Sex) -> String {
    switch sex {
    case .female: "F"
    case .male: "M"
    case .unknown: "U"
    }
  }
}

extension ExportStyle {
  var pupilWords: PupilWords {
    switch self {
    case .sims: PupilWords(yes: "T", no: "F", empty: "", dates: .dayFirst)
    case .lean: PupilWords(yes: "Yes", no: "No", empty: "", dates: .dayFirst)
    case .arbor: PupilWords(yes: "TRUE", no: "FALSE", empty: "NULL", dates: .iso)
    case .go4schools: PupilWords(yes: "Y", no: "N", empty: "NA", dates: .iso)
    case .plain: PupilWords(yes: "Y", no: "N", empty: "", dates: .iso)
    }
  }
}
