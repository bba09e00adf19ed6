import Glibc
import Tabular

/// The folder of the temporary files of libxlsxwriter.
enum PartsFolder {
  /// Returns a folder in memory if there is enough space, else the folder of the workbook.
  static func path(for workbook: String) -> String { inMemory ?? folder(of: workbook) }

  /// Returns the folder of a workbook.
  static func folder(of workbook: String) -> String {
    let folder = workbook.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    return folder.isEmpty ? (workbook.hasPrefix("/") ? "/" : ".") : folder
  }

  /// A folder in memory, which keeps names of pupils off the disk, or `nil` if there is none with enough space.
  private static var inMemory: String? {
    let path = "/dev/shm"
    var facts = statvfs()
    guard access(path, W_OK) == 0, statvfs(path, &facts) == 0 else { return nil }
    return Int(facts.f_bavail) * Int(facts.f_frsize) >= minFreeBytes ? path : nil
  }

  /// Minimum free space in bytes, many times the size of the parts of the largest workbook.
  private static let minFreeBytes = 256 << 20
}

/// A check that the parts of a workbook are complete.
///
/// libxlsxwriter writes each part to a temporary file and does not notice when the disk is full. The workbook then seems to
/// be valid, but its parts are truncated.
enum PartsCheck {
  /// Sizes in bytes.
  private static let edgeSize = 1024, bufferSize = 1 << 16

  /// Checks the file of a workbook before it is renamed to its path.
  ///
  /// - Throws: `WorkbookFailure` if a part is truncated.
  static func check(_ file: String, for path: String) throws(WorkbookFailure) {
    guard isComplete(file) else {
      throw .cannotSave(path: path, reason: "a part of it was not written completely, as on a full disk")
    }
  }

  /// Returns whether a file has parts and each part ends with the end tag of its first element.
  private static func isComplete(_ path: String) -> Bool {
    guard let bytes = bytes(of: path), let archive = try? ZipArchive(WholeFile(bytes)), archive.count > 0
    else {
      return false
    }
    return (0..<archive.count).allSatisfy { (try? isPartComplete($0, of: archive)) ?? false }
  }

  /// Returns the contents of a file, or `nil` if it cannot be read.
  private static func bytes(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    guard fseek(file, 0, SEEK_END) == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: max(0, ftell(file)))
    rewind(file)
    return fread(&bytes, 1, bytes.count, file) == bytes.count ? bytes : nil
  }

  /// Returns whether a part ends with the end tag of its first element.
  ///
  /// - Throws: `ZipFailure` if the part cannot be read or its checksum is wrong.
  private static func isPartComplete(_ index: UInt64, of archive: ZipArchive) throws(ZipFailure) -> Bool {
    var part = try archive.part(at: index, largest: .max)
    var (head, end): ([UInt8], [UInt8]) = ([], [])
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try part.read(into: buffer)
      guard count > 0 else { break }
      if head.isEmpty { head = Array(buffer[..<min(count, edgeSize)]) }
      end = Array((end.suffix(edgeSize) + buffer[..<count].suffix(edgeSize)).suffix(edgeSize))
    }
    guard let root = name(ofFirstElementIn: head) else { return false }
    while let last = end.last, last == UInt8(ascii: "\n") { end.removeLast() }
    return end.reversed().starts(with: (Array("</".utf8) + root + Array(">".utf8)).reversed())
  }

  /// Returns the name of the first element, or `nil` if there is none.
  private static func name(ofFirstElementIn head: [UInt8]) -> [UInt8]? {
    let letters = UInt8(ascii: "A")...UInt8(ascii: "z")
    let start = head.indices.dropLast().first {
      head[$0] == UInt8(ascii: "<") && letters.contains(head[$0 + 1])
    }
    return start.map { start in Array(head[(start + 1)...].prefix { !" >/\n".utf8.contains($0) }) }
  }
}
