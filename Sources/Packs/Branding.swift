import Foundation
import Pages
import StrictYAML

/// A trust's logo and colour, as its trust file gives them.
struct Brand {
  var pageBrand = PageBrand()
  /// The file of the logo, or `nil` if there is none.
  var logo: WorkspacePath?

  /// Maximum size of a logo in bytes, such that a page stays under 500 kB.
  private static let maxLogoSize = 150_000
  /// Minimum contrast of text. Source: WCAG 2.2, success criterion 1.4.3.
  private static let minContrast = 4.5

  init() {}

  init(logo: YAMLValue?, accent: YAMLValue?, workspace: Workspace) throws(YAMLFailure) {
    self.logo = try logo.map { value throws(YAMLFailure) in try workspace.file(value) }
    var address: String?
    if let logo, let file = self.logo { address = try Brand.address(of: file, named: logo) }
    pageBrand = PageBrand(
      logo: address, accent: try accent.map { value throws(YAMLFailure) in try Brand.colour(value) })
  }

  /// Returns a picture as a `data:` URL.
  private static func address(of file: WorkspacePath, named value: YAMLValue) throws(YAMLFailure) -> String {
    guard let bytes = FileManager.default.contents(atPath: file.absolute) else {
      throw value.failure("\(file.relative) cannot be read")
    }
    guard bytes.count <= maxLogoSize else {
      throw value.failure(
        "\(file.relative) has \(bytes.count) bytes; a logo of at most \(maxLogoSize) keeps pages small")
    }
    guard let kind = kind(of: bytes) else {
      throw value.failure("\(file.relative) is not a PNG, JPEG or SVG picture")
    }
    return "data:image/\(kind);base64,\(bytes.base64EncodedString())"
  }

  private static func kind(of bytes: Data) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "jpeg" }
    let start = String(decoding: bytes.prefix(1000), as: UTF8.self)
    return start.contains("<svg") ? "svg+xml" : nil
  }

  /// Reads a colour and checks that text in it is legible on white.
  private static func colour(_ value: YAMLValue) throws(YAMLFailure) -> String {
    let text = try value.string()
    let digits = text.dropFirst()
    guard text.hasPrefix("#"), digits.count == 6, digits.allSatisfy(\.isHexDigit),
      let number = UInt32(digits, radix: 16)
    else {
      throw value.failure("accent must be a colour such as \"#12436D\", but is \"\(text)\"")
    }
    let contrast = 1.05 / (luminance(of: number) + 0.05)
    guard contrast >= minContrast else {
      let tenths = Int((contrast * 10).rounded(.down))
      throw value.failure(
        "\(text) has a contrast of \(tenths / 10).\(tenths % 10) on white; text needs 4.5, so take a darker one"
      )
    }
    return text
  }

  /// Returns the relative luminance of a colour as WCAG 2.2 defines it.
  private static func luminance(of colour: UInt32) -> Double {
    let weights = [0.2126, 0.7152, 0.0722]
    return zip([16, 8, 0], weights).reduce(0) { sum, channel in
      let value = Double((colour >> UInt32(channel.0)) & 0xFF) / 255
      return sum + channel.1 * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
    }
  }
}

/// Templates in a folder that replace the built-in ones: those of pages, and in `letters` those of letters to parents.
struct CustomTemplates {
  /// The text of page templates by name, such as `pack` or `style`.
  private(set) var pages: [String: String] = [:]
  /// The text of letters by name, such as `attendance-letter`.
  private(set) var letters: [String: String] = [:]

  static let none = CustomTemplates()

  private init() {}

  /// - Throws: `RunFailure` if the folder or a file in it cannot be read, or the folder has no template.
  init(in folder: String) throws(RunFailure) {
    guard let files = CustomTemplates.files(in: folder) else { throw .noFolder(path: folder) }
    for file in files where PageTemplates.names.contains(CustomTemplates.name(of: file)) {
      guard file.hasSuffix(".mustache") || file.hasSuffix(".css") else { continue }
      pages[CustomTemplates.name(of: file)] = try CustomTemplates.text(of: "\(folder)/\(file)", named: file)
    }
    for file in CustomTemplates.files(in: "\(folder)/letters") ?? [] where file.hasSuffix(".mustache") {
      letters[CustomTemplates.name(of: file)] = try CustomTemplates.text(
        of: "\(folder)/letters/\(file)", named: "letters/\(file)")
    }
    guard !pages.isEmpty || !letters.isEmpty else {
      throw .noTemplates(folder: folder, known: PageTemplates.names)
    }
  }

  /// Returns the names of the files in a folder that are not hidden, or `nil` if there is no such folder.
  private static func files(in folder: String) -> [String]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  private static func name(of file: String) -> String { (file as NSString).deletingPathExtension }

  private static func text(of path: String, named name: String) throws(RunFailure) -> String {
    var facts = stat()
    // Opening a pipe would wait for a writer.
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: name) }
    do {
      let bytes = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).read(
        upToCount: PageTemplates.maxSize + 1)
      return String(decoding: bytes ?? Data(), as: UTF8.self)
    } catch {
      throw .unreadable(path: name)
    }
  }
}
