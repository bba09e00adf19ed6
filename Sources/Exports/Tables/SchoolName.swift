/// The name of a school in the title of a table, the name of a sheet, or a path.
///
/// A text names a school if it calls itself one with a name of its own before it, such as `Mill Lane Primary School`.
/// Other words of file, folder and sheet names say nothing of schools.
package enum SchoolName {
  /// Words by which a text calls itself a school.
  private static let kinds: Set<String> = [
    "school", "academy", "college", "infant", "infants", "junior", "juniors", "primary", "nursery",
  ]

  /// Words that are not names by themselves.
  private static let commonWords: Set<String> = Set(
    """
    register registers attendance attendances marks mark pupil pupils student students child children details detail
    export exports session sessions autumn spring summer winter term terms half year years data report reports week weeks
    weekly code codes bromcom arbor sims wonde ctf list lists to date dates all day days daily of the roll january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec monday tuesday wednesday thursday friday saturday sunday copy new old final draft latest current
    previous last this next our your my their whole entire every each other another any in on at by for from with
    without and or after before during pre post out main home host sending former high secondary special upper lower
    middle first sixth boarding mixed day night summary totals total absence absences absent present lateness late
    sen send need needs office admin headteacher class classes form forms group groups tutor reg registration reception
    key stage phase ks eyfs full part time am pm ampm ws morning afternoon is a an no not sheet table file files csv xlsx
    """.split { $0.isWhitespace }.map(String.init))

  /// Words before the name of a teacher, after whom classes are called.
  private static let titles: Set<String> = ["mr", "mrs", "miss", "ms", "mx", "dr", "sir", "madam"]

  /// Words after a kind that make it an adjective: the primary need, the school year.
  private static let nouns: Set<String> = [
    "need", "needs", "year", "years", "day", "days", "phase", "class", "club", "meal", "meals", "holiday",
    "holidays",
    "term", "terms", "week", "weeks", "time", "age", "language",
  ]

  /// Returns the name of the school that a text calls itself, or `nil` if it names none.
  package static func find(in text: String) -> String? {
    text.split { ",;:|()[]/\\".contains($0) || $0 == "–" || $0 == "—" }.lazy
      .flatMap { String($0).split(separator: " - ").map(String.init) }
      .compactMap(findInPhrase).first
  }

  private static func findInPhrase(_ phrase: String) -> String? {
    let words = phrase.split { !($0.isLetter || "'’&.".contains($0)) }.map(String.init).filter {
      $0.contains(where: \.isLetter)
    }
    let plain = words.map { $0.lowercased().filter(\.isLetter) }
    guard titles.isDisjoint(with: plain), let last = plain.indices.last(where: { kinds.contains(plain[$0]) }),
      last + 1 == plain.count || !nouns.contains(plain[last + 1])
    else { return nil }
    let first = plain[...last].firstIndex { !commonWords.contains($0) || $0 == "st" } ?? last
    let own = plain[first..<last].filter { !kinds.contains($0) && !commonWords.contains($0) && $0.count > 1 }
    guard !own.isEmpty else { return nil }
    return words[first...last].map {
      $0 == $0.lowercased() && $0.count > 2 ? $0.prefix(1).uppercased() + $0.dropFirst() : $0
    }.joined(separator: " ")
  }

  /// Returns the words of a folder's name that may be a name, for a folder whose exports name no school; or `nil` if
  /// it has none.
  package static func label(of folder: String) -> String? {
    let words = folder.split { !($0.isLetter || "'’&".contains($0)) }.map(String.init).filter { word in
      let plain = word.lowercased().filter(\.isLetter)
      return plain.count > 1 && !commonWords.contains(plain)
    }
    guard !words.isEmpty else { return nil }
    return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
  }
}
