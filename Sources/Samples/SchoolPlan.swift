import Registers

/// The description of a made-up school from which its pupils and marks are generated.
struct SchoolPlan: Sendable {
  /// The number that selects the school's random sequences, unique in the trust.
  let number: Int
  let name: String
  /// The name of the school's folder in `exports`.
  let slug: String
  let phase: School.Phase
  let localAuthority: LocalAuthority
  let classes: [ClassPlan]
  let quotas: PupilQuotas
  let style: ExportStyle
  let calendar: SampleCalendar
  /// The name of a built-in policy, which the trust file assigns to the school.
  var policy = "dfe-2024"
  /// A Boolean value that indicates whether the export has `#` marks for training days.
  var exportsPlannedClosures = false
  /// The day on which snow closed the whole site, if there was one.
  var snowDay: Day?
  /// The days on which the school's minibuses did not run.
  var daysWithoutTransport: [Day] = []
  var hasTransferringPupil = false
  var hasSeededErrors = false

  var urn: String { String(100_000 + number) }
  /// The school's folder relative to the trust file.
  var folder: String { "exports/\(slug)" }
  /// The school's number within its local authority, as UPNs contain it.
  ///
  /// Each school reserves 16 numbers: its own, its feeder schools' and the one in its temporary UPNs.
  var establishment: Int { 2000 + number % 490 * 16 }
}

/// A registration group and its national curriculum year.
struct ClassPlan: Sendable {
  let form: String
  let year: Int
  let size: Int
  var centre = ""
}

/// A local authority and its three-digit code in DfE's data.
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

/// The number of pupils at a school with each status or arrangement.
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
  var sportsTeam = 0
  var accessBarriers = 0
  var performers = 0
}

/// The days on which a made-up school is open in the school year 2025/26.
///
/// The half-terms are the ones that most English local authorities set for 2025/26.
struct SampleCalendar: Sendable {
  /// The days with sessions, in date order.
  let days: [Day]
  /// The training days up to the end of the registers, in date order.
  let trainingDays: [Day]
  /// The last day that the registers cover.
  let until: Day
  let halfTerms: [HalfTerm]
  /// For each element of `days`, the index of its half-term.
  let halfTermIndices: [Int]
  /// For each element of `days`, a Boolean value that indicates whether it follows a day without sessions.
  let isAfterBreak: [Bool]

  init(trainingDays: [Day], until: Day) {
    var days: [Day] = []
    var halfTermIndices: [Int] = []
    let halfTerms = SampleCalendar.halfTerms.filter { $0.first <= until }
    for (index, halfTerm) in halfTerms.enumerated() {
      var day = halfTerm.first
      while day <= min(halfTerm.last, until) {
        if day.weekday.isSchoolDay && day != SampleCalendar.mayDay && !trainingDays.contains(day) {
          days.append(day)
          halfTermIndices.append(index)
        }
        day = day + 1
      }
    }
    self.days = days
    self.trainingDays = trainingDays.filter { $0 <= until }.sorted()
    self.until = until
    self.halfTerms = halfTerms
    self.halfTermIndices = halfTermIndices
    self.isAfterBreak = days.indices.map { $0 == 0 || days[$0] - days[$0 - 1] > 1 }
  }

  /// Returns the range of indices in `days` from `first` to `last`, both included.
  func dayIndices(from first: Day, through last: Day) -> Range<Int> {
    let lower = days.firstIndex { $0 >= first } ?? days.count
    let upper = days.firstIndex { $0 > last } ?? days.count
    return lower..<max(lower, upper)
  }

  /// Returns the range of indices in `days` of the half-term at `index`.
  func dayIndices(ofHalfTerm index: Int) -> Range<Int> {
    dayIndices(from: halfTerms[index].first, through: halfTerms[index].last)
  }
}

extension SampleCalendar {
  static let halfTerms = [
    HalfTerm(.autumn1, from: day(9, 3), to: day(10, 24)),
    HalfTerm(.autumn2, from: day(11, 3), to: day(12, 19)),
    HalfTerm(.spring1, from: day(1, 5), to: day(2, 13)),
    HalfTerm(.spring2, from: day(2, 23), to: day(3, 27)),
    HalfTerm(.summer1, from: day(4, 13), to: day(5, 22)),
    HalfTerm(.summer2, from: day(6, 1), to: day(7, 21)),
  ]

  static let firstDay = day(9, 3)
  static let lastDay = day(7, 21)
  static let endOfSpring1 = day(2, 13)
  /// The early May bank holiday.
  static let mayDay = day(5, 4)
  /// The school leaving date of Year 11: the last Friday of June.
  static let schoolLeavingDay = day(6, 26)

  /// Returns a day of the school year 2025/26.
  static func day(_ month: Int, _ dayOfMonth: Int) -> Day {
    Day(year: month >= 8 ? 2025 : 2026, month: month, day: dayOfMonth) ?? Day(number: 0)
  }
}

/// The days of a school's trips, matches, work experience and study leave, as indices in its calendar.
struct SchoolEvents {
  /// For each registration group, the days of its trips.
  let tripDays: [String: [Int]]
  let matchDays: [Int]
  let workExperienceDays: Range<Int>
  /// The days of public examinations, from the middle of May to the middle of June.
  let studyLeaveDays: Range<Int>

  init(of plan: SchoolPlan, seed: UInt64) {
    var random = SplitMix64(seed: seed, school: plan.number, for: .events)
    let calendar = plan.calendar
    var tripDays: [String: [Int]] = [:]
    for group in plan.classes where tripDays[group.form] == nil {
      for halfTerm in calendar.halfTerms.indices where random.bool(percent: halfTerm % 2 == 0 ? 40 : 15) {
        let days = calendar.dayIndices(ofHalfTerm: halfTerm)
        // Classes do not go on trips in the first days of a half-term.
        guard days.count > 6 else { continue }
        tripDays[group.form, default: []].append(days.lowerBound + random.integer(in: 4...days.count - 2))
      }
    }
    self.tripDays = tripDays
    matchDays = calendar.days.indices.filter { $0 % 7 == 5 && random.bool(percent: 60) }
    workExperienceDays = calendar.dayIndices(
      from: SampleCalendar.day(1, 26), through: SampleCalendar.day(1, 30))
    studyLeaveDays = calendar.dayIndices(
      from: SampleCalendar.day(5, 18), through: SampleCalendar.day(6, 19))
  }
}
