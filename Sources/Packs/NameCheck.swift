import Foundation
import Registers

/// The names, UPNs, dates of birth and admission numbers of a trust's pupils, which no text under `share/` may contain.
struct NameCheck: Sendable {
  /// Names and dates as words, in each order.
  private var sequences: Set<[String]> = []
  /// Names, UPNs and admission numbers written as one word.
  private var words: Set<String> = []
  private var maxWords = 1

  /// Collects the pupils of all schools of a trust.
  init(_ registers: [Register]) {
    for pupil in registers.lazy.flatMap(\.pupils) {
      let forename = NameCheck.words(pupil.forename.unredacted)
      let surname = NameCheck.words(pupil.surname.unredacted)
      if !forename.isEmpty, !surname.isEmpty {
        add(forename + surname)
        add(surname + forename)
      }
      for number in [pupil.upn.unredacted, pupil.admissionNumber.unredacted] {
        let word = NameCheck.words(number).joined()
        // A short number may mean anything, and so may a year.
        if word.count >= 5 || word.count == 4 && Int(word).map({ !(1900...2100 ~= $0) }) ?? true {
          words.insert(word)
        }
      }
      if let born = pupil.dateOfBirth.unredacted { addDate(born) }
    }
  }

  private mutating func add(_ sequence: [String]) {
    sequences.insert(sequence)
    maxWords = max(maxWords, sequence.count)
    words.insert(sequence.joined())
  }

  /// Adds a date as it is written in numbers and in words.
  private mutating func addDate(_ day: Day) {
    let parts = day.iso.split(separator: "-").map(String.init)
    guard parts.count == 3 else { return }
    let (year, month, date) = (parts[0], parts[1], parts[2])
    let short = [month, date].map { String($0.drop { $0 == "0" }) }
    let name = day.formatted.lowercased().split(separator: " ").map(String.init)
    for sequence in [
      parts, [date, month, year], [date, month, String(year.suffix(2))], [short[1], short[0], year],
      [short[1], short[0], String(year.suffix(2))], name, [short[1], String(name[1].prefix(3)), year],
    ] {
      sequences.insert(sequence)
      maxWords = max(maxWords, sequence.count)
    }
  }

  /// Returns the index of the first of some lines that names a pupil, or `nil` if none does.
  ///
  /// A name may continue on the next line.
  func firstMatch(in lines: [String]) -> Int? {
    let split = lines.map(NameCheck.words)
    for index in split.indices {
      let own = split[index]
      let next = index + 1 < split.count ? Array(split[index + 1].prefix(maxWords - 1)) : []
      let all = own + next
      for start in own.indices {
        if words.contains(all[start]) { return index }
        for count in 1...maxWords where start + count <= all.count {
          if sequences.contains(Array(all[start..<(start + count)])) { return index }
        }
      }
    }
    return nil
  }

  /// Returns the words of a text without capitals, accents, invisible characters and percent encoding.
  private static func words(_ text: String) -> [String] {
    let decoded = text.contains("%") ? text.removingPercentEncoding ?? text : text
    let visible = decoded.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
    let folded = String(String.UnicodeScalarView(visible)).folding(
      options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    return folded.split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }
}
