import Registers
import ReportModel
import Templates

extension PageTemplates {
  /// Returns the letters as one page of HTML that needs no other file, each letter on a printed page of its own.
  package func letters(_ batch: LetterBatch) -> String {
    render(Page.values(of: batch), with: "letter-page", letter: batch.template)
  }
}

extension Page {
  static func values(of batch: LetterBatch) -> PageValues {
    [
      "stage": batch.stage,
      "school": batch.school,
      "date": batch.asAt.formatted,
      "line": batch.rule,
      "policy": batch.policy,
      "hasSection": !batch.section.isEmpty,
      "section": batch.section,
      "sensitivity": Report.Kind.attendanceActions.sensitivity,
      "count": "\(batch.letters.count) \(batch.letters.count == 1 ? "letter" : "letters")",
      "hasLeft": batch.leavers > 0,
      "leftInWords": batch.leavers == 1
        ? "1 pupil at this stage has left and gets no letter."
        : "\(batch.leavers) pupils at this stage have left and get no letter.",
      "hasLetters": !batch.letters.isEmpty,
      "letters": batch.letters.enumerated().map { index, letter in values(of: letter, number: index + 1) },
    ]
  }

  private static func values(of letter: Letter, number: Int) -> PageValues {
    let pupilClass = pupilClass(letter)
    return [
      "anchor": "letter-\(number)",
      "name": letter.forename.isEmpty ? "your child" : letter.forename,
      "nameFirst": letter.forename.isEmpty ? "Your child" : letter.forename,
      "forename": letter.forename, "surname": letter.surname, "fullName": letter.fullName,
      "hasClass": !pupilClass.isEmpty, "class": pupilClass, "year": letter.year, "form": letter.form,
      "attendance": letter.attendance, "missed": letter.sessionsMissed, "time": letter.timeMissed,
      "schoolYear": letter.schoolYear,
      "lastYear": letter.lastSchoolYear.map { ["lastSchoolYear": $0] as PageValues } ?? EmptyPageValue(),
      "figures": letter.figures.map { figure in
        [
          "label": figure.label, "isKind": figure.isKind, "this": figure.thisYear, "last": figure.lastYear,
        ] as PageValues
      },
      "hasDates": !letter.absences.isEmpty,
      "dates": letter.absences.map { ["days": $0.days, "reason": $0.reason] as PageValues },
      "hasMore": letter.earlierAbsences != nil, "more": letter.earlierAbsences ?? "",
    ]
  }

  /// Returns `Class Otter, Year 4`, or an empty text if neither is known.
  private static func pupilClass(_ letter: Letter) -> String {
    guard !letter.form.isEmpty, letter.form != letter.year else { return letter.year }
    return (["Class \(letter.form)"] + (letter.year.isEmpty ? [] : [letter.year])).joined(separator: ", ")
  }
}

/// The names of values in the template of a letter.
enum LetterNames {
  /// All names. Another name would be left out without a message, and a parent would get an incomplete letter.
  static let all: Set<String> = [
    ".", "anchor", "name", "nameFirst", "forename", "surname", "fullName", "hasClass", "class", "year",
    "form",
    "attendance", "missed", "time", "schoolYear", "figures", "label", "this", "last", "isKind", "lastYear",
    "lastSchoolYear",
    "hasDates", "dates", "days", "reason", "hasMore", "more", "school", "date", "stage", "line", "policy",
    "hasSection", "section",
  ]

  /// Returns the first unknown name or partial in a template, or `nil` if all are known.
  static func unknown(in template: String) -> String? {
    for tag in template.matches(of: /\{\{\s*([#^\/>!<$]?)\s*([^}]*?)\s*\}\}/) {
      let name = String(tag.output.2)
      switch tag.output.1 {
      case "!": continue
      case ">": if EmbeddedTemplates.all[name] == nil { return "the template \(name)" }
      default: if !all.contains(name) { return name }
      }
    }
    return nil
  }
}
