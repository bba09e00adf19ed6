import Registers
import TestSupport
import Testing

/// Source: Education Act 1996, section 8.
@Suite struct CompulsoryAgeTests {
  private func age(born: String, year: Int = 2025) -> ClosedRange<Day>? {
    var pupil = Pupil()
    pupil.dateOfBirth = Redacted(Day(born))
    return pupil.compulsoryAge(in: SchoolYear(start: year))
  }

  /// The term after the fifth birthday, to the last Friday of June of the year of the sixteenth.
  @Test(arguments: [
    ("2020-09-01", "2025-12-31", "2037-06-26"), ("2020-12-31", "2025-12-31", "2037-06-26"),
    ("2021-01-01", "2026-03-31", "2037-06-26"), ("2021-03-31", "2026-03-31", "2037-06-26"),
    ("2021-04-01", "2026-08-31", "2037-06-26"), ("2021-08-31", "2026-08-31", "2037-06-26"),
    ("2009-09-01", "2014-12-31", "2026-06-26"), ("2010-08-31", "2015-08-31", "2026-06-26"),
    ("2010-09-01", "2015-12-31", "2027-06-25"), ("2012-02-29", "2017-03-31", "2028-06-30"),
  ])
  func `compulsory school age starts with a term and ends in June`(born: String, first: String, last: String)
  {
    #expect(age(born: born) == Day(first)...Day(last))
  }

  @Test func `without a date of birth the year group decides`() {
    let year = SchoolYear(start: 2025)
    #expect(Pupil.ofYear(0).compulsoryAge(in: year) == nil)
    #expect(Pupil.ofYear(12).compulsoryAge(in: year) == nil)
    #expect(Pupil.ofYear(1).compulsoryAge(in: year)?.contains(Day("2026-07-20")) == true)
    #expect(Pupil.ofYear(11).compulsoryAge(in: year)?.upperBound == Day("2026-06-26"))
    #expect(Pupil().compulsoryAge(in: year)?.contains(Day("2026-01-01")) == true)
  }
}
