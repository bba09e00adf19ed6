import Registers

/// Everything that was read of DfE's files, in the order of the trust file and of their rows.
package struct Benchmarks: Sendable {
  package let all: [Benchmark]
  package let files: [BenchmarkFile]
  /// The half-terms of the trust file. Missing: empty where it has none.
  package let halfTerms: [HalfTerm]
  let bySeries: [Benchmark.Series: [Benchmark]]

  /// No file: nothing has a comparator.
  package static let none = Benchmarks([], files: [], halfTerms: [])

  init(_ all: [Benchmark], files: [BenchmarkFile], halfTerms: [HalfTerm]) {
    self.all = all
    self.files = files
    self.halfTerms = halfTerms
    bySeries = Dictionary(grouping: all, by: \.series)
  }

  /// What the files hold for these places.
  ///
  /// Throws: where a file cannot be read, is none of DfE's, or holds a value that is none.
  package static func read(
    _ sources: [BenchmarkSource], places: WantedPlaces, halfTerms: [HalfTerm] = []
  ) throws(ComparatorFailure) -> Benchmarks {
    var benchmarks: [Benchmark] = []
    var files: [BenchmarkFile] = []
    for source in sources {
      let read = try BenchmarkReader.read(source, places: places)
      files.append(read.file)
      benchmarks += read.benchmarks
    }
    return Benchmarks(benchmarks, files: files, halfTerms: halfTerms)
  }

  /// What to know of the files before the packs are read, in sentences: years to date without an end, and local
  /// authorities of schools that no file knows.
  package func findings(of schools: [School]) -> [String] {
    let ends = files.filter(\.lacksEnd).map { ComparatorUnavailable.noEnd(file: $0.name).description }
    let places = Set(all.map(\.geography)).filter { $0.level == .localAuthority }
    let unknown = Set(schools.compactMap(\.localAuthority)).sorted().filter { name in
      !places.contains { $0.isLocalAuthority(name) }
    }
    let holdLocalAuthorities = files.contains { $0.layout != .oneFigureARow }
    return
      (ends
      + (holdLocalAuthorities
        ? unknown.map { ComparatorUnavailable.unknownLocalAuthority($0).description } : []))
      .map { "\($0)." }
  }
}
