/// A pupil enrolled at a school, with the statuses by which figures are broken down.
///
/// Names, identifiers and the date of birth are `Redacted`: they do not print unless a writer uses `unredacted`.
package struct Pupil: Sendable {
  /// The unique pupil number, 13 characters, or an empty text if the exports have none.
  package var upn = Redacted("")
  /// The system's own id, or an empty text.
  package var pupilID = Redacted("")
  /// The admission number, or an empty text. It is compared without leading zeros, which spreadsheets drop.
  package var admissionNumber = Redacted("")
  package var surname = Redacted("")
  package var forename = Redacted("")
  package var dateOfBirth = Redacted<Day?>(nil)
  package var year: NCYear?
  package var registrationGroup = ""
  package var centre = ""
  /// The school that placed the pupil at an alternative provision, in the exports' words, or an empty text.
  package var commissioningSchool = ""
  package var sex = Sex.unknown
  package var senProvision = SENProvision.unknown
  /// The primary need, by DfE's code such as `SEMH`, or an empty text.
  package var senNeed = ""
  package var disadvantaged = Status.unknown
  package var freeSchoolMeals = Status.unknown
  package var lookedAfter = Status.unknown
  package var previouslyLookedAfter = Status.unknown
  /// A Boolean value that indicates whether a field gives "looked after or adopted", which counts as neither.
  package var inCareUnclear = Status.unknown
  package var childInNeed = Status.unknown
  package var childProtectionPlan = Status.unknown
  package var socialWorker = Status.unknown
  package var englishAdditional = Status.unknown
  package var ethnicity = Ethnicity.unknown
  package var gypsyRomaTraveller = Status.unknown
  package var serviceChild = Status.unknown
  package var youngCarer = Status.unknown
  package var noRecourseToPublicFunds = Status.unknown
  /// The statuses of the policy's own groups, by the name of the group, without an entry if a status is unknown.
  package var extraStatuses: [String: Status] = [:]
  /// The statuses with dates, or empty if the exports have only today's statuses.
  package var datedStatuses: [DatedStatus] = []
  /// The first day on roll of the last spell, or `nil` if the pupil was on roll before the register starts.
  package var admitted: Day?
  /// The last day on roll, or `nil` if the pupil is still on roll.
  package var left: Day?
  package var leavingReason = ""
  /// The spells on roll before the last, in order.
  package private(set) var earlierSpells: [Spell] = []
  package var enrolment = Enrolment.registered

  /// The time from a pupil's admission to the day the pupil leaves.
  package struct Spell: Hashable, Sendable {
    /// The first day on roll, or `nil` if it is not known.
    package var first: Day?
    /// The last day on roll, or `nil` if the pupil has not left.
    package var last: Day?

    package init(first: Day?, last: Day?) {
      self.first = first
      self.last = last
    }

    package func contains(_ day: Day) -> Bool { first ?? day <= day && day <= last ?? day }
  }

  /// The enrolment of a pupil at the school.
  package enum Enrolment: Sendable {
    case registered
    /// Registered at another school, and not in this school's figures.
    case guest
    /// Left on an unknown day.
    case leaver
  }

  package init() {}

  /// Any SEN: an EHC plan or SEN support.
  package var hasSEN: Status {
    switch senProvision {
    case .ehcPlan, .support: .yes
    case .none: .no
    case .unknown: .unknown
    }
  }

  /// Every spell on roll, in order; at least one.
  package var spells: [Spell] {
    get { earlierSpells + [Spell(first: admitted, last: left)] }
    set {
      let joined = Spell.joined(newValue)
      earlierSpells = joined.dropLast()
      (admitted, left) = (joined.last?.first, joined.last?.last)
    }
  }

  package func isOnRoll(on day: Day) -> Bool {
    Spell(first: admitted, last: left).contains(day) || earlierSpells.contains { $0.contains(day) }
  }
}

extension Pupil.Spell {
  /// Joins the spells of several rows, in any order. Rows of one admission are one spell, as are spells that overlap or
  /// are adjacent; a row without dates adds nothing.
  fileprivate static func joined(_ spells: [Pupil.Spell]) -> [Pupil.Spell] {
    var lasts: [Int32: Int32] = [:]
    for spell in spells {
      let last = spell.last?.number ?? .max
      lasts.merge(
        [spell.first?.number ?? .min: last],
        uniquingKeysWith: { $0 == .max || $1 == .max ? min($0, $1) : max($0, $1) })
    }
    // A leaving date without an admission date ends the latest spell that began before it.
    if lasts.count > 1, let last = lasts.removeValue(forKey: .min), last != .max {
      let first = lasts.keys.filter { $0 <= last }.max() ?? .min
      lasts[first] = lasts[first].map { $0 == .max ? last : $0 } ?? last
    }
    let joined = lasts.sorted { $0.key < $1.key }.reduce(into: [(first: Int32, last: Int32)]()) {
      joined, spell in
      if let before = joined.last, before.last == .max || spell.key <= before.last + 1 {
        joined[joined.count - 1].last = max(before.last, spell.value)
      } else {
        joined.append((spell.key, spell.value))
      }
    }
    return joined.map { first, last in
      Pupil.Spell(
        first: first == .min ? nil : Day(number: first), last: last == .max ? nil : Day(number: last))
    }
  }
}

extension Pupil: CustomStringConvertible, CustomDebugStringConvertible {
  package var description: String { "a pupil of \(year?.name ?? "an unknown year")" }
  package var debugDescription: String { description }
}

/// Yes, no, or not known. A blank field is unknown and never counts as no. Source: rules, section 4.
package enum Status: CaseIterable, Sendable {
  case yes, no, unknown
}

package enum Sex: CaseIterable, Sendable {
  case female, male, unknown

  package var name: String {
    switch self {
    case .female: "Female"
    case .male: "Male"
    case .unknown: "Unknown"
    }
  }
}

package enum SENProvision: CaseIterable, Sendable {
  case ehcPlan, support, none, unknown

  package var name: String {
    switch self {
    case .ehcPlan: "EHC plan"
    case .support: "SEN support"
    case .none: "No SEN"
    case .unknown: "Unknown"
    }
  }
}

/// DfE's major ethnic groups.
package enum Ethnicity: CaseIterable, Sendable {
  case white, mixed, asian, black, chinese, other, unknown

  package var name: String {
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

/// A national curriculum year group: Reception is 0, nursery years are negative.
package struct NCYear: Hashable, Comparable, Sendable {
  package let number: Int

  /// Creates a year group, or returns `nil` outside Nursery 1 (-2) to Year 14.
  package init?(_ number: Int) {
    guard -2...14 ~= number else { return nil }
    self.number = number
  }

  package var name: String {
    switch number {
    case ..<0: "Nursery"
    case 0: "Reception"
    default: "Year \(number)"
    }
  }

  package static func < (left: NCYear, right: NCYear) -> Bool { left.number < right.number }
}
