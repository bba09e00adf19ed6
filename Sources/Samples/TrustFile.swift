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
              policy: dfe-2024
              registers: [exports/\(school.slug)/*.csv]
              pupils: [exports/\(school.slug)/pupils.csv]

          """)
    }
    return bytes
  }
}
