import Registers

extension Pupil {
  /// Takes from another row about the same pupil what this one left out.
  mutating func fill(from other: Pupil) {
    for path in [\Pupil.upn, \.pupilID, \.admissionNumber, \.surname, \.forename]
    where self[keyPath: path].unredacted.isEmpty {
      self[keyPath: path] = other[keyPath: path]
    }
    for path in [\Pupil.registrationGroup, \.centre, \.commissioningSchool, \.senNeed, \.leavingReason]
    where self[keyPath: path].isEmpty {
      self[keyPath: path] = other[keyPath: path]
    }
    for path in [
      \Pupil.disadvantaged, \.freeSchoolMeals, \.lookedAfter, \.previouslyLookedAfter, \.inCareUnclear,
      \.childInNeed, \.childProtectionPlan, \.socialWorker, \.englishAdditional, \.gypsyRomaTraveller,
      \.serviceChild, \.youngCarer, \.noRecourseToPublicFunds,
    ] where self[keyPath: path] == .unknown {
      self[keyPath: path] = other[keyPath: path]
    }
    extraStatuses.merge(other.extraStatuses) { own, _ in own }
    datedStatuses += other.datedStatuses.filter { !datedStatuses.contains($0) }
    if dateOfBirth.unredacted == nil { dateOfBirth = other.dateOfBirth }
    if year == nil { year = other.year }
    if sex == .unknown { sex = other.sex }
    if senProvision == .unknown { senProvision = other.senProvision }
    if ethnicity == .unknown { ethnicity = other.ethnicity }
    if admitted == nil { admitted = other.admitted }
    if left == nil { left = other.left }
  }
}
