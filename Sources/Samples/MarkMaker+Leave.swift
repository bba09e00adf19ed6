import Registers

/// Leave: holidays, exceptional circumstances, travelling, religious observance, performances and interviews.
extension MarkMaker {
  mutating func makeLeave(of pupil: SamplePupil, from stream: inout SplitMix64) {
    makeHolidays(from: &stream)
    makeExceptionalLeave(from: &stream)
    if pupil.origin == .traveller, stream.percent(75), calendar.days.count > 30 {
      let first = stream.within(4...24)
      row.set(days: first..<first + stream.within(4...9), .parentTravelling)
    }
    if let festival = Festival(of: pupil.origin), stream.percent(festival.observers) {
      row.set(days: calendar.positions(from: festival.day, to: festival.day), .religiousObservance)
    }
    if pupil.arrangements.contains(.performer), let first = anyDay(from: &stream) {
      row.set(days: first..<first + 1, .regulatedPerformance)
    }
    if 11...12 ~= pupil.year, stream.percent(12), let day = anyDay(from: &stream) {
      row.set(day * 2 + stream.below(2), .interview)
    }
  }

  /// Holidays lie against the edges of half-terms, where flights are cheap.
  private mutating func makeHolidays(from stream: inout SplitMix64) {
    for halfTerm in calendar.halfTerms.indices {
      let days = calendar.positions(of: halfTerm)
      let ends = calendar.halfTerms[halfTerm].last <= calendar.until
      if ends, stream.chance(rates.holiday) {
        let length = min(stream.within(2...5), days.count)
        row.set(days: days.upperBound - length..<days.upperBound, .holidayNotGranted)
      }
      if stream.chance(rates.holiday * 2 / 3) {
        row.set(
          days: days.lowerBound..<days.lowerBound + min(stream.within(2...5), days.count), .holidayNotGranted)
      }
    }
    if stream.chance(rates.holiday), calendar.days.count > 20 {
      let first = stream.below(calendar.days.count - 10)
      row.set(days: first..<first + stream.within(5...10), .holidayNotGranted)
    }
  }

  private mutating func makeExceptionalLeave(from stream: inout SplitMix64) {
    for day in calendar.days.indices where stream.chance(rates.exceptional) {
      row.set(days: day..<day + stream.within(1...2), .exceptionalLeave, where: { $0 != .holidayNotGranted })
    }
  }

  /// A day of the calendar. Missing: nil when it has none.
  func anyDay(from stream: inout SplitMix64) -> Int? {
    calendar.days.isEmpty ? nil : stream.below(calendar.days.count)
  }
}

extension Festival {
  /// The school day the festival falls on in 2025/26, as far as anyone could tell beforehand.
  var day: Day {
    switch self {
    case .diwali: SampleCalendar.day(10, 20)
    case .eid: SampleCalendar.day(3, 20)
    case .orthodoxChristmas: SampleCalendar.day(1, 7)
    }
  }

  /// Families who ask for the day. Unit: per cent.
  var observers: Int {
    switch self {
    case .diwali: 55
    case .eid: 80
    case .orthodoxChristmas: 14
    }
  }
}
