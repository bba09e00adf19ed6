import Measures
import Registers

/// The letters of a school as one table with a row for each, for a word processor's mail merge.
///
/// What a letter shows with a unit is text, since a merge takes the value of a cell and not how it is shown: a rate would
/// come out with fifteen digits and a date by the fashion of another country.
package struct MailMerge: Sendable {
  package let school: String
  package let asAt: Day
  package let columns: [Table.Column]
  /// A cell for each column; text is empty where there is nothing to say.
  package let rows: [[Cell]]

  package init(_ stages: [StageLetters], school: String, asAt: Day) {
    self.school = school
    self.asAt = asAt
    columns = MailMerge.fields.map { Table.Column($0.header, $0.holds) }
    rows = stages.flatMap { stage in
      stage.letters.map { letter in MailMerge.fields.map { $0.value(stage, letter) } }
    }
  }

  /// Unit: characters. Word may cut a longer text where the first rows of its column are short.
  static let longestText = 255

  /// A column: its name in the merge, and what it holds of a letter.
  private struct Field: Sendable {
    let header: String
    let holds: Table.Column.Content
    let value: @Sendable (StageLetters, Letter) -> Cell

    static func text(
      _ header: String, _ text: @escaping @Sendable (StageLetters, Letter) -> String
    ) -> Field {
      Field(header: header, holds: .text) { .text(text($0, $1)) }
    }

    static func count(_ header: String, _ count: @escaping @Sendable (Letter) -> Int) -> Field {
      Field(header: header, holds: .number) { .sessions(count($1), of: 1) }
    }
  }

  private static let fields: [Field] = who + thisYear + lastYear + rule

  private static let who: [Field] = [
    .text("Stage") { stage, _ in stage.stage },
    .text("Letter") { stage, _ in stage.template },
    .text("School") { stage, _ in stage.school },
    .text("Date") { stage, _ in stage.asAt.inWords },
    .text("UPN") { $1.upn },
    .text("Surname") { $1.surname },
    .text("Forename") { $1.forename },
    .text("Full name") { $1.fullName },
    .text("Year") { $1.year?.name ?? "" },
    .text("Form") { $1.form },
  ]

  private static let thisYear: [Field] = [
    .text("School year") { $1.thisYear.schoolYear.name },
    .text("Attendance per cent") { $1.thisYear.percentage },
    .count("Possible sessions") { $0.thisYear.tally.possible },
    .count("Sessions missed") { $0.thisYear.tally.absence },
    .text("Time missed") { Letter.days(ofSessions: $1.thisYear.tally.absence) },
    .count("Authorised") { $0.thisYear.tally.authorised },
    .count("Unauthorised") { $0.thisYear.tally.unauthorised },
    .count("Illness") { $0.thisYear[.illness] },
    .count("Medical") { $0.thisYear[.medical] },
    .count("Other authorised") { $0.thisYear[.otherAuthorised] },
    .count("Holiday not granted") { $0.thisYear[.holiday] },
    .count("No reason yet") { $0.thisYear[.reasonNotEstablished] },
    .count("Other unauthorised") { $0.thisYear[.otherUnauthorised] },
    .count("Late before close") { $0.lateness.beforeClose },
    .count("Late after close") { $0.lateness.afterClose },
    .text("Dates missed") { $1.missed.inWords(longest: longestText) },
  ]

  private static let lastYear: [Field] = [
    .text("Last school year") { $1.lastYear?.inWords ?? "" },
    .text("Attendance last year per cent") { $1.lastYear?.percentage ?? "" },
    .text("Sessions missed last year") { $1.lastYear.map { Cell.grouped($0.tally.absence) } ?? "" },
  ]

  private static let rule: [Field] = [
    .text("Rule") { stage, _ in stage.line },
    .text("Policy") { stage, _ in stage.policy },
    .text("Section") { stage, _ in stage.section },
  ]
}

extension Letter.Year {
  fileprivate subscript(kind: AbsenceKind) -> Int { tally[kind.codes] }

  /// `94.1`, to stand before "per cent" or "%".
  fileprivate var percentage: String {
    tally.attendanceRate.map { Rate.decimal($0.tenthsOfPercent, places: 1) } ?? ""
  }
}
