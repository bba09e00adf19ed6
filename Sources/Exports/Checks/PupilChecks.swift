import Registers
import Tabular

/// Checks of pupils: identifiers, enrolment and ages.
enum PupilChecks {
  static let rules: [FindingRule] = [
    .noPupilIdentifier, .notAUPN, .upnCheckLetter, .temporaryUPN, .pupilsAlike, .leavesBeforeAdmission,
    .pupilListedTwice, .pupilRepeated, .pupilNotInDetails, .pupilWithoutMarks, .tooManyPupils, .guestPupils,
    .pupilsOfTwoNames,
    .leaversWithoutDate, .datesThatMeanNone,
    .ageUnknown, .agesUnknown, .ageAgainstYear, .pupilInTwoSchools, .schoolsSharePupils,
  ]
}

// MARK: - Identifiers

extension FindingRule {
  static let noPupilIdentifier = FindingRule(
    "no-pupil-identifier", .warns,
    meaning:
      "A row names no pupil. It is left out.",
    remedy:
      "The row has no UPN, pupil id or admission number. Add one of them to the export.")
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
      "The text under UPN is not in the form of a UPN: a letter, eleven digits, and a digit or letter. "
      + "It is used unchanged.",
    remedy:
      "Correct the UPN in the school's system, or name the column that holds it under profile: columns.")
}

extension Issue {
  /// - Parameter length: The number of characters.
  static func notAUPN(length: Int) -> Issue {
    Issue(
      .notAUPN,
      "the UPN, of \(Issue.count(length, "character")), is not one: a letter, eleven digits, a digit or letter",
      kind: "UPNs that are none")
  }
}

extension FindingRule {
  static let upnCheckLetter = FindingRule(
    "upn-check-letter", .warns,
    meaning:
      "The first letter of a UPN does not follow from the rest of it, so that a character is mistyped. "
      + "The UPN is used unchanged.",
    remedy:
      "Correct the UPN in the school's system: pupils are joined and followed by it.")
}

extension Issue {
  static let upnCheckLetter = Issue(
    .upnCheckLetter, "the check letter of the UPN does not fit its other characters")
}

extension FindingRule {
  static let temporaryUPN = FindingRule(
    "temporary-upn", .informs,
    meaning:
      "A UPN that ends in a letter is temporary: it may change, and another school cannot find the pupil "
      + "by it.",
    remedy:
      "Replace it by the permanent UPN once the pupil's last school has told it.")
}

extension Issue {
  static let temporaryUPN = Issue(.temporaryUPN, "the UPN is a temporary one")
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
      "Two pupils of a school have the same name and date of birth and different identifiers. They count as two pupils.",
    remedy:
      "Where they are one pupil, correct the identifier that is mistyped: a check letter that does not fit shows which."
  )
}

