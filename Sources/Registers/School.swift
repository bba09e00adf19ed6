/// A school of the trust, with the name of the trust file.
package struct School: Hashable, Sendable {
  package let name: String
  /// The unique reference number, six digits, or `nil` if neither the trust file nor the exports have one.
  package let urn: String?
  package let phase: Phase?
  package let localAuthority: String?
  /// The sets of schools it belongs to, such as a cluster or a centre.
  package let sets: [String]

  package init(
    name: String, urn: String? = nil, phase: Phase? = nil, localAuthority: String? = nil, sets: [String] = []
  ) {
    self.name = name
    self.urn = urn
    self.phase = phase
    self.localAuthority = localAuthority
    self.sets = sets
  }

  package enum Phase: String, CaseIterable, Sendable {
    case primary, secondary, special, alternative

    /// The phase as a word before "school".
    package var formatted: String {
      switch self {
      case .primary: "primary"
      case .secondary: "secondary"
      case .special: "special"
      case .alternative: "alternative provision"
      }
    }
  }

  /// The identifier in findings: the URN, otherwise the name.
  package var label: String { urn ?? name }

  /// The school's folder in a pack: its URN and its name in lower case, such as `100001-mill-lane-primary-school`.
  ///
  /// It is empty if the school has no URN and its name has no ASCII letter or digit.
  package var slug: String {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let slug = ([urn].compactMap(\.self) + words.map(String.init)).joined(separator: "-")
    return String(slug.prefix(School.longestSlug))
  }

  /// The maximum length in bytes. Systems allow about 255 for a folder's name.
  private static let longestSlug = 100
}
