final class Workbook {
  let sheets: [(name: String, isHidden: Bool)] = []
  let usesDatesFrom1904 = false
  init(_ bytes: [UInt8], file: String) throws(ExportFailure) {}
  func rows(ofSheet: Int) throws(ExportFailure) -> any RowSource { throw .empty(file: "") }
}
final class JSONRecords: RowSource {
  var sharedTexts: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }
  init(file: String, open: () throws(ExportFailure) -> ByteFeed.Read) throws(ExportFailure) {}
  func fill(_ batch: RowBatch) throws(ExportFailure) -> Bool { false }
}
typealias XMLRecords = JSONRecords
extension ByteFeed {
  static func bytes(of read: ByteFeed.Read, atMost: Int, file: String) throws(ExportFailure) -> [UInt8] { [] }
}
