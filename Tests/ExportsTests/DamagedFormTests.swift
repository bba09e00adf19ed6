import Registers
import TabularTestSupport
import TestSupport
import Testing

@testable import Exports
@testable import Tabular

/// A damaged file of any form is either read, with every cell accounted for, or refused.
@Suite struct DamagedFormTests {
  private static let made = MadeRegister(seed: 9)

  private static let forms: [[UInt8]] = {
    let texts = [
      made.arbor, made.sims, made.day(morning: "AM", afternoon: "PM"), made.pairs, made.wide(.weekday),
      made.wideInTwoRows(date: MadeRegister.british, halves: ("AM", "PM")), made.bromcomWeeks,
      made.weekStrings(.toSunday), made.weekStrings(.cutShort, map: MadeRegister.punctuation),
      made.transferFile,
      made.simsXML, made.bromcomJSON, made.wonde(phpDates: true), MadeRegister.wondeCodes,
    ]
    let books = [
      made.longBook(countsFrom1904: true), made.classBook(date: { .text(MadeRegister.british($0)) }),
    ]
    return texts.map { Array($0.utf8) } + books.map(\.bytes)
      + [
        TextBytes.utf16BigEndian.bytes(of: made.long()),
        TextBytes.utf16WithoutMark.bytes(of: made.wide(.iso)),
      ]
  }()

  @Test(arguments: forms.indices, 1...12) func `a damaged file is read or refused`(form: Int, seed: Int) {
    var random = Seeded(UInt64(form * 1000 + seed))
    let bytes = altered(Self.forms[form], &random)
    attempt([bytes], "form \(form), seed \(seed)")
    attempt([bytes, Self.forms[seed % Self.forms.count]], "form \(form), seed \(seed), two files")
  }

  private func attempt(_ files: [[UInt8]], _ location: String) {
    for asAt in [nil, MadeRegister.asAt] {
      do {
        let files = files.enumerated().map { InMemory.file($1, "\($0)") }
        let reading = try Reading(files, pupils: [Self.made.details], asAt: asAt)
        #expect(
          reading.result.accounts.allSatisfy { $0.isBalanced }, "\(location): \(reading.result.accounts)")
        #expect(reading.result.accounts.reduce(0) { $0 + $1.marks } == reading.marks, "\(location)")
      } catch let failure as TableFailure {
        for pupil in Self.made.pupils {
          #expect(
            !failure.description.contains(pupil.upn) && !failure.description.contains(pupil.surname + ","),
            "\(location)")
        }
      } catch {
        Issue.record("\(location): \(error)")
      }
    }
  }
}
