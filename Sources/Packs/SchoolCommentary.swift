import Commentary
import Foundation
import Registers
import ReportModel

/// What people of a school wrote for its packs.
///
/// It goes to a board, so that it may name no pupil: a UPN or a forename and surname together are looked for.
struct SchoolCommentary {
  /// Missing: nil where there is no file, or no words in it.
  let prose: Prose?

  /// Unit: bytes.
  private static let largest = 100_000

  /// Throws: where the file cannot be read, or names a pupil; the words say in which line, and no name.
  init(_ file: WorkspacePath?, of register: Register) throws {
    guard let file else {
      prose = nil
      return
    }
    guard let bytes = FileManager.default.contents(atPath: file.absolute) else {
      throw RunFailure.unreadable(path: file.relative)
    }
    guard bytes.count <= SchoolCommentary.largest else {
      throw RunFailure.unusable("\(file.relative): longer than any commentary (\(bytes.count) bytes)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RunFailure.unusable("\(file.relative): the file is not UTF-8")
    }
    if let line = SchoolCommentary.lineWithPupil(text, of: register) {
      throw RunFailure.unusable(
        "\(file.relative):\(line): names a pupil of the school. What a board reads names none: write of pupils without names."
      )
    }
    prose = Prose(markdown: text)
  }

  /// The first line with the name or the UPN of a pupil. Missing: nil for none.
  private static func lineWithPupil(_ text: String, of register: Register) -> Int? {
    var names: Set<[String]> = []
    var longest = 1
    for pupil in register.pupils {
      let (forename, surname) = (words(pupil.forename.unredacted), words(pupil.surname.unredacted))
      if !forename.isEmpty, !surname.isEmpty {
        names.formUnion([forename + surname, surname + forename])
        longest = max(longest, forename.count + surname.count)
      }
      let upn = words(pupil.upn.unredacted)
      if !upn.isEmpty { names.insert(upn) }
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      words(String($0))
    }
    // A name may run over the end of a line.
    for place in lines.indices {
      let seen = lines[place] + (place + 1 < lines.count ? Array(lines[place + 1].prefix(longest - 1)) : [])
      for start in lines[place].indices {
        for count in 1...longest where start + count <= seen.count {
          if names.contains(Array(seen[start..<(start + count)])) { return place + 1 }
        }
      }
    }
    return nil
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }
}
