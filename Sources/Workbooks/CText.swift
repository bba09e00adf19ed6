import Glibc

/// Gives C copies of texts that it may point at for as long as the call lasts.
func withCopies<Result>(
  of texts: [String], _ body: ([UnsafeMutablePointer<CChar>]) -> Result
) throws(WorkbookFailure) -> Result {
  var copies: [UnsafeMutablePointer<CChar>] = []
  defer { for copy in copies { free(copy) } }
  for text in texts {
    guard let copy = strdup(text) else { throw .outOfMemory }
    copies.append(copy)
  }
  return body(copies)
}

extension String {
  /// The text without what XML cannot hold; C would also take a zero for its end.
  var legible: String {
    guard utf8.contains(where: { $0 == 0 || $0 == 0xEF }) else { return self }
    let forbidden: Set<UInt32> = [0, 0xFFFE, 0xFFFF]
    return String(String.UnicodeScalarView(unicodeScalars.filter { !forbidden.contains($0.value) }))
  }
}
