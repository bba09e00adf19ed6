import Measures
import Registers
import Reports

extension PageTemplates {
  /// The letters of a stage as one page of HTML that needs nothing beside it, each letter on a printed page of its own.
  package func letters(_ stage: StageLetters) -> String {
    render(Page.values(of: stage), with: "letter-page", letter: stage.template)
  }
}

extension Page {
  /// What was missed in so many runs of days stands in a letter; more would not fit its one page.
  static let mostDates = 10

  static func values(of stage: StageLetters) -> PageValues {
    [
      "stage": stage.stage,
      "school": stage.school,
      "date": stage.asAt.inWords,
      "line": stage.line,
      "policy": stage.policy,
      "hasSection": !stage.section.isEmpty,
      "section": stage.section,
      "sensitivity": Report.Kind.attendanceActions.sensitivity,
      "count": "\(stage.letters.count) \(stage.letters.count == 1 ? "letter" : "letters")",
      "hasLeft": stage.left > 0,
      "leftInWords": stage.left == 1
        ? "1 pupil who stands at this stage has left and gets no letter."
        : "\(stage.left) pupils who stand at this stage have left and get no letter.",
      "hasLetters": !stage.letters.isEmpty,
      "letters": stage.letters.enumerated().map { place, letter in values(of: letter, number: place + 1) },
    ]
  }

  private static func values(of letter: Letter, number: Int) -> PageValues {
    let tally = letter.thisYear.tally
    let pupilClass = pupilClass(letter)
    let values: PageValues = [
      "anchor": "letter-\(number)",
      "name": letter.forename.isEmpty ? "your child" : letter.forename,
      "nameFirst": letter.forename.isEmpty ? "Your child" : letter.forename,
      "forename": letter.forename, "surname": letter.surname, "fullName": letter.fullName,
      "hasClass": !pupilClass.isEmpty, "class": pupilClass,
      "year": letter.year?.name ?? "", "form": letter.form,
      "attendance": letter.thisYear.attendance.inWords,
      "missed": "\(Cell.number(tally.absence).inWords) of \(Letter.sessions(tally.possible))",
      "time": Letter.days(ofSessions: tally.absence),
      "schoolYear": letter.thisYear.schoolYear.name,
      "lastYear": letter.lastYear.map { ["lastSchoolYear": $0.inWords] as PageValues } ?? PageNothing(),
      "figures": figures(of: letter),
    ]
    return values.merging(dates(of: letter))
  }

  /// `Class Otter, Year 4`. Missing: empty where neither is known.
  private static func pupilClass(_ letter: Letter) -> String {
    let year = letter.year?.name ?? ""
    guard !letter.form.isEmpty, letter.form != year else { return year }
    return (["Class \(letter.form)"] + (year.isEmpty ? [] : [year])).joined(separator: ", ")
  }

  /// A row with how much was possible and missed, and one for each kind of absence there was in either year.
  private static func figures(of letter: Letter) -> [PageValues] {
    let rows: [(label: String, isKind: Bool, value: (SessionTally) -> String)] =
      [
        ("Attendance", false, { Cell.rate($0.attendanceRate, of: 1).inWords }),
        ("Sessions your child could attend", false, { Cell.number($0.possible).inWords }),
        (
          "Sessions missed", false,
          { "\(Cell.number($0.absence).inWords) (\(Letter.days(ofSessions: $0.absence)))" }
        ),
      ]
      + AbsenceKind.allCases.filter { kind in
        letter.thisYear.tally[kind.codes] + (letter.lastYear?.tally[kind.codes] ?? 0) > 0
      }.map { kind in (kind.inWords, true, { Cell.number($0[kind.codes]).inWords }) }
    return rows.map { row in
      [
        "label": row.label, "isKind": row.isKind, "this": row.value(letter.thisYear.tally),
        "last": letter.lastYear.map { row.value($0.tally) } ?? "",
      ]
    }
  }

  private static func dates(of letter: Letter) -> PageValues {
    let shown = letter.missed.prefix(mostDates)
    let rest = letter.missed.dropFirst(mostDates).reduce(0) { $0 + $1.sessions }
    return [
      "hasDates": !shown.isEmpty,
      "dates": shown.map { ["days": $0.daysInWords, "reason": $0.code.reasonInWords] as PageValues },
      "hasMore": rest > 0, "more": Letter.sessions(rest, more: true),
    ]
  }
}
