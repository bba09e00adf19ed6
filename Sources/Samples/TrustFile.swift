import Registers

/// The trust file of a made-up trust.
struct TrustFile {
  let name: String
  let asAt: Day
  let schools: [SchoolPlan]

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(text: "name: \(name)\nas_at: \(asAt.iso)\ndisclosure: {threshold: 5}\nschools:\n")
    for school in schools {
      bytes.append(
        text: """
            - name: \(school.name)
              urn: "\(school.urn)"
              phase: \(school.phase.rawValue)
              local_authority: \(school.localAuthority.name)
              policy: \(school.policy)
              registers: [exports/\(school.slug)/*.\(school.style.fileEnding)]
              pupils: [exports/\(school.slug)/\(PupilFile.name(school.style))]

          """)
      bytes.append(text: profile(of: school))
    }
    return bytes
  }

  /// What nobody could find out from the files. Missing: empty when there is nothing of the kind.
  private func profile(of school: SchoolPlan) -> String {
    switch school.style {
    case .weekStrings:
      let marks = MarkCharacters.all.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ")
      return "    profile:\n      marks: {\(marks)}\n"
    case .sims, .registerBook, .wonde, .plain: return ""
    }
  }
}
