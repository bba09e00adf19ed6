import FoundationXML
import Measures
import Registers
import ReportModel
import TestSupport
import Testing

@testable import Workbooks

@Suite struct NameTests {
  @Test(
    arguments: [
      ("Attendance", "Attendance"), ("Persistent absence: who", "Persistent absence who"),
      ("Attendance by year group and week of the term", "Attendance by year group"),
      ("Marks [N] not resolved/late?", "Marks N not resolved late"), ("History", "History table"),
      ("Q1", "Q1 table"), ("RC", "RC table"), ("Pupils' days", "Pupils days"), ("", "Table"),
      ("///", "Table"),
      ("Attendance by year group, each with its own week", "Attendance by year group"),
    ])
  func `a sheet is named after its title`(title: String, name: String) {
    var names = UniqueNames()
    #expect(names.sheet([title, String(title.prefix { $0 != "," })]) == name)
  }

  @Test(
    arguments: [
      ("Absence_by_year", "Absence_by_year"), ("ABC123", "Table_ABC123"), ("R1C1", "Table_R1C1"),
      ("c", "Table_c"), ("2025_rates", "Table_2025_rates"), ("A b-c", "A_b_c"), ("", "Table_"),
    ])
  func `a table keeps its name if Excel allows it`(wish: String, name: String) {
    var names = UniqueNames()
    #expect(names.table(wish) == name)
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `any titles give sheet and table names that Excel allows`(seed: UInt64) throws {
    var random = Seeded(seed)
    let letters = Array("aAbBéß 1_[]:*?/\\'\"&<>,.\n😀\u{1}\u{FFFE}")
    let tables = (0..<40).map { _ in
      let title = String(
        (0..<Int.random(in: 0...50, using: &random)).compactMap { _ in letters.randomElement(using: &random) }
      )
      return Table(title, title: title, columns: [Table.Column("A", .text)], rows: [[.text("x")]])
    }
    let book = try SampleReports.report(tables: tables).written()
    let sheets = book.sheets.map(\.name)
    #expect(sheets.count == tables.count + 4)
    #expect(Set(sheets.map { $0.lowercased() }).count == sheets.count)
    for name in sheets {
      #expect((1...31).contains(name.utf16.count), "\(seed): \(name)")
      #expect(
        !name.contains { "[]:*?/\\'".contains($0) } && name.lowercased() != "history", "\(seed): \(name)")
    }
    let names = try book.tables.map { $0["name"] }
    #expect(names.count == tables.count + 3)
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
    for name in names {
      #expect(name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*_[A-Za-z0-9_]*/) != nil, "\(seed): \(name)")
    }
  }

  @Test func `headers have text and are unique`() throws {
    let table = Table(
      "Marks_by_half", title: "Marks",
      columns: ["Pupil", "Late", " late ", "", "Two\nlines"].map { Table.Column($0, .text) },
      rows: [["a", "b", "c", "d", "e"].map(Cell.text)])
    let book = try SampleReports.report(tables: [table]).written()
    let headers = ["Pupil", "Late", "late (2)", "Column 4", "Two lines"]
    #expect(try book.sheet("Marks").rows.suffix(2).first == headers)
    let columns = try #require(try book.tables.first { $0["name"] == "Marks_by_half" })
      .nodes(forXPath: ".//*[local-name()='tableColumn']/@name").compactMap(\.stringValue)
    #expect(columns == headers)
  }
}
