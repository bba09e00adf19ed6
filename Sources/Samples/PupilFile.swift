import Registers

/// The pupil details of a school in the format of its management information system.
struct PupilFile {
  private let plan: SchoolPlan
  private let columns: [PupilColumn]

  init(_ plan: SchoolPlan) {
    self.plan = plan
    columns = PupilColumns(plan.style).all
  }

  func file(of roster: [SamplePupil]) -> ExportedFile {
    let pupils = roster.filter { !$0.arrangements.contains(.missingFromPupilFile) }
    // A JSON file has no header row.
    let firstRow = plan.style == .wonde ? 1 : 2
    let errors = pupils.enumerated().filter { $0.element.arrangements.contains(.withoutMarks) }
      .map { SeededError(row: $0.offset + firstRow, kind: .pupilWithoutMarks) }
    return ExportedFile(name: plan.style.pupilFileName, content: content(of: pupils), errors: errors)
  }

  private func content(of pupils: [SamplePupil]) -> ExportedFile.Content {
    switch plan.style {
    case .sims, .weekStrings, .plain: .text(csv(of: pupils))
    case .registerWorkbook: .workbook(workbook(of: pupils))
    case .wonde:
      .text(
        JSONText.file(
          of: pupils.map { pupil in
            JSONText.object(columns.map { ($0.title, JSONText($0.value(pupil))) })
          }))
    }
  }

  private func csv(of pupils: [SamplePupil]) -> [UInt8] {
    let format = plan.style.pupilValueFormat
    var bytes: [UInt8] = []
    bytes.append(row: columns.map(\.title), end: plan.style.lineEnd)
    for pupil in pupils {
      bytes.append(row: columns.map { format.formatted($0.value(pupil)) }, end: plan.style.lineEnd)
    }
    return plan.style.encoding.encoded(bytes)
  }

  /// Returns a workbook with one sheet, whose first row is the header and whose dates are date cells.
  private func workbook(of pupils: [SamplePupil]) -> SampleWorkbook {
    var sheet = SampleSheet(name: "Students")
    let format = plan.style.pupilValueFormat
    for (index, column) in columns.enumerated() {
      sheet.write(.text(column.title), 0, index, .columnTitle)
      var width = column.title.count
      for (row, pupil) in pupils.enumerated() {
        let value = column.value(pupil)
        let text = format.formatted(value)
        width = max(width, text.count)
        if case .day(let day?) = value {
          sheet.write(.day(day), row + 1, index, .date)
        } else if index == 0, let number = Int(text) {
          // Only the system's identifier is a number. Admission numbers are text because of their leading zeros.
          sheet.write(.number(Double(number)), row + 1, index)
        } else {
          sheet.write(.text(text), row + 1, index)
        }
      }
      sheet.setWidth(Double(width) + 2, of: index...index)
    }
    sheet.frozenCell = (row: 1, column: 0)
    return SampleWorkbook(sheets: [sheet], creationDate: plan.calendar.until)
  }
}

/// A value in a pupil file, before it is formatted for a management information system.
enum PupilValue {
  /// A text, which is empty if unknown.
  case text(String)
  case day(Day?)
  case status(Status)

  static func flag(_ isSet: Bool) -> PupilValue { .status(isSet ? .yes : .no) }

  /// Returns the letter of the provision in the school census.
  static func provision(_ provision: SENProvision) -> PupilValue {
    switch provision {
    case .ehcPlan: .text("E")
    case .support: .text("K")
    case .none: .text("N")
    case .unknown: .text("")
    }
  }

  static func sex(_ sex: Sex) -> PupilValue {
    switch sex {
    case .female: .text("F")
    case .male: .text("M")
    case .unknown: .text("U")
    }
  }
}

/// The text format of the values in a pupil file.
struct PupilValueFormat: Sendable {
  let yes: String
  let no: String
  let dates: DateStyle

  func formatted(_ value: PupilValue) -> String {
    switch value {
    case .text(let text): text
    case .day(let day): day.map(dates.formatted) ?? ""
    case .status(.yes): yes
    case .status(.no): no
    case .status(.unknown): ""
    }
  }
}

/// A column of a pupil file, with the title in one management information system.
struct PupilColumn {
  let title: String
  let value: (SamplePupil) -> PupilValue

  init(_ title: String, _ value: @escaping (SamplePupil) -> PupilValue) {
    self.title = title
    self.value = value
  }
}

/// The columns of the pupil file in an export style, in file order.
struct PupilColumns {
  private let style: ExportStyle

  init(_ style: ExportStyle) { self.style = style }

  var all: [PupilColumn] { identifiers + details + centres + characteristics + enrolment }

  /// Returns a column with the title of `style`. Week strings and plain exports use the title `csv`.
  private func column(
    sims: String, csv: String, workbook: String, wonde: String,
    _ value: @escaping (SamplePupil) -> PupilValue
  ) -> PupilColumn {
    switch style {
    case .sims: PupilColumn(sims, value)
    case .weekStrings, .plain: PupilColumn(csv, value)
    case .registerWorkbook: PupilColumn(workbook, value)
    case .wonde: PupilColumn(wonde, value)
    }
  }

