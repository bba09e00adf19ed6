/// A column of an export. Raw values are the names in a trust file's profile.
///
/// The synonyms are headers of real systems, reduced to letters and digits, the surest first.
package enum Column: String, CaseIterable, Hashable, Sendable {
  case upn, pupilID = "pupil_id", admissionNumber = "admission_number"
  case surname, forename, name
  case date, session, mark, subcode, codeID = "code_id", minutesLate = "minutes_late", comment
  case morning = "am", afternoon = "pm", morningMinutes = "am_minutes_late", afternoonMinutes =
    "pm_minutes_late"
  case weekStart = "week_start", weekMarks = "week_marks"
  case startDate = "attendance_start_date", datedMarks = "attendance_marks"
  case percentAttended = "percent_attended", sessionsPossible = "sessions_possible"
  case sessionsAttended = "sessions_attended", sessionsAuthorised = "sessions_authorised"
  case sessionsUnauthorised = "sessions_unauthorised"
  case year, form, centre, commissioningSchool = "commissioning_school", school
  case dateOfBirth = "date_of_birth", sex
  case senProvision = "sen", senNeed = "sen_need"
  case disadvantaged, freeSchoolMeals = "fsm"
  case lookedAfter = "looked_after", previouslyLookedAfter = "previously_looked_after"
  case inCareUnclear = "in_care_unclear"
  case childInNeed = "child_in_need", childProtectionPlan = "child_protection_plan"
  case socialWorker = "social_worker"
  case englishAdditional = "eal", ethnicity, serviceChild = "service_child", youngCarer = "young_carer"
  case noRecourse = "nrpf"
  case senFrom = "sen_from", senTo = "sen_to", disadvantagedFrom = "disadvantaged_from"
  case disadvantagedTo = "disadvantaged_to", freeSchoolMealsFrom = "fsm_from", freeSchoolMealsTo = "fsm_to"
  case lookedAfterFrom = "looked_after_from", lookedAfterTo = "looked_after_to"
  case admitted = "admission_date", left = "leaving_date", leavingReason = "leaving_reason"
  case enrolmentStatus = "enrolment_status"

  /// Headers that name the column, the surest first.
  var synonyms: [String] {
    switch self {
    case .upn: ["upn", "uniquepupilnumber"]
    case .pupilID:
      ["studentid", "personid", "pupilid", "misid", "gfsid", "learnerid", "arborstudentid", "upi", "id"]
    case .admissionNumber:
      ["admno", "adno", "admissionnumber", "admissionno", "learnercode", "studentnumber"]
    case .surname:
      ["surname", "lastname", "legalsurname", "legallastname", "preferredsurname", "familyname"]
    case .forename:
      ["forename", "firstname", "legalforename", "legalfirstname", "preferredforename", "givenname"]
    case .name: ["pupilname", "studentname", "fullname", "surnameforenamereg", "name", "student"]
    case .date:
      [
        "date", "attendancedate", "recorddate", "calendarstartdate", "markdate", "sessiondate",
        "daterecorded",
      ]
    case .session:
      [
        "session", "sessionname", "period", "rollcall", "ampm", "periodname", "perioddisplayname",
        "periodattendancecode",
      ]
    case .mark:
      [
        "mark", "attendancemark", "rawmark", "sessionmark", "code", "attendancecode", "statutorymark",
        "registrationmark", "attendancecodecode", "sessionmarkcode",
      ]
    case .subcode: ["subcode", "attendancesubcode", "marksubcode"]
    case .codeID: ["attendancecodeid", "sessionmarkid", "markid"]
    case .morning: ["am", "morning", "ammark", "morningmark", "markam", "amcode", "sessionam"]
    case .afternoon: ["pm", "afternoon", "pmmark", "afternoonmark", "markpm", "pmcode", "sessionpm"]
    case .morningMinutes:
      ["amminuteslate", "amminslate", "amlateminutes", "minuteslateam", "minslateam", "morningminuteslate"]
    case .afternoonMinutes:
      [
        "pmminuteslate", "pmminslate", "pmlateminutes", "minuteslatepm", "minslatepm",
        "afternoonminuteslate",
      ]
    case .weekStart:
      ["weekstart", "weekcommencing", "wc", "weekbeginning", "startdate", "weekstartdate", "weekstarting"]
    case .weekMarks: ["weekmarks", "marks", "weekstring", "markstring", "registermarks"]
    case .startDate: ["attendancestartdate"]
    case .datedMarks: ["attendancemarks"]
    case .percentAttended:
      [
        "att", "attendance", "percentageattendance", "percentattendance", "attendancepercentage",
        "attendancepercent", "attendedpercent", "percentageattended", "percentattended", "attpercent",
      ]
    case .sessionsPossible: ["sessionspossible", "possiblesessions", "possible", "attendancemeetings"]
    case .sessionsAttended:
      ["sessionsattended", "attendedsessions", "attended", "sessionspresent", "present"]
    case .sessionsAuthorised:
      [
        "sessionsauthorised", "authorisedabsence", "authorisedabsences", "authorised", "authabs",
        "sessionsauthorisedabsence",
      ]
    case .sessionsUnauthorised:
      [
        "sessionsunauthorised", "unauthorisedabsence", "unauthorisedabsences", "unauthorised", "unauthabs",
        "sessionsunauthorisedabsence",
      ]
    case .minutesLate:
      [
        "minslate", "minuteslate", "sessionminuteslate", "sessionlateminutes", "latemins", "lateminutes",
        "lateby",
      ]
    case .comment:
      [
        "comment", "comments", "attendancecomment", "recordnote", "sessionnotes", "notes", "reason",
      ]
    case .year:
      ["ncyearactual", "currentncyear", "ncyear", "yeargroup", "year", "yearcode", "yeartaughtin"]
    case .form:
      [
        "registrationgroup", "registrationform", "reggroup", "reg", "tutorgroup", "tutorgroupname", "form",
        "class", "regform",
      ]
    case .centre: ["centre", "site", "campus"]
    case .commissioningSchool:
      [
        "commissioningschool", "commissioningschoolname", "mainschool", "mainschoolname", "dualmainschool",
        "homeschool", "homeschoolname", "referringschool", "referringschoolname", "placingschool",
        "schooloforigin", "originschool",
      ]
    case .school:
      [
        "schoolurn", "urn", "applicationid", "laestab", "dfenumber", "school", "schoolname",
        "establishmentname",
      ]
    case .dateOfBirth: ["dateofbirth", "dob", "birthdate", "birthday"]
    case .sex: ["sex", "legalsex", "gender", "gendercode"]
    case .senProvision:
      [
        "senprovision", "senstatus", "senprovisiontypecode", "provisionname", "sencategory", "sen",
        "sendstatus",
        "sendprovision", "send", "sencode", "sendcode", "sentype", "senprovisiontype", "senstage",
      ]
    case .senNeed: ["senneed", "senneedtype", "primaryneed", "senprimaryneed"]
    case .disadvantaged:
      [
        "pupilpremium", "pp", "pupilpremiumindicator", "premiumpupilindicator", "premiumpupilflag",
        "pupilpremiumeligible", "pupilpremiumrecipient", "ispp", "disadvantaged", "ever6", "fsm6",
        "everfsm6flag", "freeschoolmeals6", "disadvantagedpp", "pupilpremiumstatus",
      ]
    case .freeSchoolMeals:
      [
        "fsm", "fsmeligible", "freeschoolmeals", "freemeal", "eligibleforfreemeals", "fsmcategory", "fsmtype",
        "fsmtier", "targetedfsm", "freeschoolmealseligible",
      ]
    case .lookedAfter:
      ["lac", "cla", "incare", "inleacare", "incareflag", "lookedafter", "childlookedafter"]
    case .previouslyLookedAfter:
      ["plac", "cpla", "everincare", "childpreviouslylookedafter", "previouslylookedafter", "postlac"]
    case .inCareUnclear: ["islookedafteroradoptedfromcare", "lookedafteroradoptedfromcare"]
    case .childInNeed: ["childinneed", "cin"]
    case .childProtectionPlan: ["childprotectionplan", "cpp"]
    case .socialWorker: ["socialworker", "hassocialworker"]
    case .englishAdditional: ["eal", "ealflag", "iseal", "englishasadditionallanguage"]
    case .ethnicity: ["ethnicity", "ethnicitycode", "ethniccode", "ethnicgroup"]
    case .serviceChild: ["servicechild", "servicechildindicator"]
    case .youngCarer: ["youngcarer", "youngcarerindicator"]
    case .noRecourse: ["nrpf", "norecoursetopublicfunds"]
    case .senFrom: ["senstartdate", "senstart", "senfrom", "senprovisionstartdate", "provisionstartdate"]
    case .senTo: ["senenddate", "senend", "sento", "senprovisionenddate", "provisionenddate"]
    case .disadvantagedFrom:
      ["ppstartdate", "ppstart", "ppfrom", "pupilpremiumstartdate", "pupilpremiumstart", "disadvantagedfrom"]
    case .disadvantagedTo:
      ["ppenddate", "ppend", "ppto", "pupilpremiumenddate", "pupilpremiumend", "disadvantagedto"]
    case .freeSchoolMealsFrom: ["fsmstartdate", "fsmstart", "fsmfrom", "freeschoolmealsstartdate"]
    case .freeSchoolMealsTo: ["fsmenddate", "fsmend", "fsmto", "freeschoolmealsenddate"]
    case .lookedAfterFrom:
      ["incarestartdate", "carestartdate", "lacstartdate", "lacstart", "clastartdate", "lookedafterfrom"]
    case .lookedAfterTo:
      ["incareenddate", "careenddate", "lacenddate", "lacend", "claenddate", "lookedafterto"]
    case .admitted: ["admissiondate", "dateofadmission", "doa", "entrydate", "dateofentry"]
    case .left: ["leavingdate", "dateofleaving", "dol", "actualleavingdate"]
    case .leavingReason: ["leavingreason", "unenrolmentreason", "destination"]
    case .enrolmentStatus: ["enrolmentstatus", "enrollmentstatus", "enrolmentstatuscode", "enrolstatus"]
    }
  }
}

