import Measures
import Registers
import ReportModel

/// Where the rows and the marks of a register file went, as the data-quality report tells it.
package struct FileRows: Sendable {
  package let file: String
  /// What the file was taken for, in words.
  package let reading: String
  package let rows, otherRows, places, marks, withoutMark, duplicates, refused, afterAsAt, notOnRoll,
    lessons: Int

  package init(
    file: String, reading: String, rows: Int, otherRows: Int, places: Int, marks: Int, withoutMark: Int,
    duplicates: Int, refused: Int, afterAsAt: Int, notOnRoll: Int, lessons: Int
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
    self.notOnRoll = notOnRoll
    self.lessons = lessons
  }
}

extension Report {
  /// What was read, what was not, and what to put right in the school's system.
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
        "For whoever keeps the registers: every row of every file accounted for, and what to put right where.",
      headlines: [
        """
        \(Cell.number(rows)) rows with \(Cell.number(places)) places for a mark were read; \(Cell.number(refused)) places \
        could not be used; they are listed below.
        """,
        "\(Cell.number(warnings)) findings ask for a correction.",
        """
        \(Cell.sessions(all.tally.missing, of: all.enrolments)) sessions of pupils on roll have no mark: they count neither \
        as attendance nor as absence.
        """,
      ],
      sections: [
        Section("Files", tables: [fileTable(files), readingTable(files)]),
        Section("Findings", tables: [findingTable(findings)]),
        Section("Calendar", tables: [calendarTable(school)]),
        Section("Why this number differs", tables: [countingTable(school)]),
      ],
      notes: [
        "Rows read = rows of pupils + other rows: totals, headings, legends, lists of codes. A row has one place for a mark, or "
          + "several where its columns are sessions.",
        "Places for a mark = marks kept + places without a mark + repeats + refused + after the as-at date + closures and "
          + "prospective pupils outside the time on roll + lessons.",
        "The same findings, with those of every school, stand in restricted/data/findings.csv.",
      ])
  }

  private static func fileTable(_ files: [FileRows]) -> Table {
    Table(
      "Rows_by_file", title: "Where the rows and marks of each register went",
      columns: [
        Table.Column("File", .text), Table.Column("Rows read"), Table.Column("Other rows"),
        Table.Column("Places for a mark"), Table.Column("Marks kept"), Table.Column("Without a mark"),
        Table.Column("Repeats"), Table.Column("Refused"), Table.Column("After the as-at date"),
        Table.Column("# or Z outside time on roll"), Table.Column("Lessons"),
      ],
      rows: files.map { file in
        [.text(file.file)]
          + [
            file.rows, file.otherRows, file.places, file.marks, file.withoutMark, file.duplicates,
            file.refused,
            file.afterAsAt, file.notOnRoll, file.lessons,
          ].map(Cell.number)
      })
  }

  private static func readingTable(_ files: [FileRows]) -> Table {
    Table(
      "Files_read_as", title: "What each register was taken for",
      columns: [Table.Column("File", .text), Table.Column("Read as", .text)],
      rows: files.map { [.text($0.file), .text($0.reading)] },
      notes: ["Where this is wrong, profile in the trust file overrules any part of it."])
  }

  private static func findingTable(_ findings: [Finding]) -> Table {
    Table(
      "Findings", title: "What was found, most serious first",
      columns: [
        Table.Column("Severity", .text), Table.Column("File", .text), Table.Column("Row"),
        Table.Column("What was found", .text), Table.Column("What to do", .text), Table.Column("Rule", .text),
      ],
      rows: findings.enumerated().sorted { left, right in
        let (one, other) = (left.element.rule.severity, right.element.rule.severity)
        return one == other ? left.offset < right.offset : one < other
      }.map(\.element).map { finding in
        [
          .text(finding.rule.severity.rawValue), .text(finding.file),
          finding.row.map(Cell.number) ?? .shorthand(.notApplicable), .text(finding.message),
          .text(finding.rule.remedy), .text(finding.rule.id),
        ]
      }, notes: ["Rows are counted as a spreadsheet counts them: the header row of a file is usually row 1."],
      look: .list)
  }

  private static func calendarTable(_ school: SchoolFigures) -> Table {
    Table(
      "Half_terms", title: "Half-terms as the figures use them",
      columns: [
        Table.Column("Half-term", .text), Table.Column("First school day", .day),
        Table.Column("Last school day", .day), Table.Column("School weeks"),
      ],
      rows: school.halfTerms.map { halfTerm in
        [
          .text(halfTerm.name.rawValue), .day(halfTerm.first), .day(halfTerm.last),
          .number(school.weeks.count { $0.halfTerm == halfTerm.name }),
        ]
      }, notes: ["Given in the trust file, or found from the marks."])
  }

  /// The school's figures by the national rule, and with one choice changed at a time. Source: rules, section 9.
  private static func countingTable(_ school: SchoolFigures) -> Table {
    let total = school.total(in: .yearToDate)
    let usual: [Cell] = [
      .text("The national rule"), .rate(total.tally.attendanceRate, of: total.enrolments),
      .pupils(total.persistent), .share(total.persistentRate), .shorthand(.notApplicable),
    ]
    return Table(
      "Other_ways_to_count", title: "The same marks, counted another way, year to date",
      columns: [
        Table.Column("Choice", .text), Table.Column("Attendance (%)", .percent),
        Table.Column("Persistently absent"), Table.Column("Persistently absent (%)", .percent),
        Table.Column("Pupils who change side"),
      ],
      rows: [usual]
        + CountingVariant.allCases.map { way in
          let figures = school.counts.otherWays[way]
          let persistent = school.counts[.persistent(way)]
          return [
            .text(way.formatted),
            figures.map { .rate($0.attendanceRate, of: max($0.pupils, total.enrolments)) }
              ?? .shorthand(.confidential),
            .pupils(persistent),
            figures.map { .share(Rate(persistent, of: $0.pupils)) } ?? .shorthand(.confidential),
            .pupils(school.counts[.changed(way)]),
          ]
        },
      notes: [
        "One choice is changed at a time. A pupil changes side who is persistently absent in one way and not in the other."
      ], source: "Attendance registers of \(school.school.name)")
  }
}
