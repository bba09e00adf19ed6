import Glibc
import Registers

@testable import Exports
@testable import Tabular

/// Reads each of libFuzzer's inputs to its end, or refuses it, with the reader named by the environment.
@_cdecl("LLVMFuzzerTestOneInput")
package func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do throws(TableFailure) { try Target.chosen.read(bytes) } catch { _ = error.description }
  return 0
}

private enum Target: String {
  case csv, json, xml
  case workbook
  /// A worksheet's XML without a zip file around it.
  case sheet
  /// The parts of a workbook, separated by zeros, zipped with correct checksums.
  case parts
  /// The whole pass from any file to a register.
  case register

  static let chosen = getenv("FUZZ_TARGET").flatMap { Target(rawValue: String(cString: $0)) } ?? .csv

  func read(_ bytes: [UInt8]) throws(TableFailure) {
    switch self {
    case .csv: try readCSV(bytes)
    case .json:
      try readTwice { limit throws(TableFailure) in
        try JSONRecords(file: "a", names: .ofRegisters, open: opener(bytes, limit))
      }
    case .xml:
      try readTwice { limit throws(TableFailure) in
        try XMLRecords(file: "a", names: .ofRegisters, open: opener(bytes, limit))
      }
    case .workbook: try readWorkbook(bytes)
    case .sheet:
      try readTwice { limit throws(TableFailure) in
        let shared = try sharedTexts()
        return try SheetRows(try opener(bytes, limit)(), shared: shared, file: "a", location: "sheet")
      }
    case .parts: try readWorkbook(zipped(bytes))
    case .register: try readRegister(bytes)
    }
  }

  /// Reads the bytes as pupil details, as a register and again as a register. Every cell must be accounted
  /// for.
  private func readRegister(_ bytes: [UInt8]) throws(TableFailure) {
    let open = opener(bytes, .max)
    let schools = [
      School(name: "Mill Lane Primary School", urn: "100001"), School(name: "Alder Reach Academy"),
    ]
    for count in 1...schools.count {
      let positions = Array(0..<count)
      var reader = RegisterReader(
        schools: schools.prefix(count).map { SchoolSettings($0) }, asAt: nil, explaining: "771")
      do throws(TableFailure) {
        try reader.readPupils(ExportFile(SourceFile("pupils", open: open)), schools: positions)
      } catch {}
      try reader.readRegister(ExportFile(SourceFile("a", open: open)), schools: positions)
      try reader.readRegister(ExportFile(SourceFile("b", open: open)), schools: positions)
      let result = try reader.finish()
      for account in result.accounts { precondition(account.isBalanced, "a place is not accounted for") }
    }
  }

  private func readCSV(_ bytes: [UInt8]) throws(TableFailure) {
    var rows = CSVRows(ByteFeed(pieceSize: 64, read: try opener(bytes, 61)()))
    while try rows.next() {
      for field in 0..<rows.count { check(rows.bytes(field)) }
    }
  }

  private func readWorkbook(_ bytes: [UInt8]) throws(TableFailure) {
    let workbook = try Workbook(WholeFile(bytes), file: "a.xlsx")
    for sheet in workbook.sheets.indices.prefix(4) { _ = try read(try workbook.rows(ofSheet: sheet)) }
  }

  /// Reads at once and in small pieces, which must give the same result.
  private func readTwice(_ source: (Int) throws(TableFailure) -> any RowSource) throws(TableFailure) {
    let inPieces = try read(try source(7))
    let atOnce = try read(try source(.max))
    precondition(atOnce == inPieces, "read otherwise in pieces")
  }

  /// Returns a checksum over all rows, cells and bytes.
  private func read(_ source: any RowSource) throws(TableFailure) -> Int {
    var rows = BatchRows(source)
    var sum = 0
    while try rows.next() {
      sum = sum &* 31 &+ rows.row
      for field in 0..<rows.count { sum = sum &* 31 &+ check(rows.bytes(field)) }
    }
    return sum
  }

  @discardableResult private func check(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes.reduce(bytes.count) { $0 &* 31 &+ Int($1) }
  }

  private func sharedTexts() throws(TableFailure) -> SharedTexts {
    let texts = SharedTexts()
    let read = try opener(Array("<sst><si><t>Bell</t></si><si><t>/</t></si></sst>".utf8), .max)()
    var scan = try XMLScan(read, handler: texts, source: XMLScan.Source(file: "a", remedy: ""))
    while try scan.run() == .paused {}
    return texts
  }

  private func zipped(_ bytes: [UInt8]) -> [UInt8] {
    let names = [
      "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
      "_rels/.rels",
    ]
    let parts = bytes.split(separator: 0, omittingEmptySubsequences: false)
    return ZipFile(parts: zip(names, parts).map { ZipFile.Part($0, Array($1)) }).bytes
  }
}

private func opener(_ bytes: [UInt8], _ limit: Int) -> () throws(TableFailure) -> ByteFeed.Read {
  { () throws(TableFailure) -> ByteFeed.Read in
    var place = 0
    return { (buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int in
      let count = min(limit, buffer.count, bytes.count - place)
      buffer.copyBytes(from: bytes[place..<(place + count)])
      place += count
      return count
    }
  }
}
