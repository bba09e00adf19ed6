import CZip

/// Why a zip file, or a part of one, cannot be read.
package enum ZipFailure: Error, Equatable {
  case incomplete, damaged, encrypted, unknownCompression, tooManyParts, tooLarge, outOfMemory
}

/// A zip file in memory.
package final class ZipArchive {
  private let bytes: UnsafeMutableRawPointer
  private let archive: OpaquePointer

  private static let mostParts: UInt64 = 10_000

  /// Throws: where it is none, is damaged, or has more than 10,000 parts.
  package init(_ bytes: [UInt8]) throws(ZipFailure) {
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
    bytes.withUnsafeBytes {
      copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count)
    }
    do {
      archive = try ZipArchive.open(copy, count: bytes.count)
    } catch {
      copy.deallocate()
      throw error
    }
    self.bytes = copy
    guard count <= ZipArchive.mostParts else { throw .tooManyParts }
  }

  deinit {
    zip_discard(archive)
    bytes.deallocate()
  }

  private static func open(_ bytes: UnsafeMutableRawPointer, count: Int) throws(ZipFailure) -> OpaquePointer {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(bytes, UInt64(count), 0, &error) else {
      throw .outOfMemory
    }
    if let archive = zip_open_from_source(source, ZIP_RDONLY, &error) { return archive }
    zip_source_free(source)
    throw failure(zip_error_code_zip(&error))
  }

  /// Unit: parts. Their places count from 0.
  package var count: UInt64 { UInt64(max(0, zip_get_num_entries(archive, 0))) }

  /// The place of a part by its name, whatever its case. Missing: nil when the file has no such part.
  package func place(of name: String) -> UInt64? {
    // Some programs write the paths as Windows has them.
    for name in [name, String(name.map { $0 == "/" ? "\\" : $0 })] {
      let place = zip_name_locate(archive, name, ZIP_FL_NOCASE)
      if place >= 0 { return UInt64(place) }
    }
    return nil
  }

  /// Throws: where the part is encrypted or too large.
  package func part(at place: UInt64, largest: Int) throws(ZipFailure) -> ZipPart {
    var facts = zip_stat_t()
    zip_stat_init(&facts)
    guard zip_stat_index(archive, place, 0, &facts) == 0 else { throw currentFailure }
    if facts.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) != 0, facts.encryption_method != ZIP_EM_NONE {
      throw .encrypted
    }
    guard facts.valid & UInt64(ZIP_STAT_SIZE) == 0 || facts.size <= UInt64(largest) else { throw .tooLarge }
    guard let file = zip_fopen_index(archive, place, 0) else { throw currentFailure }
    let compressed = facts.valid & UInt64(ZIP_STAT_COMP_SIZE) == 0 ? 0 : facts.comp_size
    return ZipPart(file, of: self, compressed: Int(clamping: compressed), largest: largest)
  }

  private var currentFailure: ZipFailure {
    ZipArchive.failure(zip_error_code_zip(zip_get_error(archive)))
  }

  fileprivate static func failure(_ code: Int32) -> ZipFailure {
    switch code {
    case ZIP_ER_NOZIP, ZIP_ER_EOF: .incomplete
    case ZIP_ER_MEMORY: .outOfMemory
    case ZIP_ER_ENCRNOTSUPP, ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD: .encrypted
    case ZIP_ER_COMPNOTSUPP: .unknownCompression
    default: .damaged
    }
  }
}

/// A part of a zip file, read from its start to its end; what it holds is checked against its sum at the end.
package struct ZipPart: ~Copyable {
  private let file: OpaquePointer
  /// libzip's handle does not outlive its archive.
  private let archive: ZipArchive
  private let compressed: Int
  private let largest: Int
  private var count = 0

  /// A part that grows by more than this is made to exhaust memory; Excel's worksheets grow 5 to 30 times.
  private static let mostGrowth = 250
  /// Unit: bytes that may come of anything.
  private static let harmless = 16 << 20

  fileprivate init(_ file: OpaquePointer, of archive: ZipArchive, compressed: Int, largest: Int) {
    self.file = file
    self.archive = archive
    self.compressed = compressed
    self.largest = largest
  }

  deinit { zip_fclose(file) }

  /// Fills a buffer and gives the number of bytes, 0 at the part's end.
  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ZipFailure) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    let got = zip_fread(file, base, UInt64(buffer.count))
    guard got >= 0 else { throw ZipArchive.failure(zip_error_code_zip(zip_file_get_error(file))) }
    count += Int(got)
    let grown = count.dividedReportingOverflow(by: max(compressed, 1)).partialValue
    if count > largest || (count > ZipPart.harmless && grown > ZipPart.mostGrowth) { throw .tooLarge }
    return Int(got)
  }
}
