import Registers

/// Days on which a school does something out of the ordinary.
struct SchoolEvents {
  /// For each class, the positions of the days it goes on a trip.
  let tripsByForm: [String: [Int]]
  let matches: [Int]
  let workExperience: Range<Int>
  /// The days of the public examinations, from the middle of May to the middle of June.
  let studyLeave: Range<Int>

  init(of plan: SchoolPlan, seed: UInt64) {
    var stream = SplitMix64(seed: seed, plan.number, -1, 4)
    let calendar = plan.calendar
    var trips: [String: [Int]] = [:]
    for group in plan.classes where trips[group.form] == nil {
      for halfTerm in calendar.halfTerms.indices where stream.percent(halfTerm % 2 == 0 ? 40 : 15) {
        let days = calendar.positions(of: halfTerm)
        // Trips are not made in the first days of a half-term.
        guard days.count > 6 else { continue }
        trips[group.form, default: []].append(days.lowerBound + stream.within(4...days.count - 2))
      }
    }
    tripsByForm = trips
    matches = calendar.days.indices.filter { $0 % 7 == 5 && stream.percent(60) }
    workExperience = calendar.positions(from: SampleCalendar.day(1, 26), to: SampleCalendar.day(1, 30))
    studyLeave = calendar.positions(from: SampleCalendar.day(5, 18), to: SampleCalendar.day(6, 19))
  }
}
