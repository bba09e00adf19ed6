import Foundation
import Pages
import StrictYAML

/// A trust's own look, as its trust file gives it.
struct Brand {
  var look = Look()
  /// Missing: nil for none.
  var logo: WorkspacePath?

  /// Unit: bytes; a page is to stay under 500 kB.
  private static let largestLogo = 150_000
  /// Source: WCAG 2.2, success criterion 1.4.3.
  private static let leastContrast = 4.5

  init() {}

  init(logo: YAMLValue?, accent: YAMLValue?, workspace: Workspace) throws(YAMLFailure) {
    self.logo = try logo.map { value throws(YAMLFailure) in try workspace.file(value) }
    var address: String?
    if let logo, let file = self.logo { address = try Brand.address(of: file, named: logo) }
    look = Look(
      logo: address, accent: try accent.map { value throws(YAMLFailure) in try Brand.colour(value) })
  }

  /// A picture as an address that holds all of it.
  private static func address(of file: WorkspacePath, named value: YAMLValue) throws(YAMLFailure) -> String {
    guard let bytes = FileManager.default.contents(atPath: file.absolute) else {
      throw value.failure("\(file.relative) cannot be read")
    }
    guard bytes.count <= largestLogo else {
      throw value.failure(
        "\(file.relative) has \(bytes.count) bytes; a logo of at most \(largestLogo) keeps pages small")
    }
    guard let kind = kind(of: bytes) else {
      throw value.failure("\(file.relative) is no PNG, JPEG or SVG picture")
    }
    return "data:image/\(kind);base64,\(bytes.base64EncodedString())"
  }

  private static func kind(of bytes: Data) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "jpeg" }
    let start = String(decoding: bytes.prefix(1000), as: UTF8.self)
    return start.contains("<svg") ? "svg+xml" : nil
  }

  /// A colour that is legible as text on white.
  private static func colour(_ value: YAMLValue) throws(YAMLFailure) -> String {
    let written = try value.string()
    let digits = written.dropFirst()
    guard written.hasPrefix("#"), digits.count == 6, digits.allSatisfy(\.isHexDigit),
      let number = UInt32(digits, radix: 16)
    else {
      throw value.failure("accent must be a colour such as \"#12436D\", but is \"\(written)\"")
    }
    let contrast = 1.05 / (luminance(of: number) + 0.05)
    guard contrast >= leastContrast else {
      let tenths = Int((contrast * 10).rounded(.down))
      throw value.failure(
        "\(written) has a contrast of \(tenths / 10).\(tenths % 10) on white; text needs 4.5, so take a darker one"
      )
    }
    return written
  }

  /// Source: WCAG 2.2, relative luminance.
  private static func luminance(of colour: UInt32) -> Double {
    let weights = [0.2126, 0.7152, 0.0722]
    return zip([16, 8, 0], weights).reduce(0) { sum, channel in
      let value = Double((colour >> UInt32(channel.0)) & 0xFF) / 255
      return sum + channel.1 * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
    }
  }
}
