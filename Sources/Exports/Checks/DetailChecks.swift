import Registers
import Tabular

/// Checks of the columns of pupil details and of their values.
enum DetailChecks {
  static let rules: [FindingRule] = [
    .unclearValue, .valuesNotUnderstood, .blanksNotKnown, .columnNotUsed, .classLooksLikeADate,
    .yearAgainstRegister, .inCareUnclear,
  ]
}

extension FindingRule {
  static let unclearValue = FindingRule(
    "unclear-value", .informs,
    meaning:
      "A value in a known column is not understood. It counts as unknown.",
    remedy:
      "Correct the value in the pupil details.")
}

extension Issue {
  static func unclearValue(under header: String, isDate: Bool) -> Issue {
    Issue(.unclearValue, "the value under \"\(header)\" is \(isDate ? "not a date" : "not understood")")
  }
}

extension FindingRule {
  static let valuesNotUnderstood = FindingRule(
    "values-not-understood", .warns,
    meaning:
      "More than a tenth of the values in a column of the pupil details are not understood. Those pupils "
      + "count as unknown there.",
    remedy:
      "Export the column with yes and no, or with school census codes, or name another column under "
      + "profile: columns in the trust file.")
}

extension Issue {
  /// - Parameter values: The values and their counts; a value that may be a name is not among them.
  static func valuesNotUnderstood(
    under header: String, _ unclear: Int, of filled: Int, values: [(text: String, count: Int)]
  ) -> Issue {
    let listed = values.sorted { ($1.count, $0.text) < ($0.count, $1.text) }.prefix(8).map {
      "\"\($0.text)\" (\($0.count))"
    }
    return Issue(
      .valuesNotUnderstood,
      "column \"\(header)\": \(unclear) of \(Issue.count(filled, "value")) are not understood"
        + (listed.isEmpty ? "" : ": " + listed.joined(separator: ", ")))
  }
}

extension FindingRule {
  static let blanksNotKnown = FindingRule(
    "blanks-not-known", .informs,
    meaning:
      "A column of the pupil details has only yes and blanks. A blank may mean no or not recorded, so those "
      + "pupils count as unknown.",
    remedy:
      "If a blank means no, say so under profile in the trust file, such as blank_means: {disadvantaged: no}."
  )
}

extension Issue {
  static func blanksNotKnown(under header: String, _ column: Column, count: Int) -> Issue {
    Issue(
      .blanksNotKnown,
      "column \"\(header)\" has only yes and blanks: \(Issue.count(count, "pupil")) not known. If blank means "
        + "no, set blank_means: {\(column.rawValue): no} under profile in the trust file")
  }
}

extension FindingRule {
  static let columnNotUsed = FindingRule(
    "column-not-used", .informs,
    meaning:
      "A column of the pupil details looks like a status of pupils, but its name is not known.",
    remedy:
      "Nothing to do if the packs do not need it. Otherwise name it under profile: columns in the trust "
      + "file.")
}

extension Issue {
  static func columnsNotUsed(_ headers: [String]) -> Issue {
    Issue(
      .columnNotUsed,
      "not used: " + headers.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
        + (headers.count > 10 ? " and \(headers.count - 10) more" : ""))
  }
}

extension FindingRule {
  static let classLooksLikeADate = FindingRule(
    "class-looks-like-a-date", .warns,
    meaning:
      "The name of a class looks like a date: a spreadsheet changes a name such as 1/2 into a date. The "
      + "class is shown as the spreadsheet shows it.",
    remedy:
      "Export the file again without opening it in a spreadsheet, or format the column as text.")
}

extension Issue {
  static func classLooksLikeADate(_ shown: String) -> Issue {
    Issue(.classLooksLikeADate, "the class \"\(shown)\" looks like a date")
  }
}

extension FindingRule {
  static let yearAgainstRegister = FindingRule(
    "year-against-register", .warns,
    meaning:
      "The year group in the pupil details differs from that in the register, for example if the details "
      + "were exported after the summer. The register's year and class are used unless the date of birth "
      + "shows that the details are right.",
    remedy:
      "Export the pupil details again for the school year of the registers, or correct the year group.")
}

extension Issue {
  static func yearAgainstRegister(_ count: Int, details: NCYear, register: NCYear) -> Issue {
    Issue(
      .yearAgainstRegister,
      "the year group differs from the register for \(Issue.count(count, "pupil")), the first here: "
        + "\(details.name), and \(register.name) in the register")
  }
}

