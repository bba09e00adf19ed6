import CXLSXWriter

/// What libxlsxwriter would print for itself.
public enum LibraryWords {
  /// Sends it nowhere, once for a whole program: the program says what failed in words of its own.
  ///
  /// It takes the C library's standard error, whoever writes to it: for a program that says all it has to say past that stream.
  public static func keepQuiet() { halfterm_keep_quiet() }
}
