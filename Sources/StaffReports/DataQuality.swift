import Measures
import Registers
import ReportModel

/// The number of rows and marks of a register file, by their use.
package struct FileRows: Sendable {
  package let file: String
  /// The layout in which the file was read, in words.
  package let reading: String
  package let rows, otherRows, places, marks, withoutMark, duplicates, refused, afterAsAt, outsideSchoolTime,
    notOnRoll, lessons: Int

  package init(
    file: String, reading: String, rows: Int, otherRows: Int, places: Int, marks: Int, withoutMark: Int,
    duplicates: Int, refused: Int, afterAsAt: Int, outsideSchoolTime: Int, notOnRoll: Int, lessons: Int
  ) {
    self.file = file
    self.reading = reading
    self.rows = rows
    self.otherRows = otherRows
    self.places = places
    self.marks = marks
    self.withoutMark = withoutMark
    self.duplicates = duplicates
    self.refused = refused
    self.afterAsAt = afterAsAt
    self.outsideSchoolTime = outsideSchoolTime
    self.notOnRoll = notOnRoll
    self.lessons = lessons
  }
}

extension Report {
  /// Returns the report on what was read, what was not, and what to correct in the school's system.
  package static func dataQuality(
    _ school: SchoolFigures, files: [FileRows], findings: [Finding]
  ) -> Report {
    let rows = files.reduce(0) { $0 + $1.rows }
    let places = files.reduce(0) { $0 + $1.places }
    let refused = files.reduce(0) { $0 + $1.refused }
    let warnings = findings.filter { $0.rule.severity != .informs }.count
    let all = school.figures(of: .allOnRoll, in: .yearToDate) ?? .zero
    return Report(
      .dataQuality, subject: school.school.name, period: school.packPeriod, asAt: school.asAt,
      purpose:
        "For the people who keep the registers: what happened to every row, and what to correct.",
      headlines: [
        """
        \(Cell.number(refused)) of \(Cell.number(places)) marks in \(Cell.number(rows)) rows could not be used.
        """,
        warnings == 0
          ? "Nothing to correct."
          : """
          \(Cell.number(warnings)) \(warnings == 1 ? "finding" : "findings") to correct. See the list below.
          """,
        """
        \(Cell.sessions(all.tally.missing, of: all.enrolments)) sessions of pupils on roll have no mark. They count as \
        neither attendance nor absence.
        """,
      ],
      sections: [
        correction(findings),
        Section("Files", tables: [fileTable(files), readingTable(files)]),
        Section("Findings", tables: [findingTable(findings)]),
        Section("Calendar", tables: [calendarTable(school)]),
        Section("Why other systems may show different figures", tables: [countingTable(school)]),
      ],
      notes: [
        "Rows read = rows of pupils + other rows (totals, headings, legends, lists of codes). A row has one place "
          + "for a mark, or several if its columns are sessions.",
        "Places for a mark = marks kept + without a mark + repeats + refused + after the as-at date + outside school "
          + "time (few pupils have a mark) + off roll (# and Z outside a pupil's time on roll, and guests) + "
          + "lessons.",
        "restricted/data/findings.csv has the findings of every school.",
      ])
  }

  /// A row of the corrections, for one pupil and session of a finding.
  private struct Correction: Sendable {
    let finding: Finding
    /// The pupil and session, or `nil` for a finding about a file.
    let subject: Finding.Subject?
  }

  /// The section with the list of what to correct in the school's system, by what to do.
  private static func correction(_ findings: [Finding]) -> Section {
    let corrections = findings.filter { $0.rule.severity != .informs }.flatMap { finding in
      finding.subjects.isEmpty
        ? [Correction(finding: finding, subject: nil)]
        : finding.subjects.map { Correction(finding: finding, subject: $0) }
    }
    let rules = Set(corrections.map(\.finding.rule)).sorted { ($0.severity, $0.id) < ($1.severity, $1.id) }
    return Section(
      "To correct",
      sentences: [
        rules.isEmpty
          ? "Nothing to correct."
          : "Correct these in the school's system, then export again. A finding lists its first 200 marks."
      ],
      tables: rules.map { rule in table(of: corrections.filter { $0.finding.rule == rule }, rule) })
  }

  /// The corrections of one rule by class and pupil, under what to do.
  private static func table(of corrections: [Correction], _ rule: FindingRule) -> Table {
    let hasPupils = corrections.contains { $0.subject != nil }
    let ofPupils: [Column<Correction>] = [
      .text("pupil", "Pupil") { correction in
        let name = correction.subject?.name.unredacted ?? ""
        return name.isEmpty ? "Not named" : name
      },
      .text("class", "Class") { $0.subject?.registrationGroup ?? "" },
      Column("date", "Date", .day) { $0.subject?.day.map(Cell.day) ?? .text("") },
      .text("session", "Session") { $0.subject?.half?.name ?? "" },
    ]
    return Table(
      "Correct_\(rule.id.replacing("-", with: "_"))", title: rule.remedy,
      columns: (hasPupils ? ofPupils : []) + [
        .text("message", "Finding") { $0.finding.message },
        .text("file", "File") { $0.finding.file },
        Column("row", "Row") { correction in
          (correction.subject?.row ?? correction.finding.row).map(Cell.number) ?? .shorthand(.notApplicable)
        },
      ],
      rows: corrections.sorted { left, right in
        let (one, other) = (left.subject, right.subject)
        return (one?.registrationGroup ?? "", one?.name.unredacted ?? "", one?.day?.number ?? .min)
          < (other?.registrationGroup ?? "", other?.name.unredacted ?? "", other?.day?.number ?? .min)
      }, look: .list)
  }

