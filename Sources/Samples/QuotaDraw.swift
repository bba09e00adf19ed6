import Registers

/// The drawing of the pupils who carry a status or an arrangement of which a school has a set number.
struct QuotaDraw {
  private let plan: SchoolPlan
  private var stream: SplitMix64

  init(plan: SchoolPlan, seed: UInt64) {
    self.plan = plan
    self.stream = SplitMix64(seed: seed, plan.number, -1, 2)
  }

  mutating func apply(to pupils: inout [SamplePupil]) {
    let quotas = plan.quotas
    setStatuses(quotas, of: &pupils)
    setUnknowns(quotas, of: &pupils)
    setMoves(quotas, of: &pupils)
    let compulsory = { (pupil: SamplePupil) in 1...11 ~= pupil.year }
    draw(quotas.partTime, of: &pupils, where: compulsory) { $0.arrangements.insert(.partTimeTimetable) }
    draw(quotas.suspended, of: &pupils, where: { $0.year >= 3 && $0.risk > 100 && $0.year <= 11 }) {
      $0.arrangements.insert(.suspensions)
    }
    draw(quotas.tuition, of: &pupils, where: compulsory) { $0.arrangements.insert(.tuition) }
    draw(quotas.college, of: &pupils, where: { 10...11 ~= $0.year }) { $0.arrangements.insert(.college) }
    draw(quotas.dualRegistered, of: &pupils, where: { !$0.arrangements.contains(.tuition) }) {
      $0.arrangements.insert(.dualRegistration)
    }
    draw(quotas.squad, of: &pupils, where: { $0.year >= 4 }) { $0.arrangements.insert(.squad) }
    draw(quotas.withoutAccess, of: &pupils) { $0.arrangements.insert(.accessBarrier) }
    draw(quotas.performers, of: &pupils, where: compulsory) { $0.arrangements.insert(.performer) }
  }

  private mutating func setStatuses(_ quotas: PupilQuotas, of pupils: inout [SamplePupil]) {
    draw(quotas.lookedAfter, of: &pupils, where: { $0.year >= 0 }) {
      $0.lookedAfter = .yes
      $0.premium = .yes
    }
    let arrangements = ["A", "A", "G", "G", "C", "R"]
    for position in 0..<quotas.previouslyLookedAfter {
      draw(
        1, of: &pupils, where: { $0.lookedAfter != .yes && $0.previouslyLookedAfter == "N" && $0.year >= 0 }
      ) {
        $0.previouslyLookedAfter = arrangements[position % arrangements.count]
        $0.premium = .yes
      }
    }
    draw(quotas.childProtection, of: &pupils, where: { $0.lookedAfter != .yes }) { $0.childProtection = true }
    draw(quotas.childInNeed, of: &pupils, where: { !$0.childProtection }) { $0.childInNeed = true }
    draw(quotas.serviceChildren, of: &pupils) { $0.serviceChild = true }
    draw(quotas.youngCarers, of: &pupils, where: { $0.year >= 3 }) { $0.youngCarer = true }
  }

  private mutating func setUnknowns(_ quotas: PupilQuotas, of pupils: inout [SamplePupil]) {
    draw(quotas.unknownEthnicity, of: &pupils) { $0.ethnicity = "" }
    draw(quotas.unknownPremium, of: &pupils, where: { $0.premium == .no }) {
      $0.premium = .unknown
      $0.freeSchoolMeals = .unknown
    }
    draw(quotas.unknownSEN, of: &pupils, where: { $0.senProvision == .none }) { $0.senProvision = .unknown }
    let authority = plan.localAuthority.code
    let establishment = plan.establishment
    draw(quotas.temporaryUPNs, of: &pupils) {
      $0.upn =
        UniquePupilNumber(
          localAuthority: authority, establishment: establishment + 15, year: 25, serial: $0.number,
          isTemporary: true
        ).text
    }
  }

  private mutating func setMoves(_ quotas: PupilQuotas, of pupils: inout [SamplePupil]) {
    let days = plan.calendar.days
    guard days.count > 20 else { return }
    let stays = { (pupil: SamplePupil) in pupil.left == nil && pupil.admitted <= SampleCalendar.firstDay }
    for position in 0..<quotas.joiners {
      let admitted = days[10 + stream.below(days.count - 20)]
      draw(1, of: &pupils, where: stays) {
        $0.admitted = admitted
        if position % 2 == 0 { $0.arrangements.insert(.marksBeforeAdmission) }
      }
    }
    let reasons = [
      "Moved to another school", "Moved out of the area", "Elective home education", "Moved abroad",
      "Moved to another school", "Transferred to a special school",
    ]
    for position in 0..<quotas.leavers {
      let left = days[10 + stream.below(days.count - 20)]
      draw(1, of: &pupils, where: stays) {
        $0.left = left
        $0.leavingReason = reasons[position % reasons.count]
      }
    }
    guard plan.calendar.until >= SampleCalendar.schoolLeavingDay else { return }
    for index in pupils.indices where pupils[index].year == 11 && pupils[index].left == nil {
      pupils[index].left = SampleCalendar.schoolLeavingDay
      pupils[index].leavingReason = "End of Key Stage 4"
    }
  }

  /// Changes as many pupils as asked for among those that fit, or all that fit when they are fewer.
  private mutating func draw(
    _ count: Int, of pupils: inout [SamplePupil], where fits: (SamplePupil) -> Bool = { _ in true },
    _ change: (inout SamplePupil) -> Void
  ) {
    guard count > 0 else { return }
    var candidates = pupils.indices.filter { fits(pupils[$0]) }
    for _ in 0..<min(count, candidates.count) {
      change(&pupils[candidates.remove(at: stream.below(candidates.count))])
    }
  }
}
