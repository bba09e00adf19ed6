import Registers

/// The columns of a system's pupil file, in its order and under its names.
struct PupilColumns {
  private let style: ExportStyle

  init(_ style: ExportStyle) { self.style = style }

  var all: [PupilColumn] { identity + statuses + enrolment }

  private func named(
    _ sims: String, generic: String, book: String, wonde: String,
    _ value: @escaping (SamplePupil) -> PupilValue
  ) -> PupilColumn {
    switch style {
    case .sims: PupilColumn(sims, value)
    case .weekStrings, .plain: PupilColumn(generic, value)
    case .registerBook: PupilColumn(book, value)
    case .wonde: PupilColumn(wonde, value)
    }
  }

  private var identity: [PupilColumn] {
    let style = style
    let upn = named("UPN", generic: "UPN", book: "UPN", wonde: "upn") { .text($0.upn) }
    let admission = named(
      "Adm No", generic: "Admission Number", book: "Admission Number", wonde: "admission_number"
    ) { .text($0.admissionText) }
    let systemID = named("MIS ID", generic: "Pupil ID", book: "Student ID", wonde: "student_id") {
      .text(style.systemID($0))
    }
    switch style {
    case .sims: return [admission, upn] + person
    case .weekStrings, .plain: return [upn, admission] + person
    case .registerBook: return [systemID, admission, upn] + person
    case .wonde:
      return [systemID, upn] + person + [
        PupilColumn("centre") { .text($0.centre) }, PupilColumn("main_school") { .text($0.mainSchool) },
      ]
    }
  }

  private var person: [PupilColumn] {
    let style = style
    return [
      named("Legal Surname", generic: "Surname", book: "Legal Last Name", wonde: "legal_surname") {
        .text($0.name.surname)
      },
      named("Legal Forename", generic: "Forename", book: "Legal First Name", wonde: "legal_forename") {
        .text($0.name.forename)
      },
      named("DOB", generic: "Date of Birth", book: "Date of Birth", wonde: "date_of_birth") {
        .day($0.dateOfBirth)
      },
      named("Year", generic: "Year Group", book: "Year Group", wonde: "year_group") {
        .text(style.year($0.year))
      },
      named("Reg", generic: "Tutor Group", book: "Registration Form", wonde: "registration_group") {
        .text($0.form)
      },
      named("Gender", generic: "Sex", book: "Gender", wonde: "gender") { .sex($0.sex) },
    ]
  }

  private var statuses: [PupilColumn] {
    let needs = [
      named("SEN Status", generic: "SEN", book: "SEN Provision", wonde: "sen_status") {
        .provision($0.senProvision)
      },
      named("SEN Need", generic: "Primary Need", book: "SEN Need Type", wonde: "sen_need") {
        .text($0.senNeed)
      },
      named("Pupil Premium Indicator", generic: "PP", book: "Pupil Premium", wonde: "pupil_premium") {
        .status($0.premium)
      },
      named("FSM Eligible", generic: "FSM", book: "Free School Meals", wonde: "fsm_eligible") {
        .status($0.freeSchoolMeals)
      },
      named("In Care", generic: "LAC", book: "In Care", wonde: "in_care") { .status($0.lookedAfter) },
      previouslyLookedAfter,
      named("EAL", generic: "EAL", book: "EAL", wonde: "eal") { .holds($0.englishAdditional) },
      named("Ethnicity Code", generic: "Ethnicity", book: "Ethnicity Code", wonde: "ethnicity_code") {
        .text($0.ethnicity)
      },
    ]
    return needs + [
      named("Service Child", generic: "Service Child", book: "Service Child", wonde: "service_child") {
        .holds($0.serviceChild)
      },
      named("Young Carer", generic: "Young Carer", book: "Young Carer", wonde: "young_carer") {
        .holds($0.youngCarer)
      },
      named(
        "Child Protection Plan", generic: "CPP", book: "Child Protection Plan", wonde: "child_protection_plan"
      ) { .holds($0.childProtection) },
      named("Child in Need", generic: "CIN", book: "Child in Need", wonde: "child_in_need") {
        .holds($0.childInNeed)
      },
    ]
  }

  /// SIMS holds the letter of the arrangement, the others only whether there is one.
  private var previouslyLookedAfter: PupilColumn {
    let isLetter = style == .sims
    return named("Post LAC", generic: "PLAC", book: "Ever In Care", wonde: "ever_in_care") {
      isLetter ? .text($0.previouslyLookedAfter) : .holds($0.previouslyLookedAfter != "N")
    }
  }

  private var enrolment: [PupilColumn] {
    let dates = [
      named("Date of Admission", generic: "Admission Date", book: "Entry Date", wonde: "admission_date") {
        .day($0.admitted)
      },
      named("Date of Leaving", generic: "Leaving Date", book: "Actual Leaving Date", wonde: "leaving_date") {
        .day($0.left)
      },
      named("Leaving Reason", generic: "Leaving Reason", book: "Leaving Reason", wonde: "leaving_reason") {
        .text($0.leavingReason)
      },
    ]
    guard style == .wonde else { return dates }
    let status = PupilColumn("enrolment_status") {
      .text($0.arrangements.contains(.dualRegistration) ? "S" : "C")
    }
    return [status] + dates
  }
}
