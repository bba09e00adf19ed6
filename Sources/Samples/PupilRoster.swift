import Registers

/// The pupils of a made-up school in export order: by class, then by name.
struct PupilRoster {
  private(set) var pupils: [SamplePupil] = []
  private let plan: SchoolPlan
  private let seed: UInt64

  init(of plan: SchoolPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    for group in plan.classes {
      let first = pupils.count
      for _ in 0..<group.size { pupils.append(makePupil(number: pupils.count, in: group)) }
      // Swift compares strings by their Unicode scalars, so the order does not depend on a locale.
      pupils[first...].sort {
        ($0.name.surname, $0.name.forename, $0.number) < ($1.name.surname, $1.name.forename, $1.number)
      }
    }
    pupils = QuotaAllocation(of: plan, to: pupils, seed: seed).pupils
    if plan.hasTransferringPupil,
      let pupil = TransferringPupil(seed: seed).pupil(at: plan, number: pupils.count)
    {
      pupils.append(pupil)
    }
    if plan.hasSeededErrors { addPupilsWithErrors() }
  }

  private func makePupil(number: Int, in group: ClassPlan) -> SamplePupil {
    var random = SplitMix64(seed: seed, school: plan.number, pupil: number, for: .pupilDetails)
    let origin = NameOrigin.allCases[random.index(weights: NameOrigin.weights)]
    let boysPercent = plan.phase == .special || plan.phase == .alternative ? 71 : 51
    let sex: Sex = random.bool(percent: boysPercent) ? .male : .female
    // Pupils of Year 1 are five years old on 31 August 2025.
    let eldest = Day(year: 2020 - group.year, month: 9, day: 1) ?? SampleCalendar.firstDay
    let admissionDate = makeAdmissionDate(year: group.year, using: &random)
    let upnYear = max(10, 25 - max(0, group.year))
    var pupil = SamplePupil(
      number: number, origin: origin, name: PupilName(of: origin, sex: sex, using: &random),
      upn: upn(ofPupil: number, year: upnYear), systemID: plan.number * 100_000 + 1200 + number * 3,
      admissionNumber: 4000 + number * 2 + plan.number,
      dateOfBirth: eldest + random.integer(below: 365), year: group.year, form: group.form,
      centre: group.centre, sex: sex, ethnicity: random.element(of: origin.ethnicities),
      admissionDate: admissionDate)
    pupil.hasEnglishAsAdditionalLanguage = random.bool(percent: origin.englishAdditionalPercent)
    setNeeds(of: &pupil, using: &random)
    return pupil
  }

  /// Returns a UPN that a primary school allocated itself, or that one of three feeder schools allocated.
  private func upn(ofPupil number: Int, year: Int) -> String {
    let feeder = number / 999 * 4 + (plan.phase == .primary ? 0 : 1 + number % 3)
    return SampleUPN(
      localAuthority: plan.localAuthority.code, establishment: plan.establishment + feeder, year: year,
      serial: number % 999 + 1
    ).text
  }

  private func makeAdmissionDate(year: Int, using random: inout SplitMix64) -> Day {
    let yearsAtSchool: Int
    switch plan.phase {
    case .primary, .special: yearsAtSchool = max(0, year)
    case .secondary: yearsAtSchool = year == 12 ? 5 : max(0, year - 7)
    case .alternative: yearsAtSchool = random.integer(below: 2)
    }
    return SampleCalendar.firstDay - yearsAtSchool * 364
  }

  private func setNeeds(of pupil: inout SamplePupil, using random: inout SplitMix64) {
    let prevalence = NeedPrevalence.of(plan.phase)
    let draw = random.integer(below: 1000)
    if draw < prevalence.ehcPlan + prevalence.senSupport {
      pupil.senProvision = draw < prevalence.ehcPlan ? .ehcPlan : .support
      pupil.primaryNeed = random.element(of: prevalence.primaryNeeds)
    }
    if random.integer(below: 1000) < prevalence.pupilPremium {
      pupil.pupilPremium = .yes
      pupil.freeSchoolMeals = random.bool(percent: 88) ? .yes : .no
    }
    if plan.phase == .alternative {
      pupil.mainSchool = random.element(of: [
        "Alderbrook High", "St Aldhelm's School", "Quayside Academy", "Harrow Down School",
      ])
    }
  }

  /// Adds a pupil who is missing from the pupil file and a pupil without marks to a class of Year 4 or 9.
  private mutating func addPupilsWithErrors() {
    switch plan.style {
    case .sims, .wonde, .plain: return
    case .weekStrings, .registerWorkbook: break
    }
    guard let classmate = pupils.first(where: { $0.year == 9 || $0.year == 4 }) else { return }
    let group = ClassPlan(form: classmate.form, year: classmate.year, size: 1)
    let errors: [(SamplePupil.Arrangement, Day)] = [
      (.missingFromPupilFile, SampleCalendar.firstDay), (.withoutMarks, SampleCalendar.day(1, 5)),
    ]
    for (arrangement, admissionDate) in errors {
      var pupil = makePupil(number: pupils.count, in: group)
      pupil.admissionDate = admissionDate
      pupil.arrangements = [arrangement]
      pupils.append(pupil)
    }
  }
}