extension Issue {
  /// - Parameter other: The location of the first row about the other pupil.
  static func pupilsAlike(other: String) -> Issue {
    Issue(
      .pupilsAlike,
      "a pupil with the name and date of birth of the pupil in \(other), and another identifier, counts apart",
      kind: "pupils with the name and date of birth of another")
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

// MARK: - Enrolment

extension FindingRule {
  static let leavesBeforeAdmission = FindingRule(
    "leaves-before-admission", .warns,
    meaning:
      "A pupil's leaving date is before the admission date.",
    remedy:
      "No mark of the pupil counts. Correct the two dates in the pupil details.")
}

extension Issue {
  static let leavesBeforeAdmission = Issue(
    .leavesBeforeAdmission, "the leaving date is before the admission date")
}

extension FindingRule {
  static let pupilListedTwice = FindingRule(
    "pupil-listed-twice", .warns,
    meaning:
      "Two rows of one pupil file are about one pupil and say different things. Where both give a value, that of the first "
      + "row is used.",
    remedy:
      "Correct the value that is wrong in the school's system and export again.")
}

extension Issue {
  /// - Parameters:
  ///   - earlier: The location of the pupil's first row.
  ///   - differing: The columns in which the rows differ.
  static func pupilListedTwice(earlier: String, differing: [Column]) -> Issue {
    Issue(
      .pupilListedTwice,
      "this pupil is listed in \(earlier) with another value under "
        + differing.map { $0 == .senProvision ? "SEN" : $0.label }.joined(separator: ", "),
      kind: "pupils listed in an earlier row with another value")
  }
}

extension FindingRule {
  static let pupilRepeated = FindingRule(
    "pupil-repeated", .informs,
    meaning:
      "A pupil file has several rows about one pupil that agree, as it has where each contact of a pupil has a row.",
    remedy:
      "Nothing to do: the rows count once.")
}

extension Issue {
  static let pupilRepeated = Issue(
    .pupilRepeated, "the row repeats a pupil of an earlier row",
    kind: "rows that repeat a pupil of an earlier row",
    isOneFault: true)
}

extension FindingRule {
  static let pupilsOfTwoNames = FindingRule(
    "pupils-of-two-names", .blocks,
    meaning:
      "Many pupils have another surname and another forename in another file under the same id or admission number, so that "
      + "the files are likely to be of two schools. Nothing is written.",
    remedy:
      "Export the registers with UPNs, or say in a trust.yaml which files are of which school.")
}

extension Issue {
  static func pupilsOfTwoNames(_ count: Int) -> Issue {
    Issue(
      .pupilsOfTwoNames,
      "\(Issue.count(count, "pupil")) \(count == 1 ? "has" : "have") other names in another file under the same number"
    )
  }
}

extension FindingRule {
  static let guestPupils = FindingRule(
    "guest-pupils", .warns,
    meaning:
      "The enrolment status of pupils is Guest. They are registered at another school, and are in no figure of this one.",
    remedy:
      "Nothing to do if they are guests; else correct the enrolment status in the school's system.")
}

extension Issue {
  static func guestPupils(_ count: Int) -> Issue {
    Issue(.guestPupils, "\(Issue.count(count, "pupil")) with the enrolment status Guest, in no figure")
  }
}

extension FindingRule {
  static let leaversWithoutDate = FindingRule(
    "leavers-without-date", .warns,
    meaning:
      "The enrolment status of pupils is Leaver, and they have no leaving date. They count up to their last mark.",
    remedy:
      "Enter the leaving dates in the school's system and export again.")
}

extension Issue {
  static func leaversWithoutDate(_ count: Int) -> Issue {
    Issue(
      .leaversWithoutDate,
      "\(Issue.count(count, "pupil")) with the enrolment status Leaver and no leaving date, counted up to the last mark"
    )
  }
}

extension FindingRule {
  static let datesThatMeanNone = FindingRule(
    "dates-that-mean-none", .informs,
    meaning:
      "Systems write dates such as 01/01/1900 or 31/12/9999 for no date. They are read as none.",
    remedy:
      "Nothing to do.")
}

extension Issue {
  static func datesThatMeanNone(under header: String, _ count: Int) -> Issue {
    Issue(
      .datesThatMeanNone,
      "column \"\(header)\": \(Issue.count(count, "date")) such as 01/01/1900 or 31/12/9999, read as no date")
  }
}

extension FindingRule {
  static let pupilNotInDetails = FindingRule(
    "pupil-not-in-details", .warns,
    meaning:
      "A pupil has marks but is not in any pupil file.",
    remedy:
      "The marks are kept; the pupil's groups are unknown. Export the pupil details again with leavers.")
}

extension Issue {
  static let pupilNotInDetails = Issue(
    .pupilNotInDetails, "a pupil with marks from this row on is not in the pupil details")
}

extension FindingRule {
  static let pupilWithoutMarks = FindingRule(
    "pupil-without-marks", .warns,
    meaning:
      "A pupil of the pupil file has no mark in any register.",
    remedy:
      "Export the register with this pupil, or set the leaving date in the pupil details.")
}

extension Issue {
  static let pupilWithoutMarks = Issue(.pupilWithoutMarks, "a pupil with no mark in the registers")
}

extension FindingRule {
  static let tooManyPupils = FindingRule(
    "too-many-pupils", .warns,
    meaning:
      "A school has more pupils than any school can have: ids may differ from row to row where they "
      + "should not. Rows of further pupils are left out.",
    remedy:
      "Look at the column of ids, or list the file for the schools it is of.")
}

extension Issue {
  static let tooManyPupils = Issue(
    .tooManyPupils, "the row is of one pupil more than any school has",
    kind: "rows of more pupils than any school has")
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
      "A pupil has neither date of birth nor year, where others have.",
    remedy:
      "The pupil has neither date of birth nor year, and does not count in national figures. Add one of "
      + "them.")
}

extension Issue {
  static let ageUnknown = Issue(.ageUnknown, "a pupil with neither date of birth nor year")
}

extension FindingRule {
  static let agesUnknown = FindingRule(
    "ages-unknown", .warns,
    meaning:
      "No pupil of the school has a date of birth or a year, so that everyone counts as aged 5 to 15.",
    remedy:
      "List the pupil details under pupils in the trust file, with dates of birth or years.")
}

extension Issue {
  static let agesUnknown = Issue(
    .agesUnknown, "no pupil has a date of birth or a year, so that everyone counts as aged 5 to 15")
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
      .ageAgainstYear, "the pupil is in \(year.name), and by date of birth would usually be in year \(usual)",
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

// MARK: - Two schools

extension FindingRule {
  static let pupilInTwoSchools = FindingRule(
    "pupil-in-two-schools", .warns,
    meaning:
      "One pupil, by UPN, has marks at two schools for the same session, and neither school marks the "
      + "pupil as due at the other (D). Both count.",
    remedy:
      "Where the pupil moved, correct the leaving or the admission date; where the pupil is dual "
      + "registered, use code D for the sessions at the other school.")
}

extension Issue {
  static func pupilInTwoSchools(_ other: School, sessions: Int, first: Day) -> Issue {
    Issue(
      .pupilInTwoSchools,
      "a pupil has marks here and at \(other.name) for \(Issue.count(sessions, "session")), the first on \(first.formatted)"
    )
  }
}

extension FindingRule {
  static let schoolsSharePupils = FindingRule(
    "schools-share-pupils", .blocks,
    meaning:
      "The names of files or folders tell two schools, and their registers are of the same pupils, so that they may be one "
      + "school. Nothing is written.",
    remedy:
      "Say in a trust.yaml which files are of which school; halfterm init writes one to begin with.")
}

extension Issue {
  static func schoolsSharePupils(_ first: School, _ second: School, pupils: Int) -> Issue {
    Issue(
      .schoolsSharePupils,
      "\(Issue.count(pupils, "pupil")) of \(first.name) \(pupils == 1 ? "is" : "are") in the registers of \(second.name) too"
    )
  }
}

/// Pupils with marks at two schools of a trust for the same session.
package enum SharedPupils {
  /// Marks by which a school expects the pupil itself: neither due at another school nor educated off site.
  private static let dueHere = CodeSet(.present, .authorised, .unauthorised)

  /// Returns a finding for each pupil and school, matched by UPN, at the row that first names the pupil.
  ///
  /// - Parameter namedByPath: For each school, whether the name of a file or a folder names it. Two schools with the same
  ///   pupils may then be one, which stops the run.
  package static func findings(in schools: [RegisterReader.School], namedByPath: [Bool] = []) -> [Finding] {
    var enrolmentsByUPN: [String: [(school: Int, pupil: Int)]] = [:]
    for (number, school) in schools.enumerated() {
      for (pupil, details) in school.register.pupils.enumerated() where !details.upn.unredacted.isEmpty {
        enrolmentsByUPN[details.upn.unredacted, default: []].append((number, pupil))
      }
    }
    var findings: [(order: [Int], finding: Finding)] = []
    if namedByPath.contains(true) {
      let shared = Dictionary(
        grouping: enrolmentsByUPN.values.map { Set($0.map(\.school)).sorted() }, by: \.self)
      let pairs = shared.filter { $0.key.count > 1 && $0.key.contains { namedByPath[$0] } }
      for (pair, pupils) in pairs {
        let (first, second) = (schools[pair[0]].register.school, schools[pair[1]].register.school)
        findings.append(
          (
            pair,
            Finding(
              .schoolsSharePupils(first, second, pupils: pupils.count), school: first.label,
              file: schools[pair[0]].sources.first?.file ?? "", row: nil)
          ))
      }
    }
    for enrolments in enrolmentsByUPN.values where enrolments.count > 1 {
      for here in enrolments {
        for there in enrolments where there.school != here.school {
          let school = schools[here.school]
          guard let issue = issue(school, here.pupil, schools[there.school], there.pupil) else { continue }
          let source = school.sources[here.pupil]
          findings.append(
            (
              [here.school, here.pupil, there.school],
              Finding(issue, school: school.register.school.label, file: source.file, at: source.location)
            ))
        }
      }
    }
    return findings.sorted { $0.order.lexicographicallyPrecedes($1.order) }.map(\.finding)
  }

  private static func issue(
    _ here: RegisterReader.School, _ pupil: Int, _ there: RegisterReader.School, _ other: Int
  ) -> Issue? {
    let elsewhere = Set(
      zip(there.register.sessions, there.register[other]).filter { dueHere.contains($1) }.map(\.0))
    let both = zip(here.register.sessions, here.register[pupil]).filter {
      dueHere.contains($1) && elsewhere.contains($0)
    }
    guard let first = both.first else { return nil }
    return .pupilInTwoSchools(there.register.school, sessions: both.count, first: first.0.day)
  }
}
