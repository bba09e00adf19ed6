import Comparators
import Exports
import OrderedCollections
import Registers
import StrictYAML

extension TrustFile {
  /// A file of DfE's figures, as the trust file lists it.
  struct ListedBenchmark: Hashable {
    let file: WorkspacePath
    /// The last day of the year to date in the file, or `nil` if the trust file does not give it.
    let to: Day?
  }

  /// Reads the files under `benchmarks`: paths and patterns, or mappings of `file` and `to`.
  static func benchmarks(
    _ value: YAMLValue?, workspace: Workspace
  ) throws(YAMLFailure) -> [ListedBenchmark] {
    guard let value else { return [] }
    var listed: OrderedDictionary<WorkspacePath, ListedBenchmark> = [:]
    for item in try value.sequence() {
      guard item.isMapping else {
        for file in try workspace.matches(of: item) where listed[file] == nil {
          listed[file] = ListedBenchmark(file: file, to: nil)
        }
        continue
      }
      let keys = try item.mapping(keys: ["file", "to"])
      guard let path = keys["file"] else { throw item.failure("a benchmark needs file") }
      let file = try workspace.file(path)
      guard listed[file] == nil else { throw path.failure("\(file.relative) is listed above") }
      listed[file] = ListedBenchmark(
        file: file, to: try keys["to"].map { value throws(YAMLFailure) in try value.day() })
    }
    return listed.values.elements
  }

  /// Reads the targets under `targets`.
  static func targets(_ value: YAMLValue?) throws(YAMLFailure) -> [Target] {
    guard let value else { return [] }
    var targets: [Target] = []
    for item in try value.sequence() {
      let keys = try item.mapping(keys: ["name", "phase", "measure", "value", "source"])
      guard let name = keys["name"], let measure = keys["measure"], let percentage = keys["value"] else {
        throw item.failure("a target needs name, measure and value")
      }
      let tenths = try percentage.tenths()
      guard 0...1000 ~= tenths else { throw percentage.failure("value must be from 0 to 100 per cent") }
      let target = Target(
        name: try name.string(), phase: try ListedSchool.phase(keys["phase"]),
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
    let text = try value.string()
    guard let measure = BenchmarkMeasure.named.first(where: { $0.key == text }) else {
      let known = BenchmarkMeasure.named.compactMap(\.key).joined(separator: ", ")
      throw value.failure("\"\(text)\" is not one of \(known)")
    }
    return measure
  }

  /// Checks that every URN under `similar_schools` is that of another school of the trust, and is listed once.
  static func checkSimilarSchools(_ list: YAMLValue, among schools: [ListedSchool]) throws(YAMLFailure) {
    for value in try list.sequence() {
      let keys = try value.mapping()
      guard let similar = keys["similar_schools"] else { continue }
      let ownURN = try keys["urn"]?.string()
      var seen: Set<String> = []
      for item in try similar.sequence() {
        let urn = try item.string()
        guard urn != ownURN else { throw item.failure("\(urn) is the school itself") }
        guard schools.contains(where: { $0.school.urn == urn }) else {
          throw item.failure("no school of this trust has the URN \(urn)")
        }
        guard seen.insert(urn).inserted else { throw item.failure("\(urn) is listed twice") }
      }
    }
  }
}

extension Benchmarks {
  /// Reads the files of DfE's figures that a trust file lists.
  ///
  /// - Throws: `RunFailure` if a file cannot be read, has an unknown layout, or has an invalid value.
  static func read(_ trust: TrustFile) throws(RunFailure) -> Benchmarks {
    let inputs = trust.benchmarks.map { listed in
      BenchmarkSource(InputFile(listed.file).source, to: listed.to)
    }
    do throws(ComparatorFailure) {
      return try read(
        inputs, filter: GeographyFilter(for: trust.schools.map(\.school)), halfTerms: trust.halfTerms)
    } catch { throw .benchmarks(error) }
  }
}
