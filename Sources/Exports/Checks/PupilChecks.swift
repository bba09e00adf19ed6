import Registers
import Tabular

/// Checks of pupils: identifiers, texts and ages.
enum PupilChecks {
  static let rules: [FindingRule] = [
    .noPupilIdentifier, .notAUPN, .upnCheckLetter, .temporaryUPN, .pupilsAlike, .textCut, .ageUnknown,
    .agesUnknown,
    .ageAgainstYear,
  ]
}

// MARK: - Identifiers

extension FindingRule {
  static let noPupilIdentifier = FindingRule(
    "no-pupil-identifier", .warns,
    meaning:
      "A row does not identify a pupil. It is left out.",
    remedy:
      "Add a UPN, pupil id or admission number to the row in the export.")
}

extension Issue {
  static let noPupilIdentifier = Issue(
    .noPupilIdentifier, "the row has no UPN, pupil id or admission number",
    kind: "rows with no UPN, pupil id or admission number", isOneFault: true)
}

extension FindingRule {
  static let notAUPN = FindingRule(
    "not-a-upn", .warns,
    meaning:
      "A value in the UPN column is not in the form of a UPN: a letter, eleven digits, and a digit or "
      + "letter. It is used unchanged.",
    remedy:
      "Correct the UPN in the school's system, or name the right column under profile: columns.")
}

extension Issue {
  /// - Parameter length: The number of characters.
  static func notAUPN(length: Int) -> Issue {
    Issue(
      .notAUPN,
      "the UPN (\(Issue.count(length, "character"))) is not a letter, eleven digits, and a digit or letter",
      kind: "UPNs that are not in the form of a UPN")
  }
}

extension FindingRule {
  static let upnCheckLetter = FindingRule(
    "upn-check-letter", .warns,
    meaning:
      "The first letter of a UPN does not match the rest of it, so a character is mistyped. The UPN is used "
      + "unchanged.",
    remedy:
      "Correct the UPN in the school's system: it identifies the pupil in every file.")
}

extension Issue {
  static let upnCheckLetter = Issue(
    .upnCheckLetter, "the check letter of the UPN does not match its other characters")
}

extension FindingRule {
  static let temporaryUPN = FindingRule(
    "temporary-upn", .informs,
    meaning:
      "A UPN that ends in a letter is temporary: it may change, and other schools cannot identify the pupil "
      + "by it.",
    remedy:
      "Replace it with the permanent UPN, which the pupil's last school knows.")
}

extension Issue {
  static let temporaryUPN = Issue(.temporaryUPN, "the UPN is temporary")
}

/// The unique pupil number: a check letter, eleven digits, and a digit or, in a temporary one, a letter.
///
/// Source: DfE, *Unique pupil numbers (UPNs): a guide for schools and local authorities*; rules, section
/// 12.
enum UniquePupilNumber {
  /// Returns a UPN as text, in capitals and without spaces of any kind.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let bytes = bytes.withoutGuards.withoutDecimalZero
    return bytes.isEmptyValue ? "" : TextEncoding.text(of: bytes).filter(isPart).uppercased()
  }

  /// Returns whether a character is part of a UPN: not a space of any kind.
  private static func isPart(_ character: Character) -> Bool {
    !character.isWhitespace
      && !character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .format }
  }

  /// Returns whether the bytes are a UPN with nothing around or in it.
  @inline(__always)
  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { $0.digit != nil || 0x41...0x5A ~= $0.uppercased }
  }

  /// Returns the issue with a UPN, or `nil` if it is valid or empty.
  static func issue(with upn: String) -> Issue? {
    guard !upn.isEmpty else { return nil }
    let characters = Array(upn.utf8)
    guard characters.count == 13, let letter = index(of: characters[0]),
      characters[1..<12].allSatisfy({ $0.digit != nil }),
      let last = characters[12].digit ?? index(of: characters[12])
    else { return .notAUPN(length: upn.count) }
    var sum = 13 * last
    for index in 1..<12 { sum += (index + 1) * (characters[index].digit ?? 0) }
    if sum % 23 != letter { return .upnCheckLetter }
    return characters[12].digit == nil ? .temporaryUPN : nil
  }

  /// The letters a UPN may hold, each at the index of its remainder: I, O and S are not used.
  private static let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ".utf8)

  private static func index(of letter: UInt8) -> Int? { letters.firstIndex(of: letter) }
}

extension FindingRule {
  static let pupilsAlike = FindingRule(
    "pupils-alike", .warns,
    meaning:
      "Two pupils of a school have the same name and date of birth but different identifiers. They count as "
      + "two pupils.",
    remedy:
      "If they are one pupil, correct the mistyped identifier: a wrong check letter shows which it is.")
}

extension Issue {
  /// - Parameter other: The location of the first row about the other pupil.
  static func pupilsAlike(other: String) -> Issue {
    Issue(
      .pupilsAlike,
      "same name and date of birth as the pupil in \(other), but a different identifier; counted as two pupils",
      kind: "pupils with the same name and date of birth as another")
  }
}

