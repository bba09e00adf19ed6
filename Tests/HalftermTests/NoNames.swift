import Foundation
import Testing

/// A check that no run prints a name or a UPN, made for every run of every test.
enum NoNames {
  private static let canaries = ["Canary", "Quillfeather", "Marigold", "Peregrine"]

  /// The surnames of the sample's pupils that are not words of its trust file.
  private static let ofTheSample: [String] = {
    let folder = Program.sample + "/exports"
    let names = ["mill-lane", "alder-reach"].flatMap { school -> [String] in
      let text = words(of: "\(folder)/\(school)/pupils.csv")
      let rows = text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let column = rows.first?.firstIndex { ["Surname", "Legal Surname", "Last Name"].contains($0) }
      return rows.dropFirst().compactMap { row in
        column.flatMap { $0 < row.count ? String(row[$0].filter { $0 != "\"" }) : nil }
      }
    }
    let trust = words(of: Program.sample + "/trust.yaml")
    return Set(names).filter { $0.count > 3 && !trust.contains($0) }.sorted()
  }()

  /// Returns a file's text in any encoding; letters outside ASCII may be wrong.
  static func words(of path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  /// Returns the words of an output that name a pupil, except those in the arguments.
  static func found(in said: String, arguments: [String]) -> [String] {
    let given = arguments.joined(separator: " ")
    let words = Set(said.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "'" }.map(String.init))
    let spoken = said.lowercased()
    let names =
      canaries.filter { spoken.contains($0.lowercased()) } + ofTheSample.filter(words.contains)
      + words.filter { $0.wholeMatch(of: /[A-HJ-NP-RTUVWXYZ][0-9]{11}[0-9A-Z]/) != nil }
    return names.filter { !given.contains($0) }
  }

  /// Expects that an output names no pupil, unless the names were asked for.
  static func expect(_ said: String, arguments: [String]) {
    guard !arguments.contains("--names") else { return }
    #expect(found(in: said, arguments: arguments).isEmpty, "\(arguments)")
  }
}

@Suite struct NoNamesTests {
  @Test func `names are found`() {
    let pupils = NoNames.words(of: Program.sample + "/exports/mill-lane/pupils.csv")
    #expect(NoNames.found(in: pupils, arguments: []).count > 100)
    #expect(NoNames.found(in: "Amber Blakemore", arguments: []) == ["Blakemore"])
    #expect(NoNames.found(in: "of \(HostileFile.ann)", arguments: []) == [HostileFile.ann])
    #expect(NoNames.found(in: "of \(HostileFile.ann)", arguments: [HostileFile.ann]).isEmpty)
    #expect(NoNames.found(in: "Mill Lane Primary School: 3 rows", arguments: []).isEmpty)
  }
}
