import Registers

/// The pupil who moves from the secondary school to the alternative provision in the middle of November.
///
/// The same UPN stands at both schools. The pupil comes from a stream of its own, so that neither school's numbers
/// hang on the other's.
struct Mover {
  private let name: PupilName
  private let sex: Sex
  private let dateOfBirth: Day
  private let upn: String

  private static let lastDayAtSecondary = SampleCalendar.day(11, 14)

  init(seed: UInt64) {
    var stream = SplitMix64(seed: seed, -2, 0, 0)
    sex = stream.percent(60) ? .male : .female
    name = PupilName(of: .british, sex: sex, from: &stream)
    dateOfBirth = (Day(year: 2011, month: 9, day: 1) ?? SampleCalendar.firstDay) + stream.below(365)
    upn =
      UniquePupilNumber(localAuthority: 852, establishment: 9100, year: 16, serial: stream.within(1...999))
      .text
  }

  /// The pupil as one of the two schools has them. Missing: nil at any other school.
  func pupil(at plan: SchoolPlan, number: Int) -> SamplePupil? {
    var pupil = SamplePupil(
      number: number, origin: .british, name: name, upn: upn, systemID: plan.number * 100_000 + 77_000,
      admissionNumber: 3900 + plan.number, dateOfBirth: dateOfBirth, year: 9, form: "", sex: sex,
      ethnicity: "WBRI", admitted: SampleCalendar.firstDay - 2 * 364)
    pupil.senProvision = .support
    pupil.senNeed = "SEMH"
    pupil.premium = .yes
    pupil.freeSchoolMeals = .yes
    switch plan.phase {
    case .secondary:
      pupil.form = "9B"
      pupil.left = Mover.lastDayAtSecondary
      pupil.leavingReason = "Transferred to alternative provision"
      pupil.arrangements = [.suspensions]
    case .alternative:
      pupil.form = "H1"
      pupil.centre = "Harbour Street"
      pupil.mainSchool = "Alder Reach Academy"
      pupil.admitted = Mover.lastDayAtSecondary + 3
    case .primary, .special: return nil
    }
    return pupil
  }
}
