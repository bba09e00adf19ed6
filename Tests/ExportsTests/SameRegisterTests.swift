import Registers
import TabularTestSupport
import Testing

@testable import Exports

/// The law of the reader: a register is the same in every form of export.
@Suite struct SameRegisterTests {
  static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6]

  private func expectSame(
    _ seed: UInt64, minutes: Bool, codes: [AttendanceCode] = AttendanceCode.allCases,
    profile: SourceProfile = SourceProfile(), name: String = "register",
    _ texts: (MadeRegister) -> [[UInt8]], line: SourceLocation = #_sourceLocation
  ) throws {
    let made = MadeRegister(seed: seed, codes: codes)
    let files = texts(made).enumerated().map { InMemory.file($1, "\(name)-\($0)", profile: profile) }
    let read = try made.lines(of: files)
    var plain = try made.lines(of: [InMemory.file(made.long())])
    #expect(plain.count > 150, sourceLocation: line)
    if !minutes { plain.removeAll { $0.hasSuffix(" minutes") } }
    #expect(Set(plain).subtracting(read) == [], "seed \(seed)", sourceLocation: line)
    #expect(Set(read).subtracting(plain) == [], "seed \(seed)", sourceLocation: line)
    #expect(read == plain, "seed \(seed)", sourceLocation: line)
  }

  @Test(arguments: seeds) func `every mark that is written is read`(seed: UInt64) throws {
    let made = MadeRegister(seed: seed)
    let reading = try Reading(
      [InMemory.file(made.long())], pupils: [made.details], asAt: MadeRegister.asAt)
    let expected = made.rows.filter { $0.code != .noMark }.map {
      "\($0.pupil.upn)\($0.pupil.pupilID) \($0.session) \($0.code.mark)"
    }
    #expect(
      Set(
        reading.register.filter { $0.contains("M ") && !$0.hasPrefix("sessions") && !$0.hasSuffix("minutes") }
      ) == Set(expected))
  }

  @Test(arguments: [",", ";", "\t", "|"], Array(TextBytes.allCases))
  func `a register is the same in any encoding with any delimiter`(delimiter: String, encoding: TextBytes)
    throws
  {
    for seed in SameRegisterTests.seeds.prefix(2) {
      try expectSame(seed, minutes: true) { [encoding.bytes(of: $0.long(delimiter: delimiter))] }
    }
  }

  @Test(arguments: seeds) func `a register is the same in a long table`(seed: UInt64) throws {
    let forms: [(MadeRegister) -> String] = [
      { $0.long(date: { "\(MadeRegister.serial($0))" }) },
      { $0.long(date: { "\(MadeRegister.serial($0)).0" }) },
      { $0.long(lineEnd: "\n", date: \.iso) }, { $0.long(lineEnd: "\r", date: \.formatted) },
      { $0.long(date: { "\($0)T00:00:00Z" }) }, { $0.long(date: { "\($0 - 1)T23:00:00.000Z" }) },
      \.arbor, \.go4Schools, \.sims,
    ]
    for form in forms { try expectSame(seed, minutes: true) { [Array(form($0).utf8)] } }
  }

  @Test(arguments: seeds) func `a register is the same with a row per day`(seed: UInt64) throws {
    for (morning, afternoon) in [("AM", "PM"), ("Morning", "Afternoon"), ("AM Mark", "PM Mark")] {
      try expectSame(seed, minutes: true) { [Array($0.day(morning: morning, afternoon: afternoon).utf8)] }
    }
    try expectSame(seed, minutes: false) { [Array($0.pairs.utf8)] }
  }

  @Test(arguments: seeds, MadeRegister.Caption.allCases)
  func `a register is the same with a column per session`(seed: UInt64, caption: MadeRegister.Caption) throws
  {
    try expectSame(seed, minutes: false) { [Array($0.wide(caption).utf8)] }
  }

  @Test(arguments: seeds) func `a register is the same under a header of two rows`(seed: UInt64) throws {
    let dates: [(Day) -> String] = [
      { "\(MadeRegister.serial($0))" }, MadeRegister.british, { String(MadeRegister.british($0).prefix(5)) },
      { "\($0.weekday.name.prefix(3)) \(MadeRegister.british($0))" },
    ]
    for date in dates {
      for halves in [("AM", "PM"), ("am", "pm"), ("Morning", "Afternoon")] {
        try expectSame(seed, minutes: false) { [Array($0.wideInTwoRows(date: date, halves: halves).utf8)] }
      }
    }
  }

  @Test(arguments: seeds) func `a register is the same in columns of a week`(seed: UInt64) throws {
    try expectSame(seed, minutes: false) { [Array($0.bromcomWeeks.utf8)] }
  }

  @Test(arguments: seeds, MadeRegister.Week.allCases)
  func `a register is the same in strings of weeks`(seed: UInt64, week: MadeRegister.Week) throws {
    try expectSame(
      seed, minutes: false, codes: week == .cutShort ? SameRegisterTests.single : AttendanceCode.allCases
    ) {
      [Array($0.weekStrings(week).utf8)]
    }
    var profile = SourceProfile()
    profile.marks = Dictionary(uniqueKeysWithValues: MadeRegister.punctuation.map { ($1, $0.mark) })
    try expectSame(seed, minutes: false, profile: profile) {
      [Array($0.weekStrings(week, map: MadeRegister.punctuation).utf8)]
    }
  }

  /// Codes of one character.
  static let single = AttendanceCode.allCases.filter { $0.mark.utf8.count == 1 }

  @Test(arguments: seeds) func `a register is the same in XML`(seed: UInt64) throws {
    try expectSame(seed, minutes: false, codes: SameRegisterTests.single) { [Array($0.transferFile.utf8)] }
    try expectSame(seed, minutes: false) { [Array($0.transferFile.utf8)] }
    try expectSame(seed, minutes: true) { [TextBytes.windows1252.bytes(of: $0.simsXML)] }
  }

  @Test(arguments: seeds) func `a register is the same in JSON`(seed: UInt64) throws {
    try expectSame(seed, minutes: false) { [Array($0.bromcomJSON.utf8)] }
    for phpDates in [false, true] {
      let codes = Array(MadeRegister.wondeCodes.utf8)
      try expectSame(seed, minutes: true) { [codes, Array($0.wonde(phpDates: phpDates).utf8)] }
      try expectSame(seed, minutes: true) { [Array($0.wonde(phpDates: phpDates).utf8), codes] }
    }
  }

  @Test(arguments: seeds) func `a register is the same in workbooks`(seed: UInt64) throws {
    for countsFrom1904 in [false, true] {
      try expectSame(seed, minutes: true) { [$0.longBook(countsFrom1904: countsFrom1904).bytes] }
    }
    let dates: [(Day) -> MadeBook.Cell] = [
      { .number("\(MadeRegister.serial($0))") }, { .text(MadeRegister.british($0)) },
      { .text("\($0.weekday.name.prefix(3)) \(MadeRegister.british($0).prefix(5))") },
    ]
    for date in dates { try expectSame(seed, minutes: false) { [$0.classBook(date: date).bytes] } }
  }
}

/// The encodings of text files.
enum TextBytes: CaseIterable {
  case utf8, utf8WithMark, utf16LittleEndian, utf16BigEndian, windows1252, utf16WithoutMark

  func bytes(of text: String) -> [UInt8] {
    switch self {
    case .utf8: Array(text.utf8)
    case .utf8WithMark: [0xEF, 0xBB, 0xBF] + text.utf8
    case .utf16LittleEndian: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case .utf16WithoutMark: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .windows1252: text.unicodeScalars.map { $0.value < 256 ? UInt8($0.value) : 0x3F }
    }
  }
}
