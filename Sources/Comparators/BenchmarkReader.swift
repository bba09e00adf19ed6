import Measures
import OrderedCollections
import Registers
import Tabular

/// Reads a file of published figures.
struct BenchmarkReader {
  private(set) var file: BenchmarkFile
  private(set) var benchmarks: [Benchmark] = []
  private let columns: BenchmarkColumns
  private let filter: GeographyFilter
  /// The row and the value of each figure, for detecting a second row with another value.
  private var figures: [Key: (row: Int, value: PublishedValue)] = [:]

  /// The key of a figure; two percentages with the same key are the same figure.
  private struct Key: Hashable {
    let row: RowKey
    let measure: BenchmarkMeasure
  }

  private init(_ source: BenchmarkSource, columns: BenchmarkColumns, filter: GeographyFilter) {
    file = BenchmarkFile(name: source.file.name, layout: columns.layout, to: source.to)
    self.columns = columns
    self.filter = filter
  }

  /// Reads the figures of a file that pass a filter.
  ///
  /// - Throws: `ComparatorFailure` if the file cannot be read, has an unknown layout, or has an invalid value.
  static func read(
    _ source: BenchmarkSource, filter: GeographyFilter
  ) throws(ComparatorFailure) -> (file: BenchmarkFile, benchmarks: [Benchmark]) {
    var table = try open(source.file)
    var reader = BenchmarkReader(
      source, columns: try BenchmarkColumns(table.columns, file: source.file.name), filter: filter)
    while try advance(&table) { try reader.read(table) }
    return (reader.file, reader.benchmarks)
  }

  private static func open(_ file: SourceFile) throws(ComparatorFailure) -> TextTable {
    do throws(TableFailure) { return try TextTable(file) } catch { throw .file(error) }
  }

  private static func advance(_ table: inout TextTable) throws(ComparatorFailure) -> Bool {
    do throws(TableFailure) { return try table.next() } catch { throw .file(error) }
  }

  private mutating func read(_ table: borrowing TextTable) throws(ComparatorFailure) {
    file.rows += 1
    let key: RowKey
    switch try RowKey.read(table, columns, to: file.to) {
    case .skipped(let reason):
      file.skippedRows[reason, default: 0] += 1
      return
    case .row(let row): key = row
    }
    note(key)
    guard columns.layout != .oneFigureARow else { return try readFigure(of: key, table) }
    for percentage in columns.percentages {
      let column = percentage.columns.column
      let value = try value(table.text(percentage.index), column: column, row: table.row)
      let counts = try percentage.counts.flatMap { counts throws(ComparatorFailure) in
        try rate(
          table.text(counts.numerator), of: table.text(counts.denominator),
          column: percentage.columns.numerator, row: table.row)
      }
      try add(key, percentage.columns.measure, value, counts, row: table.row, column: column)
    }
  }

  private mutating func readFigure(
    of key: RowKey, _ table: borrowing TextTable
  ) throws(ComparatorFailure) {
    let texts = columns.keyTexts(table)
    let name = texts["measure"] ?? ""
    guard let measure = BenchmarkMeasure(published: name, group: key.group) else {
      file.skippedRows["the measure \"\(name)\"", default: 0] += 1
      return
    }
    var key = key
    // The breakdown of a code is the code, so its figure is about all pupils.
    if case .code = measure { key.group = .total }
    let value = try value(texts["value"] ?? "", column: "value", row: table.row)
    try add(
      key, measure, value, nil, row: table.row, column: "value", status: texts["status"] ?? "",
      source: texts["source"])
  }

  /// Adds the year and the group of a row to the summary of the file.
  private mutating func note(_ key: RowKey) {
    file.schoolYears.insert(key.schoolYear)
    if key.period == .yearToDate(.unknown) { file.hasYearToDateWithoutEnd = true }
    if key.group.group == nil, key.group.topic.folded != "code" {
      file.unknownGroupNames.append("\(key.group.topic): \(key.group.breakdown)")
    }
  }

  private mutating func add(
    _ rowKey: RowKey, _ measure: BenchmarkMeasure, _ value: PublishedValue, _ counts: Rate?, row: Int,
    column: String, status: String = "", source: String? = nil
  ) throws(ComparatorFailure) {
    switch value {
    case .number: file.figures += 1
    case .missing(let sign): file.missing[sign, default: 0] += 1
    }
    guard filter.includes(rowKey.geography) else { return }
    let key = Key(row: rowKey, measure: measure)
    if let before = figures[key] {
      guard before.value == value else {
        throw .contradiction(file: file.name, row: row, other: before.row, column: column)
      }
      return
    }
    figures[key] = (row, value)
    benchmarks.append(
      Benchmark(
        series: rowKey.series, schoolYear: rowKey.schoolYear, period: rowKey.period, phase: rowKey.phase,
        geography: rowKey.geography, group: rowKey.group, measure: measure, value: value, counts: counts,
        status: status, source: source ?? rowKey.series.publication, file: file.name, row: row))
  }

  private func value(
    _ text: String, column: String, row: Int
  ) throws(ComparatorFailure) -> PublishedValue {
    guard let value = PublishedValue(text), value.number?.isPercentage ?? true else {
      throw .badValue(
        file: file.name, row: row, column: column, text: text,
        expected: "a percentage from 0 to 100, or a sign such as c")
    }
    return value
  }

  /// Returns the counts behind a percentage, or `nil` if one is missing, or an estimate with decimals.
  private func rate(
    _ numerator: String, of denominator: String, column: String, row: Int
  ) throws(ComparatorFailure) -> Rate? {
    guard let part = PublishedValue(numerator), let whole = PublishedValue(denominator) else {
      throw .badValue(
        file: file.name, row: row, column: column, text: "\(numerator) of \(denominator)",
        expected: "a count, or a sign such as c")
    }
    guard let part = part.number?.integer, let whole = whole.number?.integer, part <= whole else {
      return nil
    }
    return Rate(part, of: whole)
  }
}

