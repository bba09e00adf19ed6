import Measures
import Registers
import ReportModel

extension MailMerge {
  package init(_ stages: [StageLetters], school: String, asAt: Day) {
    let rows = stages.flatMap { stage in stage.figures.map { Row(batch: stage.batch, figures: $0) } }
    self.init(school: school, asAt: asAt, columns: MailMerge.columns, rows: rows)
  }

  /// The maximum number of characters in a text, because Word may cut a longer one if the first rows of its column are
  /// short.
  private static let maxTextLength = 255

  private struct Row {
    let batch: LetterBatch
    let figures: LetterFigures

    subscript(kind: AbsenceKind) -> Int { figures.thisYear.tally[kind.codes] }
  }

  private static let columns: [Column<Row>] = [
    .text("stage", "Stage") { $0.batch.stage },
    .text("letter", "Letter") { $0.batch.template },
    .text("school", "School") { $0.batch.school },
    .text("date", "Date") { $0.batch.asAt.formatted },
    .text("upn", "UPN") { $0.figures.upn },
    .text("surname", "Surname") { $0.figures.surname },
    .text("forename", "Forename") { $0.figures.forename },
    .text("full_name", "Full name") { $0.figures.fullName },
    .text("year", "Year") { $0.figures.year?.name ?? "" },
    .text("form", "Form") { $0.figures.form },
    .text("school_year", "School year") { $0.figures.thisYear.schoolYear.name },
    .text("attendance_percent", "Attendance per cent") { $0.figures.thisYear.percentage },
    count("sess_possible", "Possible sessions") { $0.figures.thisYear.tally.possible },
    count("sess_overall", "Sessions missed") { $0.figures.thisYear.tally.absence },
    .text("time_missed", "Time missed") { LetterFigures.days(ofSessions: $0.figures.thisYear.tally.absence) },
    count("sess_authorised", "Authorised") { $0.figures.thisYear.tally.authorised },
    count("sess_unauthorised", "Unauthorised") { $0.figures.thisYear.tally.unauthorised },
    count("illness", "Illness") { $0[.illness] },
    count("medical", "Medical") { $0[.medical] },
    count("other_authorised", "Other authorised") { $0[.otherAuthorised] },
    count("holiday", "Holiday not granted") { $0[.holiday] },
    count("no_reason", "No reason yet") { $0[.reasonNotEstablished] },
    count("other_unauthorised", "Other unauthorised") { $0[.otherUnauthorised] },
    count("late_before_close", "Late before close") { $0.figures.lateness.beforeClose },
    count("late_after_close", "Late after close") { $0.figures.lateness.afterClose },
    .text("dates_missed", "Dates missed") { $0.figures.missed.formatted(longest: maxTextLength) },
    .text("last_school_year", "Last school year") { $0.figures.lastYear?.formatted ?? "" },
    .text("attendance_percent_last_year", "Attendance last year per cent") {
      $0.figures.lastYear?.percentage ?? ""
    },
    .text("sess_overall_last_year", "Sessions missed last year") {
      $0.figures.lastYear.map { Cell.grouped($0.tally.absence) } ?? ""
    },
    .text("rule", "Rule") { $0.batch.rule },
    .text("policy", "Policy") { $0.batch.policy },
    .text("section", "Section") { $0.batch.section },
  ]

  private static func count(
    _ id: String, _ title: String, _ count: @escaping @Sendable (Row) -> Int
  ) -> Column<Row> {
    Column(id, title, .number) { .sessions(count($0), of: 1) }
  }
}

extension LetterFigures.Year {
  /// The percentage without its unit: `94.1`.
  fileprivate var percentage: String {
    tally.attendanceRate.map { Rate.decimal($0.tenthsOfPercent, places: 1) } ?? ""
  }
}
