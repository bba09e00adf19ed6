import Registers

/// What is settled about a made-up school before its pupils are made.
struct SchoolPlan: Sendable {
  /// The key of the school's random numbers.
  let number: Int
  let name: String
  /// The school's folder under `exports`.
  let slug: String
  let phase: School.Phase
  let localAuthority: LocalAuthority
  let classes: [ClassPlan]
  let quotas: PupilQuotas
  let style: ExportStyle
  let calendar: SampleCalendar
  /// The policy that ships with the program which the trust file names for the school.
  var policy = "dfe-2024"
  /// Whether the export carries rows for planned closures.
  var writesClosures = false
  /// A day on which snow closed the whole site.
  var snowDay: Day?
  /// Days on which the school's minibuses did not run.
  var daysWithoutTransport: [Day] = []
  var hasMover = false
  var hasDirtyRows = false

  var urn: String { String(100_000 + number) }
  /// The number of the school among those of its local authority, as UPNs hold it. Sixteen are set aside for each.
  var establishment: Int { 2000 + number % 490 * 16 }
}

/// A registration group and the year it teaches.
struct ClassPlan: Sendable {
  let form: String
  let year: Int
  let size: Int
  var centre = ""
}

/// A local authority, with the code DfE gives it.
struct LocalAuthority: Sendable {
  let name: String
  let code: Int

  static let southampton = LocalAuthority(name: "Southampton", code: 852)
  static let hampshire = LocalAuthority(name: "Hampshire", code: 850)
  static let all = [
    southampton, hampshire, LocalAuthority(name: "Portsmouth", code: 851),
    LocalAuthority(name: "Dorset", code: 838), LocalAuthority(name: "Wiltshire", code: 865),
    LocalAuthority(name: "Surrey", code: 936), LocalAuthority(name: "Reading", code: 870),
  ]
}

/// How many pupils of a school carry each status or arrangement; the pupils are drawn from the school's stream.
struct PupilQuotas: Sendable {
  var lookedAfter = 0
  var previouslyLookedAfter = 0
  var childProtection = 0
  var childInNeed = 0
  var serviceChildren = 0
  var youngCarers = 0
  var temporaryUPNs = 0
  var unknownEthnicity = 0
  var unknownPremium = 0
  var unknownSEN = 0
  var joiners = 0
  var leavers = 0
  var partTime = 0
  var suspended = 0
  var tuition = 0
  var college = 0
  var dualRegistered = 0
  var squad = 0
  var withoutAccess = 0
  var performers = 0
}
