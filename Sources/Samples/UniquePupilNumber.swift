/// A made-up unique pupil number (UPN): 13 characters with a check letter that holds.
///
/// Source: DfE, *Unique pupil numbers: a guide for schools and local authorities*.
struct UniquePupilNumber: Sendable {
  let text: String

  private static let alphabet = Array("ABCDEFGHJKLMNPQRTUVWXYZ".utf8)

  /// The number the school issued in a year; a temporary one ends in a letter.
  init(localAuthority: Int, establishment: Int, year: Int, serial: Int, isTemporary: Bool = false) {
    var body: [UInt8] = []
    body.appendDecimal(localAuthority, width: 3)
    body.appendDecimal(establishment, width: 4)
    body.appendDecimal(year % 100, width: 2)
    if isTemporary {
      body.appendDecimal(serial / 23 % 100, width: 2)
      body.append(UniquePupilNumber.alphabet[serial % 23])
    } else {
      body.appendDecimal(serial % 1000, width: 3)
    }
    let letter = UniquePupilNumber.checkLetter(of: body)
    text = String(decoding: [letter] + body, as: UTF8.self)
  }

  /// The letter that stands before the twelve characters: their values times their positions (from 2), modulo 23.
  static func checkLetter(of body: [UInt8]) -> UInt8 {
    var sum = 0
    for (position, byte) in body.enumerated() {
      let value = alphabet.firstIndex(of: byte) ?? Int(byte &- UInt8(ascii: "0"))
      sum += (position + 2) * value
    }
    return alphabet[sum % 23]
  }
}
