import Foundation
import ReportModel

/// The data dictionary beside the CSV files, so that other programs load them with their types.
///
/// Source: Frictionless Data, Tabular Data Package.
package struct DataPackage: Encodable {
  let profile = "tabular-data-package"
  let name: String
  let title: String
  let resources: [Resource]

  package struct Resource: Encodable {
    let name: String
    let path: String
    let title: String
    let profile = "tabular-data-resource"
    let format = "csv"
    let mediatype = "text/csv"
    let encoding = "utf-8"
    let schema: Schema
  }

  struct Schema: Encodable {
    let fields: [Field]
    let missingValues: [String]
  }

  struct Field: Encodable {
    let name: String
    let type: String
    let description: String
    /// The values for true and false, or `nil` for other types.
    var trueValues: [String]?
    var falseValues: [String]?
  }

  package static let fileName = "datapackage.json"
  package init(_ name: String, title: String, resources: [Resource]) {
    self.name = name
    self.title = title
    self.resources = resources
  }

  /// The dictionary of the data files of `share/`.
  package static func board(trust: String) -> DataPackage {
    DataPackage("board", title: trust, resources: [Resource(FiguresData.file)])
  }

  /// The dictionary of the data files of `restricted/`.
  package static func restricted(trust: String) -> DataPackage {
    DataPackage(
      "restricted", title: trust,
      resources: [
        Resource(MeasuresData.file), Resource(CodesData.file), Resource(PupilsData.file),
        Resource(CaseMixData.file), Resource(FindingsData.file),
      ])
  }

  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0A]
  }
}

extension DataPackage.Resource {
  /// The dictionary of a file, from its columns.
  init<Row>(_ file: DataFile<Row>) {
    self.init(
      name: String(file.name.prefix { $0 != "." }), path: file.name, title: file.title,
      schema: DataPackage.Schema(
        fields: file.columns.map { DataPackage.Field($0.heading) }, missingValues: ["", "c"]))
  }
}

extension DataPackage.Field {
  init(_ column: Table.Column) {
    name = column.id
    description = column.meaning
    type =
      switch column.unit {
      case .text, .day: "string"
      case .number: "integer"
      case .percent, .decimal: "number"
      case .flag: "boolean"
      }
    (trueValues, falseValues) = column.unit == .flag ? (["1"], ["0"]) : (nil, nil)
  }
}
