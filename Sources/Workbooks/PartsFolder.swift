import Glibc

/// Where libxlsxwriter puts the parts of a workbook before it packs them.
enum PartsFolder {
  /// In memory where there is room, else beside the workbook.
  static func path(of workbook: String) -> String { inMemory ?? beside(workbook) }

  /// The folder that the workbook itself is made in.
  static func beside(_ workbook: String) -> String {
    let folder = workbook.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    return folder.isEmpty ? (workbook.hasPrefix("/") ? "/" : ".") : folder
  }

  /// A folder that is in memory, so that no part with names in it goes to a disk. Missing: nil where there is none with room enough.
  private static var inMemory: String? {
    let path = "/dev/shm"
    var facts = statvfs()
    guard access(path, W_OK) == 0, statvfs(path, &facts) == 0 else { return nil }
    return Int(facts.f_bavail) * Int(facts.f_frsize) >= leastRoom ? path : nil
  }

  /// Unit: bytes; many times what the parts of the largest workbook take.
  private static let leastRoom = 256 << 20
}
