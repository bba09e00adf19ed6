import Registers

/// The place a published figure is about.
package struct Geography: Hashable, Sendable {
  package let level: Level
  package let name: String
  /// The Office for National Statistics' code, or a school's URN. Missing: empty where the file gives none.
  package let code: String
  /// DfE's own three-digit code of a local authority. Missing: empty elsewhere.
  package let oldCode: String
  /// The region a local authority lies in, as its row of the file says. Missing: empty elsewhere.
  package let region: String

  /// Raw values are DfE's `geographic_level`.
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

  /// Whether a trust file means this local authority: by its name or one of its codes.
  func isLocalAuthority(_ written: String) -> Bool {
    level == .localAuthority
      && [name, code, oldCode].contains { !$0.isEmpty && $0.folded == written.folded }
  }
}

/// The phase a published figure is about.
package enum BenchmarkPhase: Hashable, Sendable {
  /// DfE's "Total", which stands for no phase.
  case all
  case phase(School.Phase)
  case other(String)

  /// Source: `education_phase`, `school_type` and `phase_type_grouping` of DfE's files.
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
