import Registers
import Testing

@Suite struct CodeTableTests {
  /// Source: the code table of the 2024 regulations as data, `codes.csv` beside this file.
  static let rows: [[String]] = String(decoding: PackageResources.codes_csv, as: UTF8.self)
    .split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

  @Test func `the table has every code once`() {
    #expect(Self.rows.map { $0[0] }.sorted() == AttendanceCode.allCases.map(\.mark).sorted())
  }

  @Test(arguments: rows) func `a code counts as the table says`(row: [String]) throws {
    let code = try #require(AttendanceCode(mark: row[0]))
    #expect(code.meaning == row[1])
    #expect(code.statisticalClass.rawValue == row[3])
    #expect(CodeSet.possible.contains(code) == (row[4] == "yes"))
    #expect(CodeSet.absence.contains(code) == (row[5] == "yes"))
    #expect(code.validFrom?.iso ?? "" == row[6])
    #expect(code.validTo?.iso ?? "" == row[7])
  }

  @Test func `a subcode is not a code`() {
    #expect(AttendanceCode(mark: "Y01") == nil)
    #expect(AttendanceCode(mark: "c") == nil)
  }
}
