import Registers
import Tabular

/// Checks of files, sheets and rows.
enum FileChecks {
  static let rules: [FindingRule] = [
    .fileNotRead, .zipNotRead, .sheetNotRead, .sheetLacksColumn, .fileOfAnotherYear, .raggedRow, .openQuote,
    .rowOfAnotherSchool, .lessonPeriods,
  ]
}

// MARK: - Files and sheets

extension FindingRule {
  static let fileNotRead = FindingRule(
    "file-not-read", .warns,
    meaning:
      "A file in a folder without a trust file was not recognised as a register or as pupil details. It is "
      + "left out.",
    remedy:
      "Nothing to do if the file is neither. Otherwise export it again, or list it in a trust file with a "
      + "profile.")
}

extension Issue {
  package static func fileNotRead(_ reason: String) -> Issue {
    Issue(.fileNotRead, reason)
  }
}

extension FindingRule {
  static let zipNotRead = FindingRule(
    "zip-not-read", .informs,
    meaning:
      "A zip file in a folder without a trust file cannot be opened. Its contents are left out.",
    remedy:
      "Nothing to do if it has no exports. Otherwise download it again, or extract it into the folder.")
}

extension Issue {
  package static func zipNotRead(_ reason: String) -> Issue { Issue(.zipNotRead, reason) }
}

extension FindingRule {
  static let sheetNotRead = FindingRule(
    "sheet-not-read", .informs,
    meaning:
      "A sheet of a workbook is hidden, or has no table of pupils. It is left out.",
    remedy:
      "Nothing to do if the sheet is a legend or a summary. Otherwise name its header row under profile: "
      + "header_row.")
}

extension Issue {
  static func sheetNotRead(_ sheet: String, isHidden: Bool) -> Issue {
    Issue(.sheetNotRead, "sheet \(sheet) \(isHidden ? "is hidden" : "has no table of pupils")")
  }
}

extension FindingRule {
  static let sheetLacksColumn = FindingRule(
    "sheet-lacks-column", .warns,
    meaning:
      "A sheet lists pupils with dates or sessions, but lacks a column that a register needs. It is left "
      + "out.",
    remedy:
      "Name the column under profile: columns in the trust file. Nothing to do if the sheet is not a "
      + "register.")
}

extension Issue {
  static func sheetLacksColumn(_ sheet: String, column: String) -> Issue {
    Issue(.sheetLacksColumn, "sheet \(sheet) has no column \"\(column)\" and is left out")
  }
}

extension FindingRule {
  static let fileOfAnotherYear = FindingRule(
    "file-of-another-year", .informs,
    meaning:
      "Every date of a file is in a different school year from the school's other files. Its marks count in "
      + "rolling periods only.",
    remedy:
      "Nothing to do if last year's register is meant to be there. Otherwise list the file of this year.")
}

extension Issue {
  static func fileOfAnotherYear(_ year: SchoolYear, present: SchoolYear) -> Issue {
    Issue(
      .fileOfAnotherYear, "every mark is in \(year.name), but the school's registers go up to \(present.name)"
    )
  }
}

extension RegisterChecks {
  /// Reports register files whose marks are all of one earlier school year.
  func checkFiles() {
    for (file, years) in builder.yearsByFile.sorted(by: { $0.key < $1.key }) {
      if let year = years.first, years.count == 1, year < presentYear {
        builder.report(.fileOfAnotherYear(year, present: presentYear), file, nil)
      }
    }
  }
}

// MARK: - Rows

extension FindingRule {
  static let raggedRow = FindingRule(
    "ragged-row", .warns,
    meaning:
      "A row has more or fewer fields than the header, so its columns cannot be matched. The row is left "
      + "out.",
    remedy:
      "Check the row: a comma or quotation mark in a name or comment may have shifted its columns. Export "
      + "again.")
}

extension Issue {
  static func raggedRow(fields: Int, headers: Int) -> Issue {
    Issue(
      .raggedRow, "the row has \(fields) fields but the header has \(headers)",
      kind: "rows with more or fewer fields than the header", refusal: .row)
  }
}

extension FindingRule {
  static let openQuote = FindingRule(
    "open-quote", .warns,
    meaning:
      "A quotation mark opens a field but does not close, or closes only in a later row. The rows it covers "
      + "are left out.",
    remedy:
      "Check the row: a quotation mark opens and does not close. Export again.")
}

extension Issue {
  static func openQuote(isClosedLater: Bool) -> Issue {
    Issue(
      .openQuote,
      isClosedLater
        ? "a quotation mark opens and closes only in a later row"
        : "a quotation mark opens and does not close",
      refusal: isClosedLater ? .row : nil)
  }
}

extension ExportTable where Rows: ~Copyable {
  /// The issue that makes the row's fields unreliable, or `nil` if each matches its header.
  var rowIssue: Issue? {
    if rows.spansRows { return .openQuote(isClosedLater: true) }
    return isRowAsWideAsHeader ? nil : .raggedRow(fields: rows.count, headers: header.headers.count)
  }

  /// A Boolean value that indicates whether the row has a field for each header. Some systems end each row
  /// with a comma, which makes one more.
  private var isRowAsWideAsHeader: Bool {
    let fields = header.headers.count
    if rows.count == fields || !Rows.hasFixedWidth { return true }
    return rows.count > fields && (fields..<rows.count).allSatisfy { rows.bytes($0).isEmpty }
  }
}

extension FindingRule {
  static let rowOfAnotherSchool = FindingRule(
    "row-of-another-school", .warns,
    meaning:
      "A row names a school for which its file is not listed. It is left out.",
    remedy:
      "List the file for that school in the trust file.")
}

extension Issue {
  static func rowOfAnotherSchool(written: String) -> Issue {
    Issue(
      .rowOfAnotherSchool,
      written.isEmpty
        ? "the row does not name a school, but the file is listed for several"
        : "the row names school \"\(written.prefix(80))\", for which this file is not listed")
  }
}

extension FindingRule {
  static let lessonPeriods = FindingRule(
    "lesson-periods", .informs,
    meaning:
      "The export has registers of lessons as well as sessions. By law, attendance is recorded by session, "
      + "so the marks of lessons are counted here and left out of the figures.",
    remedy:
      "Nothing to do: only AM and PM count in the figures.")
}

extension Issue {
  static func lessonPeriods(_ count: Int) -> Issue {
    Issue(.lessonPeriods, "\(Issue.count(count, "mark")) of lessons left out")
  }
}
