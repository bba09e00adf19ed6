import CCrypto

/// A SHA-256 digest in progress, computed by libcrypto.
///
/// No other file calls the library, so that another one can replace it.
struct SHA256: ~Copyable {
  private let context: OpaquePointer?
  private var isValid: Bool

  init() {
    context = EVP_MD_CTX_new()
    isValid = context != nil && EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
  }

  deinit { EVP_MD_CTX_free(context) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    isValid = isValid && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
  }

  /// Returns the digest of all bytes so far as 64 lowercase hexadecimal digits, and ends the digest.
  ///
  /// - Throws: `RunFailure.noSHA256` if libcrypto has no memory, or is configured without SHA-256.
  consuming func hexadecimal() throws(RunFailure) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    guard isValid, EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
      throw .noSHA256
    }
    return digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// Returns the digest of `bytes` as 64 lowercase hexadecimal digits.
  static func hexadecimal(of bytes: some Collection<UInt8>) throws(RunFailure) -> String {
    var hash = SHA256()
    let isUpdated: Void? = bytes.withContiguousStorageIfAvailable { hash.update(UnsafeRawBufferPointer($0)) }
    if isUpdated == nil { Array(bytes).withUnsafeBytes { hash.update($0) } }
    return try hash.hexadecimal()
  }
}
