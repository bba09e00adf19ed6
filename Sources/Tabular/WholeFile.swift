/// All the bytes of a file at once, for forms that are read from their end, such as a workbook.
package enum WholeFile {
  /// Unit: bytes. A workbook of 300,000 marks takes some 10 MB.
  static let largestWorkbook = 64 << 20

  /// Throws: where the file is larger than the limit, or the system cannot give its bytes.
  package static func bytes(
    of read: ByteFeed.Read, file: String, atMost limit: Int = largestWorkbook
  ) throws(TableFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { piece.deallocate() }
    while true {
      let count = try read(piece)
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else {
        throw .unusable(
          file: file, place: nil, reason: "the file is larger than \(limit >> 20) MB",
          remedy: "Export a shorter time, or fewer pupils, to a file.")
      }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }
}
