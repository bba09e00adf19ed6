import Registers

/// A made-up pupil, with all that the exports say of one.
struct SamplePupil: Sendable {
  /// The key of the pupil's random numbers.
  let number: Int
  let origin: Origin
  var name: PupilName
  var upn: String
  var systemID: Int
  var admissionNumber: Int
  var dateOfBirth: Day
  var year: Int
  var form: String
  var centre = ""
  var sex: Sex
  var senProvision = SENProvision.none
  /// DfE's code of the primary need. Missing: empty.
  var senNeed = ""
  var premium = Status.no
  var freeSchoolMeals = Status.no
  var lookedAfter = Status.no
  /// The letter of the post-looked-after arrangement. Missing: `N`, none declared.
  var previouslyLookedAfter = "N"
  var childProtection = false
  var childInNeed = false
  var serviceChild = false
  var youngCarer = false
  var englishAdditional = false
  var ethnicity: String
  var admitted: Day
  var left: Day?
  var leavingReason = ""
  /// The school a pupil of an alternative provision came from. Missing: empty.
  var mainSchool = ""
  var arrangements: Set<Arrangement> = []

  /// Something settled for a pupil that shapes the marks.
  enum Arrangement: Sendable {
    case partTimeTimetable, suspensions, tuition, college, dualRegistration, squad, accessBarrier, performer
    /// The export holds `Z` marks from before the admission date.
    case marksBeforeAdmission
    /// Dirty on purpose: the pupil stands in the register and not in the pupil file.
    case absentFromPupilFile
    /// Dirty on purpose: the pupil stands in the pupil file and has no mark.
    case withoutMarks
  }

  func isOnRoll(on day: Day) -> Bool {
    if let left, day > left { return false }
    return admitted <= day
  }

  /// How much more than others such a pupil tends to be absent. Unit: per cent.
  var risk: Int {
    var risk = 70
    switch senProvision {
    case .ehcPlan: risk += 90
    case .support: risk += 60
    case .none, .unknown: break
    }
    if premium == .yes { risk += 85 }
    if lookedAfter == .yes { risk += 90 }
    if childInNeed || childProtection { risk += 120 }
    if youngCarer { risk += 30 }
    if origin == .traveller { risk += 250 }
    // Attendance falls through the secondary years.
    if year >= 7 { risk += min(year - 8, 3) * 14 }
    return risk
  }
}