  private var identifiers: [PupilColumn] {
    let upn = PupilColumn(style == .wonde ? "upn" : "UPN") { .text($0.upn) }
    let admissionNumber = PupilColumn(style == .sims ? "Adm No" : "Admission Number") {
      .text($0.formattedAdmissionNumber)
    }
    let systemID = PupilColumn(style == .wonde ? "student_id" : "Student ID") { [style] in
      .text(style.systemID(of: $0))
    }
    switch style {
    case .sims: return [admissionNumber, upn]
    case .weekStrings, .plain: return [upn, admissionNumber]
    case .registerWorkbook: return [systemID, admissionNumber, upn]
    case .wonde: return [systemID, upn]
    }
  }

  private var details: [PupilColumn] {
    [
      column(sims: "Legal Surname", csv: "Surname", workbook: "Legal Last Name", wonde: "legal_surname") {
        .text($0.name.surname)
      },
      column(sims: "Legal Forename", csv: "Forename", workbook: "Legal First Name", wonde: "legal_forename") {
        .text($0.name.forename)
      },
      column(sims: "DOB", csv: "Date of Birth", workbook: "Date of Birth", wonde: "date_of_birth") {
        .day($0.dateOfBirth)
      },
      column(sims: "Year", csv: "Year Group", workbook: "Year Group", wonde: "year_group") { [style] in
        .text(style.yearLabel($0.year))
      },
      column(sims: "Reg", csv: "Tutor Group", workbook: "Registration Form", wonde: "registration_group") {
        .text($0.form)
      },
      column(sims: "Gender", csv: "Sex", workbook: "Gender", wonde: "gender") { .sex($0.sex) },
    ]
  }

  /// The columns that only alternative provision needs.
  private var centres: [PupilColumn] {
    guard style == .wonde else { return [] }
    return [
      PupilColumn("centre") { .text($0.centre) }, PupilColumn("main_school") { .text($0.mainSchool) },
    ]
  }

  private var characteristics: [PupilColumn] {
    [
      column(sims: "SEN Status", csv: "SEN", workbook: "SEN Provision", wonde: "sen_status") {
        .provision($0.senProvision)
      },
      column(sims: "SEN Need", csv: "Primary Need", workbook: "SEN Need Type", wonde: "sen_need") {
        .text($0.primaryNeed)
      },
      column(sims: "Pupil Premium Indicator", csv: "PP", workbook: "Pupil Premium", wonde: "pupil_premium") {
        .status($0.pupilPremium)
      },
      column(sims: "FSM Eligible", csv: "FSM", workbook: "Free School Meals", wonde: "fsm_eligible") {
        .status($0.freeSchoolMeals)
      },
      column(sims: "In Care", csv: "LAC", workbook: "In Care", wonde: "in_care") { .status($0.lookedAfter) },
      // SIMS exports the letter of the arrangement. The other systems only export whether there is one.
      column(sims: "Post LAC", csv: "PLAC", workbook: "Ever In Care", wonde: "ever_in_care") { [style] in
        style == .sims ? .text($0.previouslyLookedAfter) : .flag($0.previouslyLookedAfter != "N")
      },
      column(sims: "EAL", csv: "EAL", workbook: "EAL", wonde: "eal") {
        .flag($0.hasEnglishAsAdditionalLanguage)
      },
      column(sims: "Ethnicity Code", csv: "Ethnicity", workbook: "Ethnicity Code", wonde: "ethnicity_code") {
        .text($0.ethnicity)
      },
      column(sims: "Service Child", csv: "Service Child", workbook: "Service Child", wonde: "service_child") {
        .flag($0.isServiceChild)
      },
      column(sims: "Young Carer", csv: "Young Carer", workbook: "Young Carer", wonde: "young_carer") {
        .flag($0.isYoungCarer)
      },
      column(
        sims: "Child Protection Plan", csv: "CPP", workbook: "Child Protection Plan",
        wonde: "child_protection_plan"
      ) { .flag($0.hasChildProtectionPlan) },
      column(sims: "Child in Need", csv: "CIN", workbook: "Child in Need", wonde: "child_in_need") {
        .flag($0.isChildInNeed)
      },
    ]
  }

  private var enrolment: [PupilColumn] {
    let dates = [
      column(
        sims: "Date of Admission", csv: "Admission Date", workbook: "Entry Date", wonde: "admission_date"
      ) { .day($0.admissionDate) },
      column(
        sims: "Date of Leaving", csv: "Leaving Date", workbook: "Actual Leaving Date", wonde: "leaving_date"
      ) { .day($0.leavingDate) },
      column(
        sims: "Leaving Reason", csv: "Leaving Reason", workbook: "Leaving Reason", wonde: "leaving_reason"
      ) { .text($0.leavingReason) },
    ]
    guard style == .wonde else { return dates }
    let status = PupilColumn("enrolment_status") {
      .text($0.arrangements.contains(.dualRegistration) ? "S" : "C")
    }
    return [status] + dates
  }
}
