extension Pupil {
  /// The days on which the pupil is of compulsory school age, or `nil` if there are none in the school year.
  ///
  /// It starts on the last day of March, August or December on or after the fifth birthday, and ends with the last Friday of
  /// June of the school year in which the pupil turns 16. Without a date of birth, national curriculum years 1 to 11 of
  /// the school year decide; without either, every day counts.
  /// Source: Education Act 1996, section 8; rules, section 3.
  package func compulsoryAge(in schoolYear: SchoolYear) -> ClosedRange<Day>? {
    if let dateOfBirth = dateOfBirth.unredacted {
      let first = Day.prescribed(onOrAfter: dateOfBirth.birthday(5))
      let last = SchoolYear.leavingDay(of: dateOfBirth.birthday(16))
      return first...max(first, last)
    }
    guard let year else { return Day(number: .min)...Day(number: .max) }
    guard 1...11 ~= year.number else { return nil }
    return Day(number: .min)...(year.number == 11 ? schoolYear.leavingDay : Day(number: .max))
  }
}

extension SchoolYear {
  /// The last Friday of June.
  var leavingDay: Day {
    let last = Day(year: start + 1, month: 6, day: 30) ?? lastDay
    return last - (last.weekday.rawValue + 7 - Weekday.friday.rawValue) % 7
  }

  /// Returns the leaving day of the school year of a birthday, which here is from September to August.
  fileprivate static func leavingDay(of birthday: Day) -> Day {
    let (year, month, _) = birthday.date
    return SchoolYear(start: month >= 9 ? year : year - 1).leavingDay
  }
}

extension Day {
  /// Returns the day a number of years after a birth: 1 March for 29 February outside leap years.
  fileprivate func birthday(_ age: Int) -> Day {
    let (year, month, day) = date
    return Day(year: year + age, month: month, day: day) ?? Day(year: year + age, month: 3, day: 1) ?? self
  }

  /// Returns the first 31 March, 31 August or 31 December on or after a day.
  fileprivate static func prescribed(onOrAfter day: Day) -> Day {
    let year = day.date.year
    return [(3, 31), (8, 31), (12, 31)].compactMap { Day(year: year, month: $0.0, day: $0.1) }
      .first { $0 >= day } ?? day
  }
}
