import Tabular
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
    guard let bytes = bytes(of: path), let archive = try? ZipArchive(bytes), archive.count > 0 else {
      return false
    }
    return (0..<archive.count).allSatisfy { (try? isWhole($0, of: archive)) ?? false }
  }

  /// Missing: nil where the file cannot be read.
  private static func bytes(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    guard fseek(file, 0, SEEK_END) == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: max(0, ftell(file)))
    rewind(file)
    return fread(&bytes, 1, bytes.count, file) == bytes.count ? bytes : nil
  }

  /// Throws: where the part cannot be read, or its sum is not what the file says.
  private static func isWhole(_ place: UInt64, of archive: ZipArchive) throws(ZipFailure) -> Bool {
    var part = try archive.part(at: place, largest: .max)
    var (head, end): ([UInt8], [UInt8]) = ([], [])
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = try part.read(into: piece)
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
