import Tabular
import Registers

/// A file of published figures as the trust file lists it.
package struct BenchmarkSource {
  package let file: SourceFile
  /// The last day its year to date covers, which DfE's file of attendance does not say. Missing: nil where the trust file
  /// does not say either.
  package let to: Day?

  package init(_ file: SourceFile, to: Day? = nil) {
    self.file = file
    self.to = to
  }
}

/// Whose figures are kept, so that a file of all England does not fill the memory.
package struct WantedPlaces: Sendable {
  /// Missing: nil where all are kept.
  let localAuthorities: Set<String>?
  let urns: Set<String>?

  /// Every place of every file.
  package static let all = WantedPlaces(localAuthorities: nil, urns: nil)

  private init(localAuthorities: Set<String>?, urns: Set<String>?) {
    self.localAuthorities = localAuthorities
    self.urns = urns
  }

  /// England, the regions, and the local authorities and URNs of these schools.
  package init(of schools: [School]) {
    localAuthorities = Set(schools.compactMap { $0.localAuthority?.folded })
    urns = Set(schools.compactMap(\.urn))
  }

  func keeps(_ place: Geography) -> Bool {
    switch place.level {
    case .england, .region: true
    case .localAuthority:
      localAuthorities.map { wanted in
        [place.name, place.code, place.oldCode].contains { wanted.contains($0.folded) }
      } ?? true
    case .school: urns?.contains(place.code) ?? true
    }
  }
}

/// What a file was taken for, and what was read of it.
package struct BenchmarkFile: Hashable, Sendable {
  package let name: String
  package let layout: BenchmarkLayout
  /// Missing: nil where the trust file gives no end.
  package let to: Day?
  package internal(set) var rows = 0
  /// Percentages read, those of places of no school of the trust among them.
  package internal(set) var figures = 0
  /// Cells that hold a sign in place of a percentage, by sign.
  package internal(set) var missing: [PublishedValue.Missing: Int] = [:]
  /// Rows that nothing here is compared with, by why.
  package internal(set) var passedOver: [String: Int] = [:]
  /// Breakdowns that are no group of `measures.csv`, in their order.
  package internal(set) var unknownGroups: [String] = []
  package internal(set) var schoolYears: Set<SchoolYear> = []
  /// Whether a year to date stands in it of which nobody says where it ends.
  package internal(set) var lacksEnd = false

  init(name: String, layout: BenchmarkLayout, to: Day?) {
    self.name = name
    self.layout = layout
    self.to = to
  }

  /// What the file was taken for and how much was read, in lines.
  package var formatted: [String] {
    let years = schoolYears.sorted().map(\.name).joined(separator: ", ")
    let end = to.map { ", to \($0.formatted)" } ?? ""
    var lines = ["\(layout.formatted), \(years.isEmpty ? "of no school year" : years)\(end)"]
    let count = missing.values.reduce(0, +)
    let signs = PublishedValue.Missing.allCases.compactMap { sign in
      missing[sign].map { "\($0) \(sign.rawValue.isEmpty ? "empty" : sign.rawValue)" }
    }
    lines.append(
      "\(rows) rows, \(figures) figures"
        + (count > 0 ? ", \(count) without a value (\(signs.joined(separator: ", ")))" : ""))
    lines += passedOver.sorted { $0.key < $1.key }.map { "passed over: \($0.value) rows of \($0.key)" }
    if !unknownGroups.isEmpty {
      let named = unknownGroups.prefix(8).joined(separator: "; ")
      let more = unknownGroups.count > 8 ? " and \(unknownGroups.count - 8) more" : ""
      lines.append("compared with no group: \(named)\(more)")
    }
    return lines
  }
}
