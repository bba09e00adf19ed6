import Glibc

/// Where libxlsxwriter puts the parts of a workbook before it packs them.
enum PartsFolder {
  /// A folder that is in memory, so that no part of names goes to a disk. Missing: nil where there is none with room enough.
  static var inMemory: String? {
    let path = "/dev/shm"
    var facts = statvfs()
    guard access(path, W_OK) == 0, statvfs(path, &facts) == 0 else { return nil }
    return Int(facts.f_bavail) * Int(facts.f_frsize) >= leastRoom ? path : nil
  }

  /// Unit: bytes; many times what the parts of the largest workbook take.
  private static let leastRoom = 256 << 20
}