/// The prevalence of needs in a phase, in pupils per thousand.
///
/// The figures are rounded from DfE, *Special educational needs in England* and *Schools, pupils and their
/// characteristics*, 2024/25.
private struct NeedPrevalence {
  let ehcPlan: Int
  let senSupport: Int
  let pupilPremium: Int
  /// The DfE codes of primary needs, with common needs repeated.
  let primaryNeeds: [String]

  static func of(_ phase: School.Phase) -> NeedPrevalence {
    switch phase {
    case .primary:
      NeedPrevalence(
        ehcPlan: 38, senSupport: 150, pupilPremium: 250,
        primaryNeeds: ["SLCN", "SLCN", "SEMH", "SPLD", "MLD", "ASD", "HI", "PD"])
    case .secondary:
      NeedPrevalence(
        ehcPlan: 36, senSupport: 138, pupilPremium: 270,
        primaryNeeds: ["SPLD", "SPLD", "SEMH", "SEMH", "MLD", "ASD", "VI", "NSA"])
    case .special:
      NeedPrevalence(
        ehcPlan: 960, senSupport: 40, pupilPremium: 470,
        primaryNeeds: ["ASD", "ASD", "SLD", "PMLD", "SEMH", "SLCN", "DS"])
    case .alternative:
      NeedPrevalence(
        ehcPlan: 230, senSupport: 560, pupilPremium: 620,
        primaryNeeds: ["SEMH", "SEMH", "SEMH", "ASD", "SPLD", "MLD"])
    }
  }
}

/// The pupil who transfers from the secondary school to the alternative provision in the middle of November.
///
/// The pupil has the same UPN at both schools, and a random sequence that belongs to neither school.
private struct TransferringPupil {
  private let name: PupilName
  private let sex: Sex
  private let dateOfBirth: Day
  private let upn: String

  private static let lastDayAtSecondarySchool = SampleCalendar.day(11, 14)

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed, school: -2, pupil: 0, for: .transferringPupil)
    sex = random.bool(percent: 60) ? .male : .female
    name = PupilName(of: .british, sex: sex, using: &random)
    dateOfBirth =
      (Day(year: 2011, month: 9, day: 1) ?? SampleCalendar.firstDay) + random.integer(below: 365)
    let serial = random.integer(in: 1...999)
    upn = SampleUPN(localAuthority: 852, establishment: 9100, year: 16, serial: serial).text
  }

  /// Returns the pupil with the details that one of the two schools has, or `nil` for any other school.
  func pupil(at plan: SchoolPlan, number: Int) -> SamplePupil? {
    var pupil = SamplePupil(
      number: number, origin: .british, name: name, upn: upn, systemID: plan.number * 100_000 + 77_000,
      admissionNumber: 3900 + plan.number, dateOfBirth: dateOfBirth, year: 9, form: "", sex: sex,
      ethnicity: "WBRI", admissionDate: SampleCalendar.firstDay - 2 * 364)
    pupil.senProvision = .support
    pupil.primaryNeed = "SEMH"
    pupil.pupilPremium = .yes
    pupil.freeSchoolMeals = .yes
    switch plan.phase {
    case .secondary:
      pupil.form = "9B"
      pupil.leavingDate = TransferringPupil.lastDayAtSecondarySchool
      pupil.leavingReason = "Transferred to alternative provision"
      pupil.arrangements = [.suspensions]
    case .alternative:
      pupil.form = "H1"
      pupil.centre = "Harbour Street"
      pupil.mainSchool = "Alder Reach Academy"
      pupil.admissionDate = TransferringPupil.lastDayAtSecondarySchool + 3
    case .primary, .special: return nil
    }
    return pupil
  }
}

/// The allocation of a school's quotas of statuses and arrangements to randomly selected pupils.
private struct QuotaAllocation {
  private(set) var pupils: [SamplePupil]
  private let plan: SchoolPlan
  private var random: SplitMix64

  init(of plan: SchoolPlan, to pupils: [SamplePupil], seed: UInt64) {
    self.pupils = pupils
    self.plan = plan
    random = SplitMix64(seed: seed, school: plan.number, for: .quotas)
    // The order of these calls is the order of the random draws.
    allocateStatuses()
    allocateUnknownValues()
    allocateJoinersAndLeavers()
    allocateArrangements()
  }

