import Tabular
import Registers

/// What the figures of a row are of, before their measure.
struct RowHead: Hashable {
  var series: Benchmark.Series
  var schoolYear: SchoolYear
  var period: BenchmarkPeriod
  var phase: BenchmarkPhase
  var geography: Geography
  var group: BenchmarkGroup

  /// Columns beyond the required ones that are looked at.
  static let columns =
    [
      "time_identifier", "geographic_level", "region_name", "la_name", "region_code", "new_la_code",
      "old_la_code", "school_urn", "school_name",
      "breakdown_topic", "breakdown", "characteristic", "characteristic_breakdown",
    ] + filters.map(\.column)

  /// Columns that part the pupils further, with the topic their values belong to.
  private static let filters = [
    (column: "sex", topic: "Sex"), (column: "fsm", topic: "FSM"),
    (column: "ethnicity_minor", topic: "Minor ethnic groups"),
  ]

  /// A row, or why nothing is compared with it.
  enum Reading {
    case row(RowHead)
    case passedOver(String)
  }

  static func read(
    _ table: borrowing TextTable, _ columns: BenchmarkColumns, to: Day?
  ) throws(ComparatorFailure) -> Reading {
    let cells = RowCells(columns: columns, row: table.row, texts: columns.headTexts(table))
    let timeIdentifier = cells["time_identifier"]
    if timeIdentifier.lowercased().hasPrefix("week") { return .passedOver("single weeks") }
    guard let geography = cells.geography else {
      return .passedOver("the level \"\(cells["geographic_level"])\"")
    }
    return .row(
      RowHead(
        series: try cells.series(), schoolYear: try cells.schoolYear(), period: try cells.period(to: to),
        phase: BenchmarkPhase(published: cells.first(of: BenchmarkLayout.phaseColumns)),
        geography: geography, group: cells.group))
  }

  /// The pupils a row is about: its topic and breakdown, or the filters that are not "Total".
  fileprivate static func filtered(_ cells: RowCells) -> [BenchmarkGroup] {
    filters.compactMap { filter in
      let value = cells[filter.column]
      return value.isEmpty || value.folded == "total"
        ? nil : BenchmarkGroup(topic: filter.topic, breakdown: value)
    }
  }
}

/// The cells a row's head is made of, by the names of their columns.
private struct RowCells {
  let columns: BenchmarkColumns
  let row: Int
  let texts: [String: String]

  /// Missing: empty where the file has no such column.
  subscript(_ column: String) -> String { texts[column] ?? "" }

  func first(of names: [String]) -> String { names.lazy.compactMap { texts[$0] }.first ?? "" }

  func bad(_ column: String, _ wanted: String) -> ComparatorFailure {
    .badValue(file: columns.file, row: row, column: column, written: self[column], wanted: wanted)
  }

  func series() throws(ComparatorFailure) -> Benchmark.Series {
    if let series = columns.layout.series { return series }
    guard let series = Benchmark.Series(published: self["series"]) else {
      throw bad("series", "the name of one of DfE's publications")
    }
    return series
  }

  func schoolYear() throws(ComparatorFailure) -> SchoolYear {
    guard let year = SchoolYear(published: self["time_period"]) else {
      throw bad("time_period", "a school year such as 202526")
    }
    return year
  }

  func period(to: Day?) throws(ComparatorFailure) -> BenchmarkPeriod {
    if columns.layout == .oneFigureARow {
      guard let period = BenchmarkPeriod(published: self["period"]) else {
        throw bad("period", "a period such as Spring 1, or Year to date, to 10 July 2026")
      }
      return period
    }
    let identifier = self["time_identifier"]
    let isWhole = identifier.isEmpty || identifier.folded == "academicyear"
    guard isWhole else { return .other(identifier) }
    guard columns.layout == .attendance else { return .wholeYear }
    return .yearToDate(to.map(BenchmarkPeriod.End.day) ?? .unknown)
  }

  /// Missing: nil for a level that nothing is compared with.
  var geography: Geography? {
    guard columns.place(["geographic_level"]) != nil else { return .england }
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

  var group: BenchmarkGroup {
    if columns.layout == .socialCare {
      return BenchmarkGroup(topic: "Social care group", breakdown: self["social_care_group"])
    }
    let breakdown = first(of: ["breakdown", "characteristic_breakdown"])
    let topic = first(of: ["breakdown_topic", "characteristic"])
    var groups = RowHead.filtered(self)
    let isTotal = topic.isEmpty || (topic.folded == "total" && ["", "total"].contains(breakdown.folded))
    if !isTotal { groups.append(BenchmarkGroup(topic: topic, breakdown: breakdown)) }
    guard groups.count > 1 else { return groups.first ?? .total }
    return BenchmarkGroup(
      topic: groups.map(\.topic).joined(separator: " and "),
      breakdown: groups.map(\.breakdown).joined(separator: ", "))
  }
}
