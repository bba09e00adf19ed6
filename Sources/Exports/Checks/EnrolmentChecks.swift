import Registers
import Tabular

/// Checks of enrolment: pupils of the pupil details, their dates, and pupils of two schools.
enum EnrolmentChecks {
  static let rules: [FindingRule] = [
    .leavesBeforeAdmission, .pupilListedTwice, .pupilRepeated, .pupilNotInDetails, .pupilWithoutMarks,
    .tooManyPupils, .guestPupils, .pupilsOfTwoNames, .leaversWithoutDate, .datesThatMeanNone,
    .pupilInTwoSchools, .schoolsSharePupils,
  ]
}

// MARK: - Pupils of one school

extension FindingRule {
  static let leavesBeforeAdmission = FindingRule(
    "leaves-before-admission", .warns,
    meaning:
      "A pupil's leaving date is before the admission date. No mark of the pupil counts.",
    remedy:
      "Correct the two dates in the pupil details.")
}

extension Issue {
  static let leavesBeforeAdmission = Issue(
    .leavesBeforeAdmission, "the leaving date is before the admission date")
}

extension FindingRule {
  static let pupilListedTwice = FindingRule(
    "pupil-listed-twice", .warns,
    meaning:
      "Two rows of a pupil file describe one pupil differently. If both give a value, the first row is "
      + "used.",
    remedy:
      "Correct the wrong value in the school's system and export again.")
}

extension Issue {
  /// - Parameters:
  ///   - earlier: The location of the pupil's first row.
  ///   - differing: The columns in which the rows differ.
  static func pupilListedTwice(earlier: String, differing: [Column]) -> Issue {
    Issue(
      .pupilListedTwice,
      "this pupil is listed in \(earlier) with a different value under "
        + differing.map { $0 == .senProvision ? "SEN" : $0.label }.joined(separator: ", "),
      kind: "pupils listed in an earlier row with a different value")
  }
}

extension FindingRule {
  static let pupilRepeated = FindingRule(
    "pupil-repeated", .informs,
    meaning:
      "A pupil file has several rows about one pupil that agree, for example one for each contact of the "
      + "pupil.",
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
      "Many pupils have a different surname and forename in another file under the same id or admission "
      + "number, so the files probably belong to two schools. Nothing is written.",
    remedy:
      "Export the registers with UPNs, or list in a trust.yaml which files belong to which school.")
}

extension Issue {
  static func pupilsOfTwoNames(_ count: Int) -> Issue {
    Issue(
      .pupilsOfTwoNames,
      "\(Issue.count(count, "pupil")) \(count == 1 ? "has" : "have") different names in another file under the same "
        + "number"
    )
  }
}

extension FindingRule {
  static let guestPupils = FindingRule(
    "guest-pupils", .warns,
    meaning:
      "Pupils have the enrolment status Guest. They are registered at another school and are not in this "
      + "school's figures.",
    remedy:
      "Nothing to do if they are guests. Otherwise correct the enrolment status in the school's system.")
}

extension Issue {
  static func guestPupils(_ count: Int) -> Issue {
    Issue(.guestPupils, "\(Issue.count(count, "pupil")) with the enrolment status Guest, not in the figures")
  }
}

extension FindingRule {
  static let leaversWithoutDate = FindingRule(
    "leavers-without-date", .warns,
    meaning:
      "Pupils have the enrolment status Leaver but no leaving date. They count up to their last mark.",
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
      "Some systems write dates such as 01/01/1900 or 31/12/9999 for no date. They are read as no date.",
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
      "A pupil has marks but is not in any pupil file. The marks count; the pupil's groups are unknown.",
    remedy:
      "Export the pupil details again, including leavers.")
}

extension Issue {
  static let pupilNotInDetails = Issue(
    .pupilNotInDetails, "a pupil with marks from this row on is not in the pupil details")
}

extension FindingRule {
  static let pupilWithoutMarks = FindingRule(
    "pupil-without-marks", .warns,
    meaning:
      "A pupil in the pupil file has no mark in any register.",
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
      "A school has more pupils than any school can have: the ids may change from row to row. Rows of "
      + "further pupils are left out.",
    remedy:
      "Check the column of ids, or list the file for the schools it belongs to.")
}

extension Issue {
  static let tooManyPupils = Issue(
    .tooManyPupils, "the row has more pupils than a school can have",
    kind: "rows with more pupils than a school can have")
}

// MARK: - Two schools

extension FindingRule {
  static let pupilInTwoSchools = FindingRule(
    "pupil-in-two-schools", .warns,
    meaning:
      "One pupil, by UPN, has marks at two schools for the same session, and neither school marks the pupil "
      + "as due at the other (D). Both count.",
    remedy:
      "If the pupil moved, correct the leaving or admission date. If the pupil is dual registered, use code "
      + "D for the sessions at the other school.")
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
      "The names of files or folders suggest two schools, but their registers have the same pupils, so they "
      + "may be one school. Nothing is written.",
    remedy:
      "List in a trust.yaml which files belong to which school; halfterm init writes a first one.")
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
