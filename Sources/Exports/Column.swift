/// What a column of an export can hold. Raw values are the names a trust file's profile uses.
///
/// The synonyms are headers as systems write them, reduced to letters and digits, the surest first.
public enum Column: String, CaseIterable, Hashable, Sendable {
  case upn, pupilID = "pupil_id", admissionNumber = "admission_number"
  case surname, forename, name
  case date, session, mark, minutesLate = "minutes_late", comment
  case year, form, centre, school
  case dateOfBirth = "date_of_birth", sex
  case senProvision = "sen", senNeed = "sen_need"
  case disadvantaged, freeSchoolMeals = "fsm"
  case lookedAfter = "looked_after", previouslyLookedAfter = "previously_looked_after"
  case inCareUnclear = "in_care_unclear"
  case childInNeed = "child_in_need", childProtectionPlan = "child_protection_plan"
  case socialWorker = "social_worker"
  case englishAdditional = "eal", ethnicity, serviceChild = "service_child", youngCarer = "young_carer"
  case noRecourse = "nrpf"
  case admitted = "admission_date", left = "leaving_date", leavingReason = "leaving_reason"

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
    case .date: ["date", "attendancedate", "recorddate", "calendarstartdate", "markdate", "sessiondate"]
    case .session:
      ["session", "sessionname", "period", "rollcall", "ampm", "periodname", "perioddisplayname"]
    case .mark:
      [
        "mark", "attendancemark", "rawmark", "sessionmark", "code", "attendancecode", "statutorymark",
        "registrationmark",
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
        "class",
      ]
    case .centre: ["centre", "site", "campus"]
    case .school:
      [
        "schoolurn", "urn", "applicationid", "laestab", "dfenumber", "school", "schoolname",
        "establishmentname",
      ]
    case .dateOfBirth: ["dateofbirth", "dob", "birthdate", "birthday"]
    case .sex: ["sex", "legalsex", "gender", "gendercode"]
    case .senProvision:
      ["senprovision", "senstatus", "senprovisiontypecode", "provisionname", "sencategory", "sen"]
    case .senNeed: ["senneed", "senneedtype", "primaryneed", "senprimaryneed"]
    case .disadvantaged:
      [
        "pupilpremium", "pp", "pupilpremiumindicator", "premiumpupilindicator", "premiumpupilflag",
        "pupilpremiumeligible", "pupilpremiumrecipient", "ispp", "disadvantaged", "ever6", "fsm6",
        "everfsm6flag", "freeschoolmeals6",
      ]
    case .freeSchoolMeals: ["fsm", "fsmeligible", "freeschoolmeals", "freemeal", "eligibleforfreemeals"]
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
    case .admitted: ["admissiondate", "dateofadmission", "doa", "entrydate", "dateofentry"]
    case .left: ["leavingdate", "dateofleaving", "dol", "actualleavingdate"]
    case .leavingReason: ["leavingreason", "unenrolmentreason", "destination"]
    }
  }
}

extension Column {
  var isDate: Bool { [.date, .dateOfBirth, .admitted, .left].contains(self) }

  /// The file of a school that must have the column when the trust file's profile names its header.
  ///
  /// Missing: nil for what stands in either file, such as an identifier.
  var home: ExportFile.Content? {
    switch self {
    case .date, .session, .mark, .minutesLate, .comment: .register
    case .upn, .pupilID, .admissionNumber, .surname, .forename, .name, .year, .form, .centre, .school, .sex:
      nil
    case .dateOfBirth, .senProvision, .senNeed, .disadvantaged, .freeSchoolMeals, .lookedAfter,
      .previouslyLookedAfter, .inCareUnclear, .childInNeed, .childProtectionPlan, .socialWorker,
      .englishAdditional, .ethnicity, .serviceChild, .youngCarer, .noRecourse, .admitted, .left,
      .leavingReason:
      .pupilDetails
    }
  }
}
