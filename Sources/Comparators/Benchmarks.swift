import OrderedCollections
import Registers
import Tabular

/// The published figures of all files, in the order of the trust file and of their rows.
package struct Benchmarks: Sendable {
  package let all: [Benchmark]
  package let files: [BenchmarkFile]
  /// The half-terms of the trust file, or an empty array if it has none.
  package let halfTerms: [HalfTerm]
  let bySeries: [Benchmark.Series: [Benchmark]]

  /// The benchmarks of a trust without files.
  package static let none = Benchmarks([], files: [], halfTerms: [])

  init(_ all: [Benchmark], files: [BenchmarkFile], halfTerms: [HalfTerm]) {
    self.all = all
    self.files = files
    self.halfTerms = halfTerms
    bySeries = Dictionary(grouping: all, by: \.series)
  }

  /// Reads the figures of files that pass a filter.
  ///
  /// - Throws: `ComparatorFailure` if a file cannot be read, has an unknown layout, or has an invalid value.
  package static func read(
    _ sources: [BenchmarkSource], filter: GeographyFilter, halfTerms: [HalfTerm] = []
  ) throws(ComparatorFailure) -> Benchmarks {
    var benchmarks: [Benchmark] = []
    var files: [BenchmarkFile] = []
    for source in sources {
      let result = try BenchmarkReader.read(source, filter: filter)
      files.append(result.file)
      benchmarks += result.benchmarks
    }
    return Benchmarks(benchmarks, files: files, halfTerms: halfTerms)
  }

  /// Returns warnings about the files: years to date without an end, and local authorities that are in no file.
  package func findings(of schools: [School]) -> [String] {
    let ends = files.filter(\.hasYearToDateWithoutEnd).map {
      ComparatorUnavailable.noEnd(file: $0.name).description
    }
    let localAuthorities = Set(all.map(\.geography)).filter { $0.level == .localAuthority }
    let unknown = Set(schools.compactMap(\.localAuthority)).sorted().filter { name in
      !localAuthorities.contains { $0.isLocalAuthority(name) }
    }
    let hasLocalAuthorities = files.contains { $0.layout != .oneFigureARow }
    return
      (ends
      + (hasLocalAuthorities
        ? unknown.map { ComparatorUnavailable.unknownLocalAuthority($0).description } : []))
      .map { "\($0)." }
  }
}

/// A file of published figures as the trust file lists it.
package struct BenchmarkSource {
  package let file: SourceFile
  /// The last day of the year to date, which DfE's attendance file does not give, or `nil` if the trust file does not
  /// give it either.
  package let to: Day?

  package init(_ file: SourceFile, to: Day? = nil) {
    self.file = file
    self.to = to
  }
}

/// A filter for the areas and schools whose figures are kept, so that a file of all England does not fill the memory.
package struct GeographyFilter: Sendable {
  /// The local authorities that are kept, or `nil` for all.
  private let localAuthorities: Set<String>?
  /// The URNs of the schools that are kept, or `nil` for all.
  private let urns: Set<String>?

  /// A filter that keeps every figure.
  package static let all = GeographyFilter(localAuthorities: nil, urns: nil)

  private init(localAuthorities: Set<String>?, urns: Set<String>?) {
    self.localAuthorities = localAuthorities
    self.urns = urns
  }

  /// Creates a filter that keeps England, the regions, these schools and their local authorities.
  package init(for schools: [School]) {
    localAuthorities = Set(schools.compactMap { $0.localAuthority?.folded })
    urns = Set(schools.compactMap(\.urn))
  }

  func includes(_ geography: Geography) -> Bool {
    switch geography.level {
    case .england, .region: true
    case .localAuthority:
      localAuthorities.map { kept in
        [geography.name, geography.code, geography.oldCode].contains { kept.contains($0.folded) }
      } ?? true
    case .school: urns?.contains(geography.code) ?? true
    }
  }
}

/// The layout of a file and a summary of its contents.
package struct BenchmarkFile: Hashable, Sendable {
  package let name: String
  package let layout: BenchmarkLayout
  /// The last day of the year to date, or `nil` if the trust file does not give it.
  package let to: Day?
  package internal(set) var rows = 0
  /// The number of percentages, including those that are not kept.
  package internal(set) var figures = 0
  /// The number of cells without a percentage, by symbol.
  package internal(set) var missing: [PublishedValue.Missing: Int] = [:]
  /// The number of rows that are not compared, by reason.
  package internal(set) var skippedRows: [String: Int] = [:]
  /// The breakdowns that are not in `measures.csv`, in the order of the file.
  package var unknownGroups: [String] { unknownGroupNames.elements }
  var unknownGroupNames: OrderedSet<String> = []
  package internal(set) var schoolYears: Set<SchoolYear> = []
  /// Indicates a year to date whose end neither the file nor the trust file gives.
  package internal(set) var hasYearToDateWithoutEnd = false

  init(name: String, layout: BenchmarkLayout, to: Day?) {
    self.name = name
    self.layout = layout
    self.to = to
  }

  /// Lines with the layout, and the numbers of rows and figures.
  package var summary: [String] {
    let years = schoolYears.sorted().map(\.name).joined(separator: ", ")
    let end = to.map { ", to \($0.formatted)" } ?? ""
    var lines = ["\(layout.label), \(years.isEmpty ? "of no school year" : years)\(end)"]
    let count = missing.values.reduce(0, +)
    let signs = PublishedValue.Missing.allCases.compactMap { sign in
      missing[sign].map { "\($0) \(sign.rawValue.isEmpty ? "empty" : sign.rawValue)" }
    }
    lines.append(
      "\(rows) rows, \(figures) figures"
        + (count > 0 ? ", \(count) without a value (\(signs.joined(separator: ", ")))" : ""))
    lines += skippedRows.sorted { $0.key < $1.key }.map { "skipped: \($0.value) rows of \($0.key)" }
    if !unknownGroups.isEmpty {
      let named = unknownGroups.prefix(8).joined(separator: "; ")
      let more = unknownGroups.count > 8 ? " and \(unknownGroups.count - 8) more" : ""
      lines.append("groups not compared: \(named)\(more)")
    }
    return lines
  }
}