extension RegisterBuilder {
  /// Decides the year of each pupil whose details and registers have different ones. The year and the class
  /// of the register are used unless the date of birth fits only that of the details.
  func decideYears() {
    guard let present = grid.presentYear else { return }
    var files: [String: (count: Int, location: FileLocation, details: NCYear, register: NCYear)] = [:]
    for (pupil, found) in registerDetails.sorted(by: { $0.key < $1.key }) {
      guard let details = pupils[pupil].year, details != found.year,
        SchoolYear(containing: found.day) == present
      else { continue }
      let (file, location) = sources[pupil]
      // A register of last year has a different year group, which is not a contradiction.
      let isRegister = registerFiles.contains(file)
      if !isRegister {
        if files[file] == nil { files[file] = (0, location, details, found.year) }
        files[file]?.count += 1
      }
      if let born = pupils[pupil].dateOfBirth.unredacted, present.age(of: born) - 4 == details.number {
        continue
      }
      useRegister(found.year, group: found.group, pupil: pupil)
    }
    for (file, found) in files.sorted(by: { $0.key < $1.key }) {
      report(
        .yearAgainstRegister(found.count, details: found.details, register: found.register), file,
        at: found.location)
    }
  }
}

/// The values of each column of a table of pupil details that are filled, blank or not understood.
struct ColumnValues {
  private let header: HeaderRow
  private var filled: [Column: Int] = [:]
  private var blank: [Column: Int] = [:]
  private var no: Set<Column> = []
  private var yes: Set<Column> = []
  private var unclear: [Column: [(school: Int, location: FileLocation)]] = [:]
  private var texts: [Column: [String: Int]] = [:]
  /// The words of the names of the pupils in the file.
  private var nameWords: Set<String> = []
  private let columns: [Column]

  init(_ header: HeaderRow) {
    self.header = header
    columns = Column.allCases.filter { header.has($0) }
  }

  mutating func add(
    _ input: PupilFields.Result, _ rows: borrowing some RowReader & ~Copyable, school: Int,
    at location: FileLocation
  ) {
    for name in [input.pupil.surname.unredacted, input.pupil.forename.unredacted] {
      nameWords.formUnion(ColumnValues.words(of: name))
    }
    for column in columns {
      guard let index = header.index(of: column) else { continue }
      let text = rows.text(index)
      guard !text.isEmpty, !rows.bytes(index).trimmed.isEmptyValue else {
        blank[column, default: 0] += 1
        continue
      }
      filled[column, default: 0] += 1
      if Column.blankable.contains(column), column != .senProvision {
        if Status(written: text) == .yes { yes.insert(column) } else { no.insert(column) }
      }
      guard input.unclear.contains(column) else { continue }
      unclear[column, default: []].append((school, location))
      if text.utf8.count <= 40, texts[column]?.count ?? 0 < 50 {
        texts[column, default: [:]][text, default: 0] += 1
      }
    }
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  /// Returns whether a value may be in a message: it is in several rows, as few names are, or cannot be a name, and no
  /// pupil of the file has a name with a word of it.
  private func mayBeShown(_ text: String, _ count: Int) -> Bool {
    let isNumber = text.split { !$0.isNumber }.contains { $0.count >= 8 }
    return (count > 1 || Issue.quoted(text) == "\"\(text)\"") && !isNumber
      && nameWords.isDisjoint(with: ColumnValues.words(of: text).filter { $0.count > 1 })
  }

  /// Reports columns of which many values are not understood, or only yes is written.
  func report(to builders: [RegisterBuilder], file: String, blankMeansNo: Set<Column>) {
    for column in columns {
      guard let index = header.index(of: column) else { continue }
      let name = header.headers[index]
      let found = unclear[column] ?? []
      let filled = filled[column] ?? 0
      if found.count > 1, 10 * found.count > filled {
        let values = (texts[column] ?? [:]).filter(mayBeShown).map { (text: $0.key, count: $0.value) }
        for school in Set(found.map(\.school)).sorted() {
          builders[school].report(
            .valuesNotUnderstood(under: name, found.count, of: filled, values: values), file,
            at: found[0].location)
        }
      } else {
        for (school, location) in found {
          builders[school].report(.unclearValue(under: name, isDate: column.isDate), file, at: location)
        }
      }
      let count = blank[column] ?? 0
      if yes.contains(column), !no.contains(column), count > 0, !blankMeansNo.contains(column) {
        for builder in builders {
          builder.report(.blanksNotKnown(under: name, column, count: count), file, header.row)
        }
      }
    }
    let unused = header.unusedHeaders.filter { header in
      header.lowercased().split { !($0.isLetter || $0.isNumber) }.contains {
        Column.statusWords.contains(String($0))
      }
    }
    if !unused.isEmpty {
      for builder in builders { builder.report(.columnsNotUsed(unused), file, header.row) }
    }
  }
}

extension FindingRule {
  static let inCareUnclear = FindingRule(
    "in-care-unclear", .informs,
    meaning:
      "A column says that a pupil is looked after or adopted from care, but not which. It counts as "
      + "neither, and the pupil is listed as unclear.",
    remedy:
      "Export a column for looked-after pupils and one for previously looked-after pupils.")
}

extension Issue {
  static func inCareUnclear(header: String) -> Issue {
    Issue(
      .inCareUnclear,
      "the column \"\(header)\" does not separate looked-after from adopted pupils, so it counts as neither")
  }
}