  private mutating func allocateStatuses() {
    let quotas = plan.quotas
    allocate(quotas.lookedAfter, where: { $0.year >= 0 }) {
      $0.lookedAfter = .yes
      $0.pupilPremium = .yes
    }
    // Adoption, special guardianship, a child arrangements order and a residence order.
    let letters = ["A", "A", "G", "G", "C", "R"]
    for index in 0..<quotas.previouslyLookedAfter {
      allocate(
        1, where: { $0.lookedAfter != .yes && $0.previouslyLookedAfter == "N" && $0.year >= 0 }
      ) {
        $0.previouslyLookedAfter = letters[index % letters.count]
        $0.pupilPremium = .yes
      }
    }
    allocate(quotas.childProtection, where: { $0.lookedAfter != .yes }) { $0.hasChildProtectionPlan = true }
    allocate(quotas.childInNeed, where: { !$0.hasChildProtectionPlan }) { $0.isChildInNeed = true }
    allocate(quotas.serviceChildren) { $0.isServiceChild = true }
    allocate(quotas.youngCarers, where: { $0.year >= 3 }) { $0.isYoungCarer = true }
  }

  private mutating func allocateUnknownValues() {
    let quotas = plan.quotas
    allocate(quotas.unknownEthnicity) { $0.ethnicity = "" }
    allocate(quotas.unknownPremium, where: { $0.pupilPremium == .no }) {
      $0.pupilPremium = .unknown
      $0.freeSchoolMeals = .unknown
    }
    allocate(quotas.unknownSEN, where: { $0.senProvision == .none }) { $0.senProvision = .unknown }
    let (authority, establishment) = (plan.localAuthority.code, plan.establishment + 15)
    allocate(quotas.temporaryUPNs) {
      $0.upn =
        SampleUPN(
          localAuthority: authority, establishment: establishment, year: 25, serial: $0.number,
          isTemporary: true
        ).text
    }
  }

  private mutating func allocateJoinersAndLeavers() {
    let days = plan.calendar.days
    guard days.count > 20 else { return }
    let isOnRollAllYear = { (pupil: SamplePupil) in
      pupil.leavingDate == nil && pupil.admissionDate <= SampleCalendar.firstDay
    }
    for index in 0..<plan.quotas.joiners {
      let day = days[10 + random.integer(below: days.count - 20)]
      allocate(1, where: isOnRollAllYear) {
        $0.admissionDate = day
        if index % 2 == 0 { $0.arrangements.insert(.marksBeforeAdmission) }
      }
    }
    let reasons = [
      "Moved to another school", "Moved out of the area", "Elective home education", "Moved abroad",
      "Moved to another school", "Transferred to a special school",
    ]
    for index in 0..<plan.quotas.leavers {
      let day = days[10 + random.integer(below: days.count - 20)]
      allocate(1, where: isOnRollAllYear) {
        $0.leavingDate = day
        $0.leavingReason = reasons[index % reasons.count]
      }
    }
    guard plan.calendar.until >= SampleCalendar.schoolLeavingDay else { return }
    for index in pupils.indices where pupils[index].year == 11 && pupils[index].leavingDate == nil {
      pupils[index].leavingDate = SampleCalendar.schoolLeavingDay
      pupils[index].leavingReason = "End of Key Stage 4"
    }
  }

  private mutating func allocateArrangements() {
    let quotas = plan.quotas
    allocate(.partTimeTimetable, to: quotas.partTime) { 1...11 ~= $0.year }
    allocate(.suspensions, to: quotas.suspended) { 3...11 ~= $0.year && $0.absenceRisk > 100 }
    allocate(.tuition, to: quotas.tuition) { 1...11 ~= $0.year }
    allocate(.college, to: quotas.college) { 10...11 ~= $0.year }
    allocate(.dualRegistration, to: quotas.dualRegistered) { !$0.arrangements.contains(.tuition) }
    allocate(.sportsTeam, to: quotas.sportsTeam) { $0.year >= 4 }
    allocate(.accessBarrier, to: quotas.accessBarriers) { _ in true }
    allocate(.performer, to: quotas.performers) { 1...11 ~= $0.year }
  }

  private mutating func allocate(
    _ arrangement: SamplePupil.Arrangement, to quota: Int, where isEligible: (SamplePupil) -> Bool
  ) {
    allocate(quota, where: isEligible) { $0.arrangements.insert(arrangement) }
  }

  /// Changes `quota` random pupils, or every eligible pupil if there are fewer.
  private mutating func allocate(
    _ quota: Int, where isEligible: (SamplePupil) -> Bool = { _ in true },
    _ change: (inout SamplePupil) -> Void
  ) {
    guard quota > 0 else { return }
    var candidates = pupils.indices.filter { isEligible(pupils[$0]) }
    for _ in 0..<min(quota, candidates.count) {
      change(&pupils[candidates.remove(at: random.integer(below: candidates.count))])
    }
  }
}
