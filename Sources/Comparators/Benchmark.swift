import Measures
import Registers

/// A published percentage with its subject and its source.
package struct Benchmark: Hashable, Sendable {
  package let series: Series
  package let schoolYear: SchoolYear
  package let period: BenchmarkPeriod
  package let phase: BenchmarkPhase
  package let geography: Geography
  package let group: BenchmarkGroup
  package let measure: BenchmarkMeasure
  /// The percentage, or the reason why there is none.
  package let value: PublishedValue
  /// The counts behind the percentage, or `nil` if the file has none or they are estimates.
  package let counts: Rate?
  /// The status such as `provisional`, or an empty text if the file gives none.
  package let status: String
  package let source: String
  package let file: String
  /// The row, counted from 1 with the header.
  package let row: Int

  /// A statistical series. Figures of different series are not compared with each other.
  package enum Series: String, CaseIterable, Sendable {
    case daily, accredited, socialCare

    /// The title of the publication.
    package var publication: String {
      switch self {
      case .daily: "Pupil attendance in schools"
      case .accredited: "Pupil absence in schools in England"
      case .socialCare:
        "Outcomes for children in need, including children looked after by local authorities in England"
      }
    }

    /// The name, which is followed by the word "series".
    package var label: String {
      switch self {
      case .daily: "daily"
      case .accredited: "accredited"
      case .socialCare: "social care"
      }
    }

    /// Creates a series from the title of a publication.
    ///
    /// Returns `nil` if the title does not begin with that of a publication.
    init?(published title: String) {
      guard let series = Series.allCases.first(where: { title.folded.hasPrefix($0.publication.folded) })
      else {
        return nil
      }
      self = series
    }
  }
}

/// The measure of a published percentage.
package enum BenchmarkMeasure: Hashable, Sendable {
  case attendance, overallAbsence, authorisedAbsence, unauthorisedAbsence
  case persistentAbsence, severeAbsence
  /// The percentage of possible sessions with a code.
  case code(AttendanceCode)

  /// The measures besides codes, in the order of tables.
  package static let named: [BenchmarkMeasure] = [
    .attendance, .overallAbsence, .authorisedAbsence, .unauthorisedAbsence, .persistentAbsence,
    .severeAbsence,
  ]

  /// The name within a sentence.
  package var label: String {
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

  /// The name in the trust file, or `nil` for codes.
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

  /// Indicates that the measure counts pupils and not sessions.
  var countsPupils: Bool { self == .persistentAbsence || self == .severeAbsence }

  /// Creates a measure from DfE's name in a file with one figure a row.
  ///
  /// Returns `nil` if the program does not compare the measure.
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
  /// The letters and digits in lower case, with `&` as "and", for comparisons of names that ignore their spelling.
  var folded: String {
    let letters = lowercased().unicodeScalars.map { $0 == "&" ? "and" : String($0) }.joined()
    return String(letters.filter { $0.isLetter || $0.isNumber })
  }
}

/// The area or the school of a published figure.
package struct Geography: Hashable, Sendable {
  package let level: Level
  package let name: String
  /// The code of the Office for National Statistics or a school's URN, or an empty text if the file gives none.
  package let code: String
  /// DfE's three-digit code of a local authority, or an empty text for other levels.
  package let oldCode: String
  /// The region of a local authority, or an empty text for other levels.
  package let region: String

  /// The level, with DfE's `geographic_level` as its raw value.
  package enum Level: String, CaseIterable, Sendable {
    case england = "National"
    case region = "Regional"
    case localAuthority = "Local authority"
    case school = "School"
  }

  package static let england = Geography(.england, name: "England", code: "E92000001")

  init(_ level: Level, name: String, code: String = "", oldCode: String = "", region: String = "") {
    self.level = level
    self.name = name
    self.code = code
    self.oldCode = oldCode
    self.region = region
  }

  /// Returns whether a name or a code in a trust file is that of this local authority.
  func isLocalAuthority(_ nameOrCode: String) -> Bool {
    level == .localAuthority
      && [name, code, oldCode].contains { !$0.isEmpty && $0.folded == nameOrCode.folded }
  }
}

/// The phase of a published figure.
package enum BenchmarkPhase: Hashable, Sendable {
  /// DfE's "Total" of all phases.
  case all
  case phase(School.Phase)
  case other(String)

  /// Creates a phase from `education_phase`, `school_type` or `phase_type_grouping` of DfE's files.
  init(published text: String) {
    switch text.folded {
    case "total": self = .all
    case "primary", "statefundedprimary": self = .phase(.primary)
    case "secondary", "statefundedsecondary": self = .phase(.secondary)
    case "special", "statefundedspecial": self = .phase(.special)
    case "pupilreferralunit", "alternativeprovision", "statefundedalternativeprovisionschool":
      self = .phase(.alternative)
    default: self = .other(text)
    }
  }
}