/// The subject of all figures in a row, without their measure.
struct RowKey: Hashable {
  var series: Benchmark.Series
  var schoolYear: SchoolYear
  var period: BenchmarkPeriod
  var phase: BenchmarkPhase
  var geography: Geography
  var group: BenchmarkGroup

  /// Columns that are read if the file has them.
  static let optionalColumns =
    [
      "time_identifier", "geographic_level", "region_name", "la_name", "region_code", "new_la_code",
      "old_la_code", "school_urn", "school_name",
      "breakdown_topic", "breakdown", "characteristic", "characteristic_breakdown",
    ] + filters.map(\.column)

  /// Columns that divide the pupils further, with the topics of their values.
  private static let filters = [
    (column: "sex", topic: "Sex"), (column: "fsm", topic: "FSM"),
    (column: "ethnicity_minor", topic: "Minor ethnic groups"),
  ]

  /// A row, or the reason why its figures are not compared.
  enum Result {
    case row(RowKey)
    case skipped(String)
  }

  static func read(
    _ table: borrowing TextTable, _ columns: BenchmarkColumns, to: Day?
  ) throws(ComparatorFailure) -> Result {
    let cells = RowCells(columns: columns, row: table.row, texts: columns.keyTexts(table))
    let timeIdentifier = cells["time_identifier"]
    if timeIdentifier.lowercased().hasPrefix("week") { return .skipped("single weeks") }
    guard let geography = cells.geography else {
      return .skipped("the level \"\(cells["geographic_level"])\"")
    }
    return .row(
      RowKey(
        series: try cells.series(), schoolYear: try cells.schoolYear(), period: try cells.period(to: to),
        phase: BenchmarkPhase(published: cells.first(of: BenchmarkLayout.phaseColumns)),
        geography: geography, group: cells.group))
  }

  /// Returns the group of each filter that is not "Total".
  fileprivate static func filteredGroups(_ cells: RowCells) -> [BenchmarkGroup] {
    filters.compactMap { filter in
      let value = cells[filter.column]
      return value.isEmpty || value.folded == "total"
        ? nil : BenchmarkGroup(topic: filter.topic, breakdown: value)
    }
  }
}

/// The cells that identify a row, by the names of their columns.
private struct RowCells {
  let columns: BenchmarkColumns
  let row: Int
  let texts: [String: String]

  /// The text in a column, or an empty text if the file does not have the column.
  subscript(_ column: String) -> String { texts[column] ?? "" }

  func first(of names: [String]) -> String { names.lazy.compactMap { texts[$0] }.first ?? "" }

  func badValue(_ column: String, expected: String) -> ComparatorFailure {
    .badValue(file: columns.file, row: row, column: column, text: self[column], expected: expected)
  }

  func series() throws(ComparatorFailure) -> Benchmark.Series {
    if let series = columns.layout.series { return series }
    guard let series = Benchmark.Series(published: self["series"]) else {
      throw badValue("series", expected: "the name of one of DfE's publications")
    }
    return series
  }

  func schoolYear() throws(ComparatorFailure) -> SchoolYear {
    guard let year = SchoolYear(published: self["time_period"]) else {
      throw badValue("time_period", expected: "a school year such as 202526")
    }
    return year
  }

  func period(to: Day?) throws(ComparatorFailure) -> BenchmarkPeriod {
    if columns.layout == .oneFigureARow {
      guard let period = BenchmarkPeriod(published: self["period"]) else {
        throw badValue("period", expected: "a period such as Spring 1, or Year to date, to 10 July 2026")
      }
      return period
    }
    let identifier = self["time_identifier"]
    let isYear = identifier.isEmpty || identifier.folded == "academicyear"
    guard isYear else { return .other(identifier) }
    guard columns.layout == .attendance else { return .wholeYear }
    return .yearToDate(to.map(BenchmarkPeriod.End.day) ?? .unknown)
  }

  /// The area or school, or `nil` for a level that is not compared.
  var geography: Geography? {
    guard columns.contains("geographic_level") else { return .england }
    let level = self["geographic_level"].folded
    return switch Geography.Level.allCases.first(where: { $0.rawValue.folded == level }) {
    case .england: .england
    case .region: Geography(.region, name: self["region_name"], code: self["region_code"])
    case .localAuthority:
      Geography(
        .localAuthority, name: self["la_name"], code: self["new_la_code"], oldCode: self["old_la_code"],
        region: self["region_name"])
    case .school: Geography(.school, name: self["school_name"], code: self["school_urn"])
    case nil: nil
    }
  }

  /// The pupils of the row.
  var group: BenchmarkGroup {
    if columns.layout == .socialCare {
      return BenchmarkGroup(topic: "Social care group", breakdown: self["social_care_group"])
    }
    let breakdown = first(of: ["breakdown", "characteristic_breakdown"])
    let topic = first(of: ["breakdown_topic", "characteristic"])
    var groups = RowKey.filteredGroups(self)
    let isTotal = topic.isEmpty || (topic.folded == "total" && ["", "total"].contains(breakdown.folded))
    if !isTotal { groups.append(BenchmarkGroup(topic: topic, breakdown: breakdown)) }
    guard groups.count > 1 else { return groups.first ?? .total }
    return BenchmarkGroup(
      topic: groups.map(\.topic).joined(separator: " and "),
      breakdown: groups.map(\.breakdown).joined(separator: ", "))
  }
}
