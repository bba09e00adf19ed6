import Registers

/// A column of a pupil file: its name in the system's words, and what it holds of a pupil.
struct PupilColumn {
  let name: String
  let value: (SamplePupil) -> PupilValue

  init(_ name: String, _ value: @escaping (SamplePupil) -> PupilValue) {
    self.name = name
    self.value = value
  }
}

/// What a pupil file holds, before a system puts it in its own words.
enum PupilValue {
  /// Missing: empty.
  case text(String)
  case day(Day?)
  case status(Status)

  static func holds(_ holds: Bool) -> PupilValue { .status(holds ? .yes : .no) }

  /// The letter of the provision in DfE's census.
  static func provision(_ provision: SENProvision) -> PupilValue {
    switch provision {
    case .ehcPlan: .text("E")
    case .support: .text("K")
    case .none: .text("N")
    case .unknown: .text("")
    }
  }

  static func sex(_ sex: Sex) -> PupilValue {
    switch sex {
    case .female: .text("F")
    case .male: .text("M")
    case .unknown: .text("U")
    }
  }
}

/// How a system writes the values of a pupil file as text.
struct PupilWords: Sendable {
  let yes: String
  let no: String
  let dates: DateStyle

  func text(_ value: PupilValue) -> String {
    switch value {
    case .text(let text): text
    case .day(let day): day.map(dates.text) ?? ""
    case .status(.yes): yes
    case .status(.no): no
    case .status(.unknown): ""
    }
  }
}

extension ExportStyle {
  var pupilWords: PupilWords {
    switch self {
    case .sims: PupilWords(yes: "T", no: "F", dates: .dayFirst)
    case .weekStrings: PupilWords(yes: "Yes", no: "No", dates: .dayFirst)
    case .registerBook: PupilWords(yes: "Yes", no: "No", dates: .dayFirst)
    case .wonde, .plain: PupilWords(yes: "Y", no: "N", dates: .iso)
    }
  }
}
