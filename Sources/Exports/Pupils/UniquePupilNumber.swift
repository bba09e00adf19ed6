import Registers
import Tabular

/// The unique pupil number: a check letter, eleven digits, and a digit or, in a temporary one, a letter.
///
/// Source: DfE, *Unique pupil numbers (UPNs): a guide for schools and local authorities*; rules, section 12.
enum UniquePupilNumber {
  /// What is worth telling of a UPN. Missing: nil when it is a good one, or there is none.
  static func finding(about upn: String) -> Issue? {
    guard !upn.isEmpty else { return nil }
    let characters = Array(upn.utf8)
    guard characters.count == 13, let letter = index(characters[0]),
      characters[1..<12].allSatisfy({ $0.digit != nil }),
      let last = characters[12].digit ?? index(characters[12])
    else { return .notAUPN(length: upn.count) }
    var sum = 13 * last
    for place in 1..<12 { sum += (place + 1) * (characters[place].digit ?? 0) }
    if sum % 23 != letter { return .checkLetter }
    return characters[12].digit == nil ? .temporaryUPN : nil
  }

  /// The letters a UPN may hold, by the remainder each stands for: I, O and S are left out.
  private static let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ".utf8)

  private static func index(_ letter: UInt8) -> Int? { letters.firstIndex(of: letter) }
}
