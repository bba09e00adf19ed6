import Commentary
import Foundation
import Registers
import ReportModel

/// A school's commentary for its packs.
///
/// A board reads it, so it must not name a pupil, neither by UPN nor by forename and surname together.
struct SchoolCommentary {
  /// The text of the commentary, or `nil` if there is no file or the file has no text.
  let prose: Prose?

  /// Maximum size in bytes.
  private static let maxSize = 100_000

  /// - Throws: `RunFailure` if the file cannot be read or names a pupil; the message has the line and no name.
  init(_ file: WorkspacePath?, of register: Register) throws(RunFailure) {
    guard let file else {
      prose = nil
      return
    }
    guard let bytes = FileManager.default.contents(atPath: file.absolute) else {
      throw .unreadable(path: file.relative)
    }
    guard bytes.count <= SchoolCommentary.maxSize else {
      throw .commentaryTooLong(file: file.relative, bytes: bytes.count)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .notUTF8(file: file.relative)
    }
    if let line = SchoolCommentary.lineNamingPupil(text, of: register) {
      throw .commentaryNamesPupil(file: file.relative, line: line)
    }
    prose = Prose(markdown: text)
  }

  /// Returns the number of the first line with the name or the UPN of a pupil, or `nil` if there is none.
  private static func lineNamingPupil(_ text: String, of register: Register) -> Int? {
    var names: Set<[String]> = []
    var maxWords = 1
    for pupil in register.pupils {
      let (forename, surname) = (words(pupil.forename.unredacted), words(pupil.surname.unredacted))
      if !forename.isEmpty, !surname.isEmpty {
        names.formUnion([forename + surname, surname + forename])
        maxWords = max(maxWords, forename.count + surname.count)
      }
      let upn = words(pupil.upn.unredacted)
      if !upn.isEmpty { names.insert(upn) }
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      words(String($0))
    }
    // A name may continue on the next line.
    for index in lines.indices {
      let words = lines[index] + (index + 1 < lines.count ? Array(lines[index + 1].prefix(maxWords - 1)) : [])
      for start in lines[index].indices {
        for count in 1...maxWords where start + count <= words.count {
          if names.contains(Array(words[start..<(start + count)])) { return index + 1 }
        }
      }
    }
    return nil
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }
}
