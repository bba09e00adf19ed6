import Foundation
import Pages

/// The templates of a school's own, in a folder: those of pages, and in `letters` those of letters to parents.
struct OwnTemplates {
  /// By name: `pack`, `style`.
  private(set) var pages: [String: String] = [:]
  /// By name: `attendance-letter`.
  private(set) var letters: [String: String] = [:]

  static let none = OwnTemplates()

  private init() {}

  /// Throws: where the folder or a file in it cannot be read, or it holds no template.
  init(in folder: String) throws(RunFailure) {
    guard let files = OwnTemplates.files(in: folder) else { throw .noWorkspace(path: folder) }
    for file in files where PageTemplates.names.contains(OwnTemplates.name(of: file)) {
      guard file.hasSuffix(".mustache") || file.hasSuffix(".css") else { continue }
      pages[OwnTemplates.name(of: file)] = try OwnTemplates.text(of: "\(folder)/\(file)", named: file)
    }
    for file in OwnTemplates.files(in: "\(folder)/letters") ?? [] where file.hasSuffix(".mustache") {
      letters[OwnTemplates.name(of: file)] = try OwnTemplates.text(
        of: "\(folder)/letters/\(file)", named: "letters/\(file)")
    }
    guard !pages.isEmpty || !letters.isEmpty else {
      throw .unusable(
        "\(folder): none of the templates \(PageTemplates.names.joined(separator: ", ")) is in this folder, "
          + "and no letter in \(folder)/letters")
    }
  }

  /// The files of a folder by name, hidden ones left out. Missing: nil where there is no such folder.
  private static func files(in folder: String) -> [String]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  private static func name(of file: String) -> String { (file as NSString).deletingPathExtension }

  private static func text(of path: String, named name: String) throws(RunFailure) -> String {
    guard let bytes = FileManager.default.contents(atPath: path) else { throw .unreadable(path: name) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