extension RegisterChecks {
  /// Reports pupils with the same name and date of birth, who may be one pupil under two identifiers.
  func checkPupilsAlike() {
    var first: [[String]: Int] = [:]
    for index in order.sorted() {
      let pupil = builder.pupils[index]
      guard let born = pupil.dateOfBirth.unredacted, !pupil.surname.unredacted.isEmpty,
        !pupil.forename.unredacted.isEmpty
      else { continue }
      let key = [pupil.surname.unredacted.lowercased(), pupil.forename.unredacted.lowercased(), born.iso]
      if let other = first[key] {
        let (source, known) = (builder.sources[index], builder.sources[other])
        let otherSource =
          (known.file == source.file ? "" : "\(known.file) ") + known.location.description
        builder.report(.pupilsAlike(other: otherSource), source.file, at: source.location, pupil: index)
      } else {
        first[key] = index
      }
    }
  }
}

extension FindingRule {
  static let textCut = FindingRule(
    "text-cut", .warns,
    meaning:
      "A name, class, identifier or other text of a pupil is longer than 255 characters. Its first 255 are used.",
    remedy:
      "Correct the text in the school's system. A quotation mark that is not closed can join many rows.")
}

extension Issue {
  static func textCut(_ column: Column) -> Issue {
    Issue(
      .textCut, "the text under \(column.label) is longer than 255 characters, and the first 255 are used")
  }
}

extension RegisterBuilder {
  /// Reports the values of a pupil's row that could not be read.
  func checkValues(
    of input: PupilFields.Result, _ header: HeaderRow, _ file: String, at location: FileLocation,
    isReportingValues: Bool = true
  ) {
    if input.hasDateAsClass {
      report(.classLooksLikeADate(input.pupil.registrationGroup), file, at: location)
    }
    for column in input.unclear where isReportingValues {
      let name = header.index(of: column).map { header.headers[$0] } ?? column.rawValue
      report(.unclearValue(under: name, isDate: column.isDate), file, at: location)
    }
    for column in input.cut { report(.textCut(column), file, at: location) }
    for group in input.unclearGroups {
      report(.unclearValue(under: header.headers[group], isDate: false), file, at: location)
    }
  }
}

// MARK: - Ages

extension FindingRule {
  static let ageUnknown = FindingRule(
    "age-unknown", .warns,
    meaning:
      "A pupil has neither a date of birth nor a year group; other pupils have. The pupil does not count in "
      + "national figures.",
    remedy:
      "Add a date of birth or a year group.")
}

extension Issue {
  static let ageUnknown = Issue(.ageUnknown, "a pupil without a date of birth or a year group")
}

extension FindingRule {
  static let agesUnknown = FindingRule(
    "ages-unknown", .warns,
    meaning:
      "No pupil of the school has a date of birth or a year group, so every pupil counts as aged 5 to 15.",
    remedy:
      "List the pupil details under pupils in the trust file, with dates of birth or year groups.")
}

extension Issue {
  static let agesUnknown = Issue(
    .agesUnknown, "no pupil has a date of birth or a year group, so every pupil counts as aged 5 to 15")
}

extension FindingRule {
  static let ageAgainstYear = FindingRule(
    "age-against-year", .warns,
    meaning:
      "A pupil's date of birth and year group are two years or more apart. The date of birth decides "
      + "whether the pupil counts in national figures.",
    remedy:
      "Correct the date of birth or the year in the school's system.")
}

extension Issue {
  static func ageAgainstYear(_ year: NCYear, usual: Int) -> Issue {
    Issue(
      .ageAgainstYear, "the pupil is in \(year.name), but by date of birth would usually be in year \(usual)",
      kind: "dates of birth two years or more from the year group")
  }
}

extension RegisterChecks {
  /// Checks each pupil's marks, age and UPN.
  func checkPupils() {
    let hasAges = builder.pupils.contains(where: \.tellsAge)
    if !hasAges { builder.report(.agesUnknown, file, nil) }
    for (row, index) in order.enumerated() {
      let (file, location) = builder.sources[index]
      let pupil = builder.pupils[index]
      if !register[row].contains(where: { $0 != .noMark }) {
        builder.report(.pupilWithoutMarks, file, at: location, pupil: index)
      }
      if hasAges, !pupil.tellsAge { builder.report(.ageUnknown, file, at: location, pupil: index) }
      if let issue = ageIssue(of: pupil) { builder.report(issue, file, at: location, pupil: index) }
      if let issue = UniquePupilNumber.issue(with: pupil.upn.unredacted) {
        builder.report(issue, file, at: location, pupil: index)
      }
    }
  }

  /// Returns the issue of a date of birth that is two years or more from the year group. Nursery years are
  /// not checked.
  private func ageIssue(of pupil: Pupil) -> Issue? {
    guard let born = pupil.dateOfBirth.unredacted, let written = pupil.year else { return nil }
    // Details hold the pupil's present year, so the age is that of the last school year of the register.
    let usual = presentYear.age(of: born) - 4
    guard abs(usual - written.number) > 1, written.number >= 0 else { return nil }
    return .ageAgainstYear(written, usual: usual)
  }
}
