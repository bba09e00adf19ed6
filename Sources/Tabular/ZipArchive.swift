import CZip

/// The reason a zip file, or a part of one, cannot be read.
package enum ZipFailure: Error, Equatable {
  case incomplete, damaged, encrypted, unknownCompression, tooManyParts, tooLarge, outOfMemory
}

extension ZipFailure {
  /// Returns the failure of a table.
  ///
  /// - Parameters:
  ///   - noun: The word for the file, such as `workbook`.
  ///   - location: The sheet, or `nil` if the failure is of the whole file.
  package func asTableFailure(
    of noun: String, file: String, location: String? = nil, remedy: String
  ) -> TableFailure {
    let reason =
      switch self {
      case .outOfMemory: "there is not enough memory for the \(noun)"
      case .incomplete: "the \(noun) ends early: the copy or the download is incomplete"
      case .damaged: "the \(noun) is damaged"
      case .encrypted: "the \(noun) is protected with a password"
      case .unknownCompression: "the \(noun) is compressed in an unusual way"
      case .tooManyParts: "the \(noun) has too many parts"
      case .tooLarge: "the \(noun) is too large when it is extracted"
      }
    return self == .outOfMemory
      ? .unreadable(file: file, reason: reason)
      : .unusable(file: file, location: location, reason: reason, remedy: remedy)
  }
}

/// A zip file in memory.
package final class ZipArchive {
  private let file: WholeFile
  private let archive: OpaquePointer

  private static let maxParts: UInt64 = 10_000

  /// Opens a zip file.
  ///
  /// - Throws: A failure if it is not a zip file, is damaged, or has too many parts.
  package init(_ file: WholeFile) throws(ZipFailure) {
    self.file = file
    archive = try ZipArchive.open(file.start, count: file.count)
    guard count <= ZipArchive.maxParts else { throw .tooManyParts }
  }

  deinit {
    zip_discard(archive)
  }

  private static func open(_ bytes: UnsafeMutableRawPointer?, count: Int) throws(ZipFailure) -> OpaquePointer
  {
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

  /// The number of parts, whose indices count from 0.
  package var count: UInt64 { UInt64(max(0, zip_get_num_entries(archive, 0))) }

  /// Returns the name of a part, with the separators of paths as they are elsewhere.
  package func name(at index: UInt64) -> String? {
    zip_get_name(archive, index, 0).map { String(cString: $0).replacing("\\", with: "/") }
  }

  /// Returns the index of a part by its name in any case, or `nil` if the file has no such part.
  package func index(of name: String) -> UInt64? {
    // Some programs write paths with the separators of Windows.
    for name in [name, String(name.map { $0 == "/" ? "\\" : $0 })] {
      let index = zip_name_locate(archive, name, ZIP_FL_NOCASE)
      if index >= 0 { return UInt64(index) }
    }
    return nil
  }

  /// Returns a part for reading.
  ///
  /// - Throws: A failure if the part is encrypted or too large.
  package func part(at index: UInt64, largest: Int) throws(ZipFailure) -> ZipPart {
    var facts = zip_stat_t()
    zip_stat_init(&facts)
    guard zip_stat_index(archive, index, 0, &facts) == 0 else { throw currentFailure }
    if facts.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) != 0, facts.encryption_method != ZIP_EM_NONE {
      throw .encrypted
    }
    guard facts.valid & UInt64(ZIP_STAT_SIZE) == 0 || facts.size <= UInt64(largest) else { throw .tooLarge }
    guard let file = zip_fopen_index(archive, index, 0) else { throw currentFailure }
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

/// A part of a zip file, read from start to end. Its checksum is verified at the end.
package struct ZipPart: ~Copyable {
  private let file: OpaquePointer
  /// The archive, which must outlive libzip's handle.
  private let archive: ZipArchive
  private let compressed: Int
  private let largest: Int
  private var count = 0

  /// The maximum ratio of uncompressed to compressed size. Excel's worksheets grow 5 to 30 times; a part
  /// that grows more is made to exhaust memory.
  private static let maxGrowth = 250
  /// The size in bytes up to which the ratio is not checked.
  private static let maxUncheckedSize = 16 << 20

  fileprivate init(_ file: OpaquePointer, of archive: ZipArchive, compressed: Int, largest: Int) {
    self.file = file
    self.archive = archive
    self.compressed = compressed
    self.largest = largest
  }

  deinit { zip_fclose(file) }

  /// Fills a buffer and returns the number of bytes, 0 at the end of the part.
  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ZipFailure) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    let got = zip_fread(file, base, UInt64(buffer.count))
    guard got >= 0 else { throw ZipArchive.failure(zip_error_code_zip(zip_file_get_error(file))) }
    count += Int(got)
    let grown = count.dividedReportingOverflow(by: max(compressed, 1)).partialValue
    if count > largest || (count > ZipPart.maxUncheckedSize && grown > ZipPart.maxGrowth) { throw .tooLarge }
    return Int(got)
  }
}
