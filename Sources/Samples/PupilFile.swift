import Registers

/// The pupil details of a school, in the columns of the system it imitates.
struct PupilFile {
  private let style: ExportStyle
  private let words: PupilWords

  init(_ style: ExportStyle) {
    self.style = style
    words = style.pupilWords
  }

  /// The pupils who stand in the file.
  func pupils(of roll: [SamplePupil]) -> [SamplePupil] {
    roll.filter { !$0.arrangements.contains(.absentFromPupilFile) }
  }

  func bytes(of roll: [SamplePupil]) -> [UInt8] {
    let columns = identity + statuses + enrolment
    var bytes: [UInt8] = []
    bytes.append(row: columns.map(\.name), end: style.lineEnd)
    for pupil in pupils(of: roll) { bytes.append(row: columns.map { $0.field(pupil) }, end: style.lineEnd) }
    return style.encoding.bytes(bytes)
  }

  /// Column names in the order SIMS, generic, Arbor, Go4Schools.
  private func named(_ sims: String, _ generic: String, _ arbor: String, _ go4schools: String) -> String {
    switch style {
    case .sims: sims
    case .lean, .plain: generic
    case .arbor: arbor
    case .go4schools: go4schools
    }
  }

  private var identity: [PupilColumn] {
    let words = words
    let style = style
    let upn = PupilColumn(named("UPN", "UPN", "UPN", "UPN"), \.upn)
    let admission = PupilColumn(
      named("Adm No", "Admission Number", "ADMISSION_NUMBER", "Adm.No"), \.admissionText)
    let systemID = PupilColumn(named("MIS ID", "Pupil ID", "ARBOR_STUDENT_ID", "GFSID")) {
      String($0.systemID)
    }
    let rest = [
      PupilColumn(named("Legal Surname", "Surname", "LEGAL_LAST_NAME", "Surname"), \.name.surname),
      PupilColumn(named("Legal Forename", "Forename", "LEGAL_FIRST_NAME", "Forename"), \.name.forename),
      PupilColumn(named("DOB", "Date of Birth", "DATE_OF_BIRTH", "DOB")) { words.text($0.dateOfBirth) },
      PupilColumn(named("Year", "Year Group", "YEAR_GROUP", "Year.Group")) { style.year($0.year) },
      PupilColumn(named("Reg", "Tutor Group", "REGISTRATION_FORM", "Reg"), \.form),
      PupilColumn(named("Gender", "Sex", "GENDER_CODE", "Gender")) { words.text($0.sex) },
    ]
    switch style {
    case .sims: return [admission, upn] + rest
    case .lean, .plain: return [upn, admission] + rest
    case .arbor: return [systemID, admission, upn] + rest
    case .go4schools:
      let centre = PupilColumn("Centre") { words.text($0.centre) }
      return [upn, systemID] + rest + [centre, PupilColumn("Main.School") { words.text($0.mainSchool) }]
    }
  }

  private var statuses: [PupilColumn] {
    let words = words
    return [
      PupilColumn(named("SEN Status", "SEN", "SEN_PROVISION_TYPE_CODE", "SEN.Status")) {
        words.text($0.senProvision)
      },
      PupilColumn(named("SEN Need", "Primary Need", "SEN_NEED_TYPE", "SEN.Need")) { words.text($0.senNeed) },
      PupilColumn(named("Pupil Premium Indicator", "PP", "IS_PP", "Pupil.Premium")) {
        words.text($0.premium)
      },
      PupilColumn(named("FSM Eligible", "FSM", "FREE_SCHOOL_MEALS", "FSM")) {
        words.text($0.freeSchoolMeals)
      },
      PupilColumn(named("In Care", "LAC", "IN_CARE_FLAG", "CLA")) { words.text($0.lookedAfter) },
      previouslyLookedAfter,
      PupilColumn(named("EAL", "EAL", "IS_EAL", "EAL")) { words.text($0.englishAdditional) },
      PupilColumn(named("Ethnicity Code", "Ethnicity", "ETHNICITY_CODE", "Ethnicity")) {
        words.text($0.ethnicity)
      },
      PupilColumn(named("Service Child", "Service Child", "SERVICE_CHILD", "Service.Child")) {
        words.text($0.serviceChild)
      },
      PupilColumn(named("Young Carer", "Young Carer", "YOUNG_CARER", "Young.Carer")) {
        words.text($0.youngCarer)
      },
      PupilColumn(named("Child Protection Plan", "CPP", "CHILD_PROTECTION_PLAN", "CPP")) {
        words.text($0.childProtection)
      },
      PupilColumn(named("Child in Need", "CIN", "CHILD_IN_NEED", "CIN")) { words.text($0.childInNeed) },
    ]
  }

  /// SIMS holds the letter of the arrangement, the others only whether there is one.
  private var previouslyLookedAfter: PupilColumn {
    let words = words
    switch style {
    case .sims: return PupilColumn("Post LAC", \.previouslyLookedAfter)
    case .lean, .arbor, .go4schools, .plain:
      return PupilColumn(named("", "PLAC", "EVER_IN_CARE", "PLAC")) {
        words.text($0.previouslyLookedAfter != "N")
      }
    }
  }

  private var enrolment: [PupilColumn] {
    let words = words
    let firstEnrolment = PupilColumn("Enrolment.Status") {
      $0.arrangements.contains(.dualRegistration) ? "S" : "C"
    }
    let columns = [
      PupilColumn(named("Date of Admission", "Admission Date", "ENTRY_DATE", "Admission.Date")) {
        words.text($0.admitted)
      },
      PupilColumn(named("Date of Leaving", "Leaving Date", "ACTUAL_LEAVING_DATE", "Date.of.Leaving")) {
        words.text($0.left)
      },
      PupilColumn(named("Leaving Reason", "Leaving Reason", "UNENROLMENT_REASON", "Leaving.Reason")) {
        words.text($0.leavingReason)
      },
    ]
    switch style {
    case .go4schools: return [firstEnrolment] + columns
    case .sims, .lean, .arbor, .plain: return columns
    }
  }
}
