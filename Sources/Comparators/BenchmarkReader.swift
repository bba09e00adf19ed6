import Tabular
import Measures
import Registers

/// Reads one file of published figures.
struct BenchmarkReader {
  private(set) var file: BenchmarkFile
  private(set) var benchmarks: [Benchmark] = []
  private let columns: BenchmarkColumns
  private let places: WantedPlaces
  /// Where each figure stands that was read, so that a second with another value is noticed.
  private var seen: [Key: (row: Int, value: PublishedValue)] = [:]

  private var unknownGroups: Set<String> = []

  /// What makes two percentages the same figure.
  private struct Key: Hashable {
    let head: RowHead
    let measure: BenchmarkMeasure
  }

  private init(_ source: BenchmarkSource, columns: BenchmarkColumns, places: WantedPlaces) {
    file = BenchmarkFile(name: source.file.name, layout: columns.layout, to: source.to)
    self.columns = columns
    self.places = places
  }

  /// Throws: where the file cannot be read, is none of DfE's, or holds a value that is none.
  static func read(
    _ source: BenchmarkSource, places: WantedPlaces
  ) throws(ComparatorFailure) -> (file: BenchmarkFile, benchmarks: [Benchmark]) {
    var table = try opened(source.file)
    var reader = BenchmarkReader(
      source, columns: try BenchmarkColumns(table.columns, file: source.file.name), places: places)
    while try moved(&table) { try reader.read(table) }
    return (reader.file, reader.benchmarks)
  }

  private static func opened(_ file: SourceFile) throws(ComparatorFailure) -> TextTable {
    do throws(TableFailure) { return try TextTable(file) } catch { throw .file(error) }
  }

  private static func moved(_ table: inout TextTable) throws(ComparatorFailure) -> Bool {
    do throws(TableFailure) { return try table.next() } catch { throw .file(error) }
  }

  private mutating func read(_ table: borrowing TextTable) throws(ComparatorFailure) {
    file.rows += 1
    let head: RowHead
    switch try RowHead.read(table, columns, to: file.to) {
    case .passedOver(let why):
      file.passedOver[why, default: 0] += 1
      return
    case .row(let row): head = row
    }
    note(head)
    guard columns.layout != .oneFigureARow else { return try readFigure(of: head, table) }
    for place in columns.percentages {
      let column = place.percentage.column
      let value = try value(table.text(place.column), column: column, row: table.row)
      let counts = try place.counts.flatMap { counts throws(ComparatorFailure) in
        try rate(
          table.text(counts.part), of: table.text(counts.whole), column: place.percentage.part, row: table.row
        )
      }
      try add(head, place.percentage.measure, value, counts, row: table.row, column: column)
    }
  }

  private mutating func readFigure(
    of head: RowHead, _ table: borrowing TextTable
  ) throws(ComparatorFailure) {
    let texts = columns.headTexts(table)
    let name = texts["measure"] ?? ""
    guard let measure = BenchmarkMeasure(published: name, group: head.group) else {
      file.passedOver["the measure \"\(name)\"", default: 0] += 1
      return
    }
    var head = head
    if case .code = measure { head.group = .total }
    let value = try value(texts["value"] ?? "", column: "value", row: table.row)
    try add(
      head, measure, value, nil, row: table.row, column: "value", status: texts["status"] ?? "",
      source: texts["source"])
  }

  /// Notes what a row tells of the file.
  private mutating func note(_ head: RowHead) {
    file.schoolYears.insert(head.schoolYear)
    if head.period == .yearToDate(.unknown) { file.lacksEnd = true }
    if head.group.group == nil, head.group.topic.folded != "code" {
      let name = "\(head.group.topic): \(head.group.breakdown)"
      if unknownGroups.insert(name).inserted { file.unknownGroups.append(name) }
    }
  }

  private mutating func add(
    _ head: RowHead, _ measure: BenchmarkMeasure, _ value: PublishedValue, _ counts: Rate?, row: Int,
    column: String, status: String = "", source: String? = nil
  ) throws(ComparatorFailure) {
    switch value {
    case .number: file.figures += 1
    case .missing(let sign): file.missing[sign, default: 0] += 1
    }
    guard places.keeps(head.geography) else { return }
    let key = Key(head: head, measure: measure)
    if let before = seen[key] {
      guard before.value == value else {
        throw .contradiction(file: file.name, row: row, other: before.row, column: column)
      }
      return
    }
    seen[key] = (row, value)
    benchmarks.append(
      Benchmark(
        series: head.series, schoolYear: head.schoolYear, period: head.period, phase: head.phase,
        geography: head.geography, group: head.group, measure: measure, value: value, counts: counts,
        status: status, source: source ?? head.series.publication, file: file.name, row: row))
  }

  private func value(
    _ text: String, column: String, row: Int
  ) throws(ComparatorFailure) -> PublishedValue {
    guard let value = PublishedValue(text), value.number?.isPercentage ?? true else {
      throw .badValue(
        file: file.name, row: row, column: column, written: text,
        wanted: "a percentage from 0 to 100, or a sign such as c")
    }
    return value
  }

  /// Missing: nil where a count is missing, or an estimate with decimals.
  private func rate(
    _ part: String, of whole: String, column: String, row: Int
  ) throws(ComparatorFailure) -> Rate? {
    guard let part = PublishedValue(part), let whole = PublishedValue(whole) else {
      throw .badValue(
        file: file.name, row: row, column: column, written: "\(part) of \(whole)",
        wanted: "a count, or a sign such as c")
    }
    guard let part = part.number?.whole, let whole = whole.number?.whole, part <= whole else { return nil }
    return Rate(part, of: whole)
  }
}
