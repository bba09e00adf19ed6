import Measures
import Registers
import Reports
import TestSupport
import Testing

/// Source: rules, section 10.
@Suite struct DisclosureTests {
  static let five = Disclosure(threshold: 5)

  @Test(arguments: 0...12) func countsFromOneToTheThresholdAreWithheld(pupils: Int) {
    let isWithheld = Self.five.protect(.pupils(pupils)) == .shorthand(.confidential)
    #expect(isWithheld == (1...5).contains(pupils))
  }

  @Test func everyFigureOfFewPupilsIsWithheld() throws {
    let rate = try #require(Rate(1, of: 3))
    let cells: [Cell] = [
      .sessions(40, of: 5), .rate(rate, of: 5), .points(12, of: 5), .minutes(9, of: 5),
      .decimal(31, places: 1, of: 5),
    ]
    for cell in cells { #expect(Self.five.protect(cell) == .shorthand(.confidential)) }
  }

  @Test func aShareIsWithheldWhenItsPartOrItsWholeIsSmall() throws {
    #expect(Self.five.protect(.share(Rate(5, of: 100))) == .shorthand(.confidential))
    #expect(Self.five.protect(.share(Rate(0, of: 4))) == .shorthand(.confidential))
    #expect(Self.five.protect(.share(Rate(0, of: 100))) == .share(Rate(0, of: 100)))
    #expect(Self.five.protect(.share(Rate(6, of: 100))) == .share(Rate(6, of: 100)))
  }

  @Test func whatIsNotAboutPupilsStays() {
    for cell in [Cell.text("3"), .number(3), .day(Day("2025-09-08"))] {
      #expect(Self.five.protect(cell) == cell)
    }
  }

  @Test func figuresInSentencesAreWithheldToo() {
    let sentence: Sentence = "There are \(Cell.pupils(3)) pupils of \(Cell.pupils(300))."
    #expect(Self.five.protect(sentence).inWords == "There are [c] pupils of 300.")
  }

  @Test(arguments: LawSeeds.all) func noSmallCountIsLeftInAProtectedReportOrInTheSharedData(seed: UInt64)
    throws
  {
    let school = try LawSeeds.figures(seed)
    let report = Self.five.protect(Report.governorPack(school))
    for cell in report.tables.flatMap(\.rows).joined() {
      #expect(Self.five.protect(cell) == cell, "seed \(seed)")
    }
    for sentence in report.headlines { #expect(!sentence.inWords.contains("[c]"), "\(sentence.inWords)") }
    let data = String(decoding: MeasuresData(disclosure: Self.five).measures(of: school), as: UTF8.self)
    for line in data.split(separator: "\n") {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      for count in [fields[7], fields[20], fields[22]].compactMap({ Int($0) }) {
        #expect(!(1...5).contains(count), "seed \(seed): \(line)")
      }
    }
  }
}
