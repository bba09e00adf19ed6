import Registers

/// What a published percentage measures.
package enum BenchmarkMeasure: Hashable, Sendable {
  case attendance, overallAbsence, authorisedAbsence, unauthorisedAbsence
  case persistentAbsence, severeAbsence
  /// Sessions with a code, of possible sessions.
  case code(AttendanceCode)

  /// The measures that have a name of their own, in the order of tables.
  package static let named: [BenchmarkMeasure] = [
    .attendance, .overallAbsence, .authorisedAbsence, .unauthorisedAbsence, .persistentAbsence,
    .severeAbsence,
  ]

  /// The measure in words, to stand within a sentence.
  package var formatted: String {
    switch self {
    case .attendance: "attendance"
    case .overallAbsence: "overall absence"
    case .authorisedAbsence: "authorised absence"
    case .unauthorisedAbsence: "unauthorised absence"
    case .persistentAbsence: "persistent absence"
    case .severeAbsence: "severe absence"
    case .code(let code): "code \(code.mark)"
    }
  }

  /// What the trust file calls the measure. Missing: nil for codes.
  package var key: String? {
    switch self {
    case .attendance: "attendance"
    case .overallAbsence: "overall_absence"
    case .authorisedAbsence: "authorised_absence"
    case .unauthorisedAbsence: "unauthorised_absence"
    case .persistentAbsence: "persistent_absence"
    case .severeAbsence: "severe_absence"
    case .code: nil
    }
  }

  /// Whether it counts pupils over a time: persistent and severe absence.
  var countsPupils: Bool { self == .persistentAbsence || self == .severeAbsence }

  /// DfE's name of the measure in a file of one figure a row. Missing: nil where it is none that is compared.
  init?(published name: String, group: BenchmarkGroup) {
    switch name.folded {
    case "attendancepercent": self = .attendance
    case "sessoverallpercent": self = .overallAbsence
    case "sessauthorisedpercent": self = .authorisedAbsence
    case "sessunauthorisedpercent": self = .unauthorisedAbsence
    case "enrolmentspa10exactpercent": self = .persistentAbsence
    case "enrolmentspa50exactpercent": self = .severeAbsence
    case "sesscodepercent":
      guard group.topic.folded == "code", let code = AttendanceCode(mark: group.breakdown) else { return nil }
      self = .code(code)
    default: return nil
    }
  }
}

extension StringProtocol {
  /// The letters and digits in lower case, `&` read as "and", so that names are the same however they are written.
  var folded: String {
    let letters = lowercased().unicodeScalars.map { $0 == "&" ? "and" : String($0) }.joined()
    return String(letters.filter { $0.isLetter || $0.isNumber })
  }
}