  private static func fileTable(_ files: [FileRows]) -> Table {
    Table(
      "Rows_by_file", title: "Rows and marks of each register",
      columns: [
        .text("file", "File") { $0.file },
        .number("rows", "Rows read") { $0.rows },
        .number("other_rows", "Other rows") { $0.otherRows },
        .number("places", "Places for a mark") { $0.places },
        .number("marks", "Marks kept") { $0.marks },
        .number("without_mark", "Without a mark") { $0.withoutMark },
        .number("repeats", "Repeats") { $0.duplicates },
        .number("refused", "Refused") { $0.refused },
        .number("after_as_at", "After the as-at date") { $0.afterAsAt },
        .number("outside_school_time", "Outside school time") { $0.outsideSchoolTime },
        .number("not_on_roll", "Off roll") { $0.notOnRoll },
        .number("lessons", "Lessons") { $0.lessons },
      ], rows: files)
  }

  private static func readingTable(_ files: [FileRows]) -> Table {
    Table(
      "Files_read_as", title: "How each register was read",
      columns: [.text("file", "File") { $0.file }, .text("read_as", "Read as") { $0.reading }], rows: files,
      notes: ["To correct any part of this, use profile in the trust file."])
  }

  private static func findingTable(_ findings: [Finding]) -> Table {
    Table(
      "Findings", title: "Findings, most serious first",
      columns: [
        .text("severity", "Severity") { $0.rule.severity.rawValue },
        .text("file", "File") { $0.file },
        Column("row", "Row") { $0.row.map(Cell.number) ?? .shorthand(.notApplicable) },
        .text("message", "Finding") { $0.message },
        .text("remedy", "What to do") { $0.rule.remedy },
        .text("rule", "Rule") { $0.rule.id },
      ],
      rows: findings.enumerated().sorted { left, right in
        let (one, other) = (left.element.rule.severity, right.element.rule.severity)
        return one == other ? left.offset < right.offset : one < other
      }.map(\.element),
      notes: ["Row numbers are those of a spreadsheet: the header is usually row 1."],
      look: .list)
  }

  private static func calendarTable(_ school: SchoolFigures) -> Table {
    Table(
      "Half_terms", title: "Half-terms used for the figures",
      columns: [
        .text("half_term", "Half-term") { $0.name.rawValue },
        Column("first", "First school day", .day) { .day($0.first) },
        Column("last", "Last school day", .day) { .day($0.last) },
        .number("weeks", "School weeks") { halfTerm in
          school.weeks.count { $0.halfTerm == halfTerm.name }
        },
      ], rows: school.halfTerms, notes: ["From the trust file, or worked out from the marks."])
  }

  /// Returns the school's figures by the national rule and with one choice changed at a time. Source: rules, section 9.
  private static func countingTable(_ school: SchoolFigures) -> Table {
    let total = school.total(in: .yearToDate)
    let national = CountingRow(
      name: "The national rule", attendance: .rate(total.tally.attendanceRate, of: total.enrolments),
      persistent: total.persistent, persistentShare: .share(total.persistentRate),
      changed: .shorthand(.notApplicable))
    let variants = CountingVariant.allCases.map { variant in
      let figures = school.counts.variants[variant]
      let persistent = school.counts[.persistent(variant)]
      return CountingRow(
        name: variant.formatted,
        attendance: figures.map { .rate($0.attendanceRate, of: max($0.pupils, total.enrolments)) }
          ?? .shorthand(.confidential),
        persistent: persistent,
        persistentShare: figures.map { .share(Rate(persistent, of: $0.pupils)) } ?? .shorthand(.confidential),
        changed: .pupils(school.counts[.changed(variant)]))
    }
    return Table(
      "Other_ways_to_count", title: "The same marks counted in other ways, year to date",
      columns: [
        .text("choice", "Way of counting") { $0.name },
        Column("attendance_percent", "Attendance (%)", .percent) { $0.attendance },
        Column("persistent", "Persistently absent") { .pupils($0.persistent) },
        Column("persistent_percent", "Persistently absent (%)", .percent) { $0.persistentShare },
        Column("changed", "Pupils counted differently") { $0.changed },
      ], rows: [national] + variants,
      notes: [
        "Each row changes one rule. Pupils counted differently are persistently absent by one rule but not by the "
          + "other."
      ], source: "Attendance registers of \(school.school.name)")
  }
}

/// The school's figures by one way of counting.
private struct CountingRow: Sendable {
  let name: String
  let attendance: Cell
  let persistent: Int
  let persistentShare: Cell
  let changed: Cell
}