extension Column {
  /// The column's name in the form of a header.
  var label: String {
    if self == .upn { return "UPN" }
    let words = rawValue.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// The columns of yes and no in which a blank may mean no.
  package static let blankable: [Column] = [
    .disadvantaged, .freeSchoolMeals, .lookedAfter, .previouslyLookedAfter, .childInNeed,
    .childProtectionPlan, .socialWorker, .englishAdditional, .serviceChild, .youngCarer, .noRecourse,
    .senProvision,
  ]

  /// A Boolean value that indicates whether a header may have words or signs beside the column's name.
  var mayHaveAdditions: Bool {
    home == .pupilDetails && !isDate
      && ![.leavingReason, .commissioningSchool, .enrolmentStatus].contains(self)
      || [.year, .form, .sex, .upn].contains(self)
  }

  /// Words that show that a header is about a status of pupils.
  static let statusWords = [
    "sen", "send", "ehcp", "ehc", "premium", "pp", "disadvantaged", "fsm", "meals", "ever6", "lac", "cla",
    "care", "plac", "eal", "ethnicity", "ethnic", "carer", "cin", "cpp", "service",
  ]

  var isDate: Bool { Column.dates.contains(self) }

  private static let dates: Set<Column> = [
    .date, .dateOfBirth, .admitted, .left, .senFrom, .senTo, .disadvantagedFrom, .disadvantagedTo,
    .freeSchoolMealsFrom, .freeSchoolMealsTo, .lookedAfterFrom, .lookedAfterTo,
  ]

  /// The kind of file that must have the column if the trust file's profile names its header, or `nil` if
  /// either kind may have it, such as an identifier.
  var home: ExportFile.Content? {
    switch self {
    case .date, .session, .mark, .subcode, .codeID, .minutesLate, .comment, .morning, .afternoon,
      .morningMinutes,
      .afternoonMinutes, .weekStart, .weekMarks, .startDate, .datedMarks, .percentAttended, .sessionsPossible,
      .sessionsAttended, .sessionsAuthorised, .sessionsUnauthorised:
      .register
    case .upn, .pupilID, .admissionNumber, .surname, .forename, .name, .year, .form, .centre, .school, .sex:
      nil
    case .commissioningSchool, .dateOfBirth, .senProvision, .senNeed, .disadvantaged, .freeSchoolMeals,
      .lookedAfter, .previouslyLookedAfter, .inCareUnclear, .childInNeed, .childProtectionPlan, .socialWorker,
      .englishAdditional, .ethnicity, .serviceChild, .youngCarer, .noRecourse, .senFrom, .senTo,
      .disadvantagedFrom,
      .disadvantagedTo, .freeSchoolMealsFrom, .freeSchoolMealsTo, .lookedAfterFrom, .lookedAfterTo, .admitted,
      .left,
      .leavingReason, .enrolmentStatus:
      .pupilDetails
    }
  }
}
