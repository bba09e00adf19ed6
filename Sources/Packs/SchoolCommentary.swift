import Commentary
import Foundation
import Registers
import ReportModel

/// A school's commentary for its packs.
///
/// A board reads it, so it must not name a pupil of the trust.
struct SchoolCommentary {
  /// The text of the commentary, or `nil` if there is no file or the file has no text.
  let prose: Prose?
  /// Sentences with a number from 1 to 9 beside a word for pupils, which may give a small number away.
  let doubtfulSentences: [String]

  /// Maximum size in bytes.
  private static let maxSize = 100_000

  /// - Throws: `RunFailure` if the file cannot be read or names a pupil; the message has the line and no name.
  init(_ file: WorkspacePath?, names: NameCheck) throws(RunFailure) {
    guard let file else {
      (prose, doubtfulSentences) = (nil, [])
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
    // The text as it is written, for its line, and as a reader sees it, with entities and links resolved.
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    prose = Prose(markdown: text)
    let rendered = prose?.lines ?? []
    if let line = names.firstMatch(in: lines) {
      throw .commentaryNamesPupil(file: file.relative, line: line + 1)
    }
    if names.firstMatch(in: rendered) != nil || names.firstMatch(in: [rendered.joined()]) != nil {
      throw .commentaryNamesPupil(file: file.relative, line: nil)
    }
    doubtfulSentences = rendered.flatMap(SchoolCommentary.doubtfulSentences)
  }

  private static let smallNumbers: Set<String> = Set(
    (1...9).map(String.init) + ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
  private static let pupilWords: Set<String> = [
    "pupil", "pupils", "child", "children", "boy", "boys", "girl", "girls", "student", "students", "looked",
    "ehc", "ehcp", "sen", "lac",
  ]

  /// Returns the sentences of a line in which a small number is at most two words before or after a word for pupils.
  private static func doubtfulSentences(_ line: String) -> [String] {
    line.split { ".!?".contains($0) }.map { $0.trimmingCharacters(in: .whitespaces) }.filter { sentence in
      let words = sentence.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
      return words.indices.contains { index in
        smallNumbers.contains(words[index])
          && words[max(0, index - 2)...min(words.count - 1, index + 2)].contains(where: pupilWords.contains)
      }
    }
  }
}

extension TrustFile {
  /// Returns the commentary of each school, in the order of the schools.
  ///
  /// - Throws: `RunFailure` if a commentary cannot be read, or text that a board reads names a pupil.
  func commentaries(_ names: NameCheck) throws(RunFailure) -> [SchoolCommentary] {
    guard names.firstMatch(in: schools.flatMap(\.school.sets)) == nil else {
      throw .setNamesPupil(file: TrustFile.fileName)
    }
    var commentaries: [SchoolCommentary] = []
    for school in schools { commentaries.append(try SchoolCommentary(school.commentary, names: names)) }
    return commentaries
  }
}
