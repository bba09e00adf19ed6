import Comparators
import Exports
import Registers
import StrictYAML

extension TrustFile {
  /// A file of DfE's figures as the trust file lists it.
  struct ListedBenchmark: Hashable {
    let file: WorkspacePath
    /// The last day its year to date covers. Missing: nil where the trust file gives none.
    let to: Day?
  }

  /// The files under `benchmarks`: paths and patterns, or mappings of `file` and `to`.
  static func benchmarks(
    _ value: YAMLValue?, workspace: Workspace
  ) throws(YAMLFailure) -> [ListedBenchmark] {
    guard let value else { return [] }
    var listed: [ListedBenchmark] = []
    for item in try value.sequence() {
      guard item.isMapping else {
        for file in try workspace.matches(of: item) where !listed.contains(where: { $0.file == file }) {
          listed.append(ListedBenchmark(file: file, to: nil))
        }
        continue
      }
      let keys = try item.mapping(keys: ["file", "to"])
      guard let written = keys["file"] else { throw item.failure("a benchmark needs file") }
      let file = try workspace.file(written)
      guard !listed.contains(where: { $0.file == file }) else {
        throw written.failure("\(file.relative) is listed above")
      }
      listed.append(
        ListedBenchmark(
          file: file, to: try keys["to"].map { value throws(YAMLFailure) in try value.day() }))
    }
    return listed
  }

  /// The aims under `targets`.
  static func targets(_ value: YAMLValue?) throws(YAMLFailure) -> [Target] {
    guard let value else { return [] }
    var targets: [Target] = []
    for item in try value.sequence() {
      let keys = try item.mapping(keys: ["name", "phase", "measure", "value", "source"])
      guard let name = keys["name"], let measure = keys["measure"], let aim = keys["value"] else {
        throw item.failure("a target needs name, measure and value")
      }
      let tenths = try aim.tenths()
      guard 0...1000 ~= tenths else { throw aim.failure("value must be from 0 to 100 per cent") }
      let target = Target(
        name: try name.string(), phase: try Entry.phase(keys["phase"]),
        measure: try self.measure(measure), tenthsOfPercent: tenths,
        source: try keys["source"]?.string())
      let isListed = targets.contains {
        $0.name == target.name && $0.phase == target.phase && $0.measure == target.measure
      }
      guard !isListed else {
        throw item.failure("\(target.name) is listed above for the same phase and measure")
      }
      targets.append(target)
    }
    return targets
  }

  private static func measure(_ value: YAMLValue) throws(YAMLFailure) -> BenchmarkMeasure {
    let written = try value.string()
    guard let measure = BenchmarkMeasure.named.first(where: { $0.key == written }) else {
      let known = BenchmarkMeasure.named.compactMap(\.key).joined(separator: ", ")
      throw value.failure("\"\(written)\" is none of \(known)")
    }
    return measure
  }

  /// Checks that every URN under `similar_schools` is that of another school of the trust, and stands once.
  static func checkSimilarSchools(_ schools: YAMLValue, entries: [Entry]) throws(YAMLFailure) {
    for value in try schools.sequence() {
      let keys = try value.mapping()
      guard let list = keys["similar_schools"] else { continue }
      let own = try keys["urn"]?.string()
      var seen: Set<String> = []
      for item in try list.sequence() {
        let urn = try item.string()
        guard urn != own else { throw item.failure("\(urn) is the school itself") }
        guard entries.contains(where: { $0.school.urn == urn }) else {
          throw item.failure("no school of this trust has the URN \(urn)")
        }
        guard seen.insert(urn).inserted else { throw item.failure("\(urn) is listed twice") }
      }
    }
  }
}

extension Benchmarks {
  /// What the files of the trust file hold for its schools.
  ///
  /// Throws: where one cannot be read, is none of DfE's, or holds a value that is none.
  static func read(_ trust: TrustFile) throws(RunFailure) -> Benchmarks {
    let inputs = trust.benchmarks.map { listed in
      BenchmarkSource(InputFile(listed.file).source, to: listed.to)
    }
    do throws(ComparatorFailure) {
      return try read(
        inputs, places: WantedPlaces(of: trust.schools.map(\.school)), halfTerms: trust.halfTerms)
    } catch { throw .benchmarks(error) }
  }
}
