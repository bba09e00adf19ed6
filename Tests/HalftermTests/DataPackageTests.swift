import Foundation
import TestSupport
import Testing

/// The data dictionary agrees with every file beside it.
@Suite struct DataPackageTests {
  struct Package: Decodable {
    let resources: [Resource]

    struct Resource: Decodable {
      let path: String
      let schema: Schema
    }

    struct Schema: Decodable {
      let fields: [Field]
      let missingValues: [String]
    }

    struct Field: Decodable {
      let name: String
      let type: String
      let description: String
    }
  }

  @Test(arguments: [
    ("share", ["figures.csv"]),
    ("restricted", ["measures.csv", "codes.csv", "pupils.csv", "intake.csv", "findings.csv"]),
  ])
  func `every column is described with its type`(part: String, paths: [String]) throws {
    let scratch = try Scratch()
    let packs = scratch.path + "/packs"
    #expect(try Program.run("build", Program.sample, "--output", packs, "--quiet").status == 1)
    let package = try JSONDecoder().decode(
      Package.self, from: try scratch.bytes("packs/\(part)/data/datapackage.json"))
    #expect(package.resources.map(\.path) == paths)
    for resource in package.resources {
      let lines = try scratch.text("packs/\(part)/data/\(resource.path)").split(separator: "\n")
      let fields = resource.schema.fields
      #expect(lines[0].split(separator: ",").map(String.init) == fields.map(\.name), "\(resource.path)")
      for field in fields { #expect(!field.description.isEmpty, "\(field.name)") }
      // Text with commas is quoted; those rows are left to the types of the others.
      for line in lines.dropFirst() where !line.contains("\"") {
        let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        for (value, field) in zip(values, fields) where !resource.schema.missingValues.contains(value) {
          #expect(Self.isOf(field.type, value), "\(resource.path) \(field.name): \(value)")
        }
      }
    }
  }

  private static func isOf(_ type: String, _ value: String) -> Bool {
    switch type {
    case "integer": Int(value) != nil
    case "number": Double(value) != nil
    case "boolean": value == "0" || value == "1"
    default: type == "string"
    }
  }
}
