import Tabular
import Foundation
import TestSupport
import Testing

@testable import Comparators

/// Messages about files that cannot be read, with the file, the row and the remedy.
@Suite struct RefusedFileTests {
  static let head = "time_period,geographic_level,region_name,la_name,education_phase,overall_absence_perc\n"

  @Test(arguments: [
    ("", "made.csv: the file is empty"),
    ("\u{FEFF}", "made.csv: the file is empty"),
    ("\n\n", "made.csv: the file is empty"),
    (
      "a,b\n1,2\n",
      "made.csv: the file is not one of the DfE files that Halfterm reads; its columns are a, b."
    ),
    (
      "UPN,Date,Mark\n1,2025-09-08,/\n",
      "made.csv: the file is not one of the DfE files that Halfterm reads; its columns are UPN, Date, Mark."
    ),
    ("{\"a\": 1}", "made.csv: looks like another kind of file"),
    (
      "time_period,overall_absence_perc\n202526,5\n",
      "read as Pupil attendance in schools, but without the columns geographic_level, region_name, la_name, "
        + "education_phase; found time_period, overall_absence_perc."
    ),
    (
      head + "202526,National,,,Primary,5,1\n",
      "made.csv: row 2: the row has 7 fields, where there are 6 columns"
    ),
    (head + "202526,National,,,Primary,\"5\n", "made.csv: row 2: a quotation mark opens and does not close"),
    (
      head + "202526,National,,,Primary,4\n202526,National,,,Secondary,5.1%\n",
      "made.csv:3: overall_absence_perc must be a percentage from 0 to 100, or a sign such as c, but is \"5.1%\""
    ),
    (head + "202526,National,,,Primary,-1\n", "but is \"-1\""),
    (head + "202526,National,,,Primary,100.1\n", "but is \"100.1\""),
    (head + "202526,National,,,Primary,1e999\n", "but is \"1e999\""),
    (head + "202526,National,,,Primary,nan\n", "but is \"nan\""),
    (head + "202527,National,,,Primary,5\n", "made.csv:2: time_period must be a school year such as 202526"),
    (
      head + "202526,National,,,Primary,5\n202526,National,,,Primary,6\n",
      "made.csv:3: overall_absence_perc differs from row 2 for the same figure."
    ),
    (
      head.replacingOccurrences(of: "la_name", with: "region_name,la_name"),
      "made.csv: two columns are called \"region_name\""
    ),
  ])
  func `an error is reported with its position`(text: String, message: String) throws {
    let result = Published.message { _ = try Published.read(text) }
    #expect(result.contains(message), "\(result)")
  }

  static let figureHead =
    "series,time_period,period,education_phase,breakdown_topic,breakdown,measure,value,status,source\n"

  @Test(arguments: [
    (
      "Something else,202526,Spring 1,Primary,Total,Total,sess_overall_percent,5,,",
      "made.csv:2: series must be"
    ),
    (
      "Pupil attendance in schools,202526,\"Year to date, to 31 June 2026\",Primary,Total,Total,sess_overall_percent,5,,",
      "made.csv:2: period must be a period such as Spring 1"
    ),
    (
      "Pupil attendance in schools,202526,Spring 1,Primary,Total,Total,sess_overall_percent,five,,",
      "made.csv:2: value must be"
    ),
  ])
  func `a figure that is not valid is reported with its row`(row: String, message: String) throws {
    let result = Published.message { _ = try Published.read(Self.figureHead + row + "\n") }
    #expect(result.contains(message), "\(result)")
  }

  @Test func `ten thousand columns are refused`() {
    let names = (0..<10_000).map { "c\($0)" }.joined(separator: ",")
    let result = Published.message { _ = try Published.read(names + "\n") }
    #expect(result.contains("row 1: the row has more than 4096 columns"), "\(result.prefix(200))")
  }

  @Test func `a message lists only the first of many columns`() {
    let names = (0..<900).map { "c\($0)" }.joined(separator: ",")
    let result = Published.message { _ = try Published.read(names + "\n") }
    #expect(result.contains("c19 and 880 more") && result.utf8.count < 600)
  }

  /// Randomly altered bytes must not crash the program.
  @Test(arguments: 0..<60 as Range<UInt64>) func `altered bytes are read or refused`(seed: UInt64) throws {
    var random = Seeded(seed)
    let names = LayoutTests.files
    var bytes = Array(try Published.bytes(names[Int(seed) % names.count]).prefix(8_000))
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      default: bytes.insert(contentsOf: Array("\",\n1e5".utf8), at: place)
      }
    }
    do {
      let read = try Benchmarks.read([BenchmarkSource(Published.file(bytes, atMost: 977))], filter: .all)
      #expect(read.all.count <= bytes.count, "seed \(seed)")
    } catch { #expect(!"\(error)".isEmpty, "seed \(seed)") }
  }
}
