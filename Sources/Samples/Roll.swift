import Registers

/// The pupils of a made-up school, in the order of its exports: by class, then by name.
struct Roll {
  private(set) var pupils: [SamplePupil] = []
  private let plan: SchoolPlan
  private let seed: UInt64

  init(of plan: SchoolPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    for group in plan.classes {
      let first = pupils.count
      for _ in 0..<group.size { pupils.append(makePupil(pupils.count, in: group)) }
      // The order of names is that of their characters, which no locale changes.
      pupils[first...].sort {
        ($0.name.surname, $0.name.forename, $0.number) < ($1.name.surname, $1.name.forename, $1.number)
      }
    }
    var drawn = QuotaDraw(plan: plan, seed: seed)
    drawn.apply(to: &pupils)
    if plan.hasMover, let mover = Mover(seed: seed).pupil(at: plan, number: pupils.count) {
      pupils.append(mover)
    }
    if plan.hasDirtyRows { addPupilsOfDirtyRows() }
  }

  private func makePupil(_ number: Int, in group: ClassPlan) -> SamplePupil {
    var stream = SplitMix64(seed: seed, plan.number, number, 1)
    let origin = Origin.allCases[stream.weighted(Origin.weights)]
    let boysInHundred = plan.phase == .special || plan.phase == .alternative ? 71 : 51
    let sex: Sex = stream.percent(boysInHundred) ? .male : .female
    // A pupil of Year 1 is five on 31 August 2025.
    let eldest = Day(year: 2020 - group.year, month: 9, day: 1) ?? SampleCalendar.firstDay
    let admitted = admissionDay(year: group.year, from: &stream)
    let upnYear = max(10, 25 - max(0, group.year))
    var pupil = SamplePupil(
      number: number, origin: origin, name: PupilName(of: origin, sex: sex, from: &stream),
      upn: upn(of: number, year: upnYear).text, systemID: plan.number * 100_000 + 1200 + number * 3,
      admissionNumber: 4000 + number * 2 + plan.number,
      dateOfBirth: eldest + stream.below(365), year: group.year, form: group.form, centre: group.centre,
      sex: sex, ethnicity: stream.pick(origin.ethnicities), admitted: admitted)
    pupil.englishAdditional = stream.percent(origin.otherLanguage)
    setNeeds(of: &pupil, from: &stream)
    return pupil
  }

  /// A number a school of the same authority issued: primaries their own, the others one of four feeder schools.
  private func upn(of number: Int, year: Int) -> UniquePupilNumber {
    let feeder = number / 999 * 4 + (plan.phase == .primary ? 0 : 1 + number % 3)
    return UniquePupilNumber(
      localAuthority: plan.localAuthority.code, establishment: plan.establishment + feeder, year: year,
      serial: number % 999 + 1)
  }

  private func admissionDay(year: Int, from stream: inout SplitMix64) -> Day {
    let years: Int
    switch plan.phase {
    case .primary, .special: years = max(0, year)
    case .secondary: years = year == 12 ? 5 : max(0, year - 7)
    case .alternative: years = stream.below(2)
    }
    return SampleCalendar.firstDay - years * 364
  }

  private func setNeeds(of pupil: inout SamplePupil, from stream: inout SplitMix64) {
    let shares = PhaseShares.of(plan.phase)
    let draw = stream.below(1000)
    if draw < shares.ehcPlan {
      pupil.senProvision = .ehcPlan
    } else if draw < shares.ehcPlan + shares.support {
      pupil.senProvision = .support
    }
    switch pupil.senProvision {
    case .ehcPlan, .support: pupil.senNeed = stream.pick(shares.needs)
    case .none, .unknown: break
    }
    if stream.below(1000) < shares.premium {
      pupil.premium = .yes
      pupil.freeSchoolMeals = stream.percent(88) ? .yes : .no
    }
    if plan.phase == .alternative {
      pupil.mainSchool = stream.pick([
        "Alderbrook High", "St Aldhelm's School", "Quayside Academy", "Harrow Down School",
      ])
    }
  }

  /// One pupil the pupil file lacks and one without a mark, both new to their class.
  private mutating func addPupilsOfDirtyRows() {
    guard let like = pupils.first(where: { $0.year == 9 || $0.year == 4 }) else { return }
    switch plan.style {
    case .weekStrings, .registerBook:
      for (offset, arrangement) in [SamplePupil.Arrangement.absentFromPupilFile, .withoutMarks].enumerated() {
        let group = ClassPlan(form: like.form, year: like.year, size: 1)
        var pupil = makePupil(pupils.count, in: group)
        pupil.admitted = offset == 0 ? SampleCalendar.firstDay : SampleCalendar.day(1, 5)
        pupil.arrangements = [arrangement]
        pupils.append(pupil)
      }
    case .sims, .wonde, .plain: break
    }
  }
}

/// How common needs are in a phase. Unit: pupils in a thousand.
///
/// Source: DfE, *Special educational needs in England* and *Schools, pupils and their characteristics*, 2024/25, rounded.
struct PhaseShares {
  let ehcPlan: Int
  let support: Int
  let premium: Int
  let needs: [String]

  static func of(_ phase: School.Phase) -> PhaseShares {
    switch phase {
    case .primary:
      PhaseShares(
        ehcPlan: 38, support: 150, premium: 250,
        needs: ["SLCN", "SLCN", "SEMH", "SPLD", "MLD", "ASD", "HI", "PD"])
    case .secondary:
      PhaseShares(
        ehcPlan: 36, support: 138, premium: 270,
        needs: ["SPLD", "SPLD", "SEMH", "SEMH", "MLD", "ASD", "VI", "NSA"])
    case .special:
      PhaseShares(
        ehcPlan: 960, support: 40, premium: 470, needs: ["ASD", "ASD", "SLD", "PMLD", "SEMH", "SLCN", "DS"])
    case .alternative:
      PhaseShares(
        ehcPlan: 230, support: 560, premium: 620, needs: ["SEMH", "SEMH", "SEMH", "ASD", "SPLD", "MLD"])
    }
  }
}
