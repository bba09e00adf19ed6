import Registers

/// A made-up pupil, with every detail that an export contains.
struct SamplePupil: Sendable {
  /// The number that selects the pupil's random sequences, unique in the school.
  let number: Int
  let origin: NameOrigin
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
  /// The DfE code of the primary need. Empty if the pupil has no SEN.
  var primaryNeed = ""
  var pupilPremium = Status.no
  var freeSchoolMeals = Status.no
  var lookedAfter = Status.no
  /// The census letter of the arrangement by which the pupil left care, or `N` if none is declared.
  var previouslyLookedAfter = "N"
  var hasChildProtectionPlan = false
  var isChildInNeed = false
  var isServiceChild = false
  var isYoungCarer = false
  var hasEnglishAsAdditionalLanguage = false
  /// The DfE code of the ethnicity. Empty if unknown.
  var ethnicity: String
  var admissionDate: Day
  /// The last day on roll, or `nil` if the pupil is still on roll.
  var leavingDate: Day?
  var leavingReason = ""
  /// The school that placed the pupil in alternative provision. Empty at other schools.
  var mainSchool = ""
  var arrangements: Set<Arrangement> = []

  /// An attribute of a pupil that changes the generated marks or the exports.
  enum Arrangement: Sendable {
    case partTimeTimetable, suspensions, tuition, college, dualRegistration, sportsTeam, accessBarrier,
      performer
    /// The export contains `Z` marks for the week before the admission date.
    case marksBeforeAdmission
    /// A seeded error: the register contains the pupil, but the pupil file does not.
    case missingFromPupilFile
    /// A seeded error: the pupil file contains the pupil, but the register has no marks.
    case withoutMarks
  }

  func isOnRoll(on day: Day) -> Bool { admissionDate <= day && day <= leavingDate ?? day }

  /// The pupil's tendency to be absent, as a percentage of the average pupil's.
  var absenceRisk: Int {
    var risk = 70
    switch senProvision {
    case .ehcPlan: risk += 90
    case .support: risk += 60
    case .none, .unknown: break
    }
    if pupilPremium == .yes { risk += 85 }
    if lookedAfter == .yes { risk += 90 }
    if isChildInNeed || hasChildProtectionPlan { risk += 120 }
    if isYoungCarer { risk += 30 }
    if origin == .traveller { risk += 250 }
    // Attendance falls through the secondary years.
    if year >= 7 { risk += min(year - 8, 3) * 14 }
    return risk
  }

  /// The admission number with its leading zeros, which spreadsheets remove.
  var formattedAdmissionNumber: String {
    var bytes: [UInt8] = []
    bytes.append(decimal: admissionNumber, width: 6)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A made-up unique pupil number (UPN): 13 characters with a valid check letter.
///
/// The format is that of DfE, *Unique pupil numbers: a guide for schools and local authorities*.
struct SampleUPN: Sendable {
  let text: String

  private static let alphabet = Array("ABCDEFGHJKLMNPQRTUVWXYZ".utf8)

  /// Creates the number that a school allocates to a pupil.
  ///
  /// - Parameters:
  ///   - year: The calendar year in which the school allocates the number. Only its last two digits matter.
  ///   - isTemporary: `true` for a temporary number, which ends in a letter.
  init(localAuthority: Int, establishment: Int, year: Int, serial: Int, isTemporary: Bool = false) {
    var body: [UInt8] = []
    body.append(decimal: localAuthority, width: 3)
    body.append(decimal: establishment, width: 4)
    body.append(decimal: year % 100, width: 2)
    if isTemporary {
      body.append(decimal: serial / 23 % 100, width: 2)
      body.append(SampleUPN.alphabet[serial % 23])
    } else {
      body.append(decimal: serial % 1000, width: 3)
    }
    text = String(decoding: [SampleUPN.checkLetter(of: body)] + body, as: UTF8.self)
  }

  /// Returns the check letter: the sum of the values times their positions in the UPN, modulo 23.
  private static func checkLetter(of body: [UInt8]) -> UInt8 {
    var sum = 0
    for (offset, byte) in body.enumerated() {
      let value = alphabet.firstIndex(of: byte) ?? Int(byte &- UInt8(ascii: "0"))
      // The check letter has position 1, so the first of the other characters has position 2.
      sum += (offset + 2) * value
    }
    return alphabet[sum % 23]
  }
}
