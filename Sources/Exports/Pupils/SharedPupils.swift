import Registers

/// Finds pupils who have marks at two schools of a trust for the same session.
package enum SharedPupils {
  /// Marks that say a pupil was due at the school itself: neither due elsewhere nor educated off site.
  private static let dueHere = CodeSet(.present, .authorised, .unauthorised)

  /// A finding for each pupil and school, by UPN, at the place that told of the pupil first.
  package static func findings(in schools: [RegisterReader.School]) -> [Finding] {
    var places: [String: [(school: Int, pupil: Int)]] = [:]
    for (number, school) in schools.enumerated() {
      for (pupil, details) in school.register.pupils.enumerated() where !details.upn.unredacted.isEmpty {
        places[details.upn.unredacted, default: []].append((number, pupil))
      }
    }
    var findings: [(order: [Int], finding: Finding)] = []
    for enrolments in places.values where enrolments.count > 1 {
      for here in enrolments {
        for there in enrolments where there.school != here.school {
          guard let found = found(schools[here.school], here.pupil, schools[there.school], there.pupil) else {
            continue
          }
          let place = schools[here.school].places[here.pupil]
          findings.append(
            (
              [here.school, here.pupil, there.school],
              Finding(
                found, school: schools[here.school].register.school.label, file: place.file, at: place.place)
            ))
        }
      }
    }
    return findings.sorted { $0.order.lexicographicallyPrecedes($1.order) }.map(\.finding)
  }

  private static func found(
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
