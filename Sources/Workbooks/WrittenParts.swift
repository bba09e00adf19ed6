import CZip
import Glibc

/// The parts of a workbook as they were written.
///
/// libxlsxwriter makes each part in a temporary file and does not notice that the disk was full: the workbook it puts
/// together seems to be sound, and its parts lack their ends.
enum WrittenParts {
  /// Unit: bytes.
  private static let headSize = 1024, pieceSize = 1 << 16

  /// Throws: where the file is not the whole of the workbook at the path.
  static func check(_ file: String, for path: String) throws(WorkbookFailure) {
    guard areWhole(in: file) else {
      throw .cannotSave(path: path, reason: "a part of it was not written whole, as on a full disk")
    }
  }

  /// Whether there are parts and each closes the element it opens with.
  private static func areWhole(in path: String) -> Bool {
    var error: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &error) else { return false }
    defer { zip_discard(archive) }
    let count = zip_get_num_entries(archive, 0)
    return count > 0 && (0..<UInt64(count)).allSatisfy { isWhole($0, of: archive) }
  }

  private static func isWhole(_ part: UInt64, of archive: OpaquePointer) -> Bool {
    guard let file = zip_fopen_index(archive, part, 0) else { return false }
    defer { zip_fclose(file) }
    var (head, end): ([UInt8], [UInt8]) = ([], [])
    var piece = [UInt8](repeating: 0, count: pieceSize)
    while true {
      let count = Int(zip_fread(file, &piece, UInt64(pieceSize)))
      // Below zero also where the part's sum is not what the file says.
      guard count >= 0 else { return false }
      guard count > 0 else { break }
      if head.isEmpty { head = Array(piece[..<min(count, headSize)]) }
      end = Array((end.suffix(headSize) + piece[..<count].suffix(headSize)).suffix(headSize))
    }
    guard let root = name(ofFirstElementIn: head) else { return false }
    while let last = end.last, last == UInt8(ascii: "\n") { end.removeLast() }
    return end.reversed().starts(with: (Array("</".utf8) + root + Array(">".utf8)).reversed())
  }

  /// Missing: nil where no element begins.
  private static func name(ofFirstElementIn head: [UInt8]) -> [UInt8]? {
    let letters = UInt8(ascii: "A")...UInt8(ascii: "z")
    let start = head.indices.dropLast().first {
      head[$0] == UInt8(ascii: "<") && letters.contains(head[$0 + 1])
    }
    return start.map { start in Array(head[(start + 1)...].prefix { !" >/\n".utf8.contains($0) }) }
  }
}
