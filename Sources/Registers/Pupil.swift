/// A pupil enrolled at a school, with every status the packs break figures down by.
///
/// Names, identifiers and the date of birth are `Private`: they do not print unless a writer says `exposed`.
public struct Pupil: Sendable {
  /// Unique pupil number, 13 characters. Missing: empty when the exports give none.
  public var upn = Private("")
  /// The system's own id. Missing: empty.
  public var pupilID = Private("")
  /// Missing: empty. Compared without leading zeros, which spreadsheets drop.
  public var admissionNumber = Private("")
  public var surname = Private("")
  public var forename = Private("")
  public var dateOfBirth = Private<Day?>(nil)
  public var year: NCYear?
  public var registrationGroup = ""
  public var centre = ""
  /// The school that placed the pupil at an alternative provision, in the exports' words. Missing: empty.
  public var commissioningSchool = ""
  public var sex = Sex.unknown
  public var senProvision = SENProvision.unknown
  /// The primary need, by DfE's code such as `SEMH`. Missing: empty.
  public var senNeed = ""
  public var disadvantaged = Status.unknown
  public var freeSchoolMeals = Status.unknown
  public var lookedAfter = Status.unknown
  public var previouslyLookedAfter = Status.unknown
  /// A field that says "looked after or adopted" without saying which: it counts as neither.
  public var inCareUnclear = Status.unknown
  public var childInNeed = Status.unknown
  public var childProtectionPlan = Status.unknown
  public var socialWorker = Status.unknown
  public var englishAdditional = Status.unknown
  public var ethnicity = Ethnicity.unknown
  public var gypsyRomaTraveller = Status.unknown
  public var serviceChild = Status.unknown
  public var youngCarer = Status.unknown
  public var noRecourseToPublicFunds = Status.unknown
  /// Statuses a school's policy asks for, by the policy's name of the group. Missing: no entry where it is unknown.
  public var extraStatuses: [String: Status] = [:]
  /// Statuses that carry dates. Missing: empty where the exports give today's statuses only.
  public var datedStatuses: [DatedStatus] = []
  /// The first day on roll. Missing: nil when on roll since before the register starts.
  public var admitted: Day?
  /// The last day on roll. Missing: nil when still on roll.
  public var left: Day?
  public var leavingReason = ""

  public init() {}

  /// Any SEN: an EHC plan or SEN support.
  public var hasSEN: Status {
    switch senProvision {
    case .ehcPlan, .support: .yes
    case .none: .no
    case .unknown: .unknown
    }
  }

  public func isOnRoll(on day: Day) -> Bool {
    if let admitted, day < admitted { return false }
    if let left, day > left { return false }
    return true
  }
}

extension Pupil: CustomStringConvertible, CustomDebugStringConvertible {
  public var description: String { "a pupil of \(year?.name ?? "an unknown year")" }
  public var debugDescription: String { description }
}

/// Yes, no, or not known. A blank field is unknown and never counts as no. Source: rules, section 4.
public enum Status: CaseIterable, Sendable {
  case yes, no, unknown
}

public enum Sex: CaseIterable, Sendable {
  case female, male, unknown

  public var name: String {
    switch self {
    case .female: "Female"
    case .male: "Male"
    case .unknown: "Unknown"
    }
  }
}

public enum SENProvision: CaseIterable, Sendable {
  case ehcPlan, support, none, unknown

  public var name: String {
    switch self {
    case .ehcPlan: "EHC plan"
    case .support: "SEN support"
    case .none: "No SEN"
    case .unknown: "Unknown"
    }
  }
}

/// DfE's major ethnic groups.
public enum Ethnicity: CaseIterable, Sendable {
  case white, mixed, asian, black, chinese, other, unknown

  public var name: String {
    switch self {
    case .white: "White"
    case .mixed: "Mixed"
    case .asian: "Asian"
    case .black: "Black"
    case .chinese: "Chinese"
    case .other: "Other"
    case .unknown: "Unknown"
    }
  }
}

/// A national curriculum year group: Reception is 0, the nursery years stand below it.
public struct NCYear: Hashable, Comparable, Sendable {
  public let number: Int

  /// Missing: nil outside Nursery 1 (-2) to Year 14.
  public init?(_ number: Int) {
    guard -2...14 ~= number else { return nil }
    self.number = number
  }

  public var name: String {
    switch number {
    case ..<0: "Nursery"
    case 0: "Reception"
    default: "Year \(number)"
    }
  }

  public static func < (left: NCYear, right: NCYear) -> Bool { left.number < right.number }
}
