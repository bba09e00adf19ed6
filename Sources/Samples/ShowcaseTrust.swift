import Registers

/// The four schools of the showcase trust: a phase and an export style each.
enum ShowcaseTrust {
  static let name = "Riverside Learning Trust"

  static func schools(until: Day) -> [SchoolPlan] {
    [millLane(until: until), alderReach(until: until), fernhollow(until: until), tidewater(until: until)]
  }

  private static func calendar(_ trainingDays: [(month: Int, day: Int)], until: Day) -> SampleCalendar {
    SampleCalendar(
      trainingDays: trainingDays.map { SampleCalendar.day($0.month, $0.day) }, until: until)
  }

  private static func millLane(until: Day) -> SchoolPlan {
    let sizes = [29, 30, 31, 30, 30, 29, 31]
    let classes =
      [ClassPlan(form: "Nursery", year: -1, size: 11)]
      + zip(["Acorn", "Robin", "Wren", "Kestrel", "Otter", "Badger", "Falcon"], sizes).enumerated().map {
        ClassPlan(form: $0.element.0, year: $0.offset, size: $0.element.1)
      }
    let quotas = PupilQuotas(
      lookedAfter: 2, previouslyLookedAfter: 3, childProtection: 2, childInNeed: 5, serviceChildren: 4,
      youngCarers: 3, temporaryUPNs: 2, unknownEthnicity: 4, unknownPremium: 3, unknownSEN: 1, joiners: 5,
      leavers: 4, partTime: 1, suspended: 2, tuition: 1, squad: 8, performers: 1)
    return SchoolPlan(
      number: 1, name: "Mill Lane Primary School", slug: "mill-lane", phase: .primary,
      localAuthority: .southampton, classes: classes, quotas: quotas, style: .sims,
      calendar: calendar([(9, 3), (11, 28), (2, 23), (6, 1), (7, 21)], until: until),
      policy: "mason-moor-primary", hasDirtyRows: true)
  }

  private static func alderReach(until: Day) -> SchoolPlan {
    var classes = [7, 8, 9, 10, 11].flatMap { year in
      ["A", "B"].map { ClassPlan(form: "\(year)\($0)", year: year, size: 31 - year % 3) }
    }
    classes.append(ClassPlan(form: "12P", year: 12, size: 14))
    let quotas = PupilQuotas(
      lookedAfter: 4, previouslyLookedAfter: 5, childProtection: 4, childInNeed: 9, serviceChildren: 6,
      youngCarers: 9, temporaryUPNs: 2, unknownEthnicity: 7, unknownPremium: 5, joiners: 8, leavers: 7,
      partTime: 4, suspended: 20, tuition: 1, college: 7, squad: 16, withoutAccess: 1, performers: 1)
    return SchoolPlan(
      number: 2, name: "Alder Reach Academy", slug: "alder-reach", phase: .secondary,
      localAuthority: .southampton, classes: classes, quotas: quotas, style: .weekStrings,
      calendar: calendar([(9, 3), (11, 28), (1, 5), (6, 1), (7, 21)], until: until),
      policy: "bramhall-high", hasMover: true, hasDirtyRows: true)
  }

  private static func fernhollow(until: Day) -> SchoolPlan {
    let groups = [
      ("Oak", 0), ("Oak", 2), ("Elm", 3), ("Elm", 4), ("Rowan", 5), ("Rowan", 6), ("Hazel", 7), ("Hazel", 8),
      ("Alder", 9), ("Alder", 10), ("Beech", 11),
    ]
    let classes = groups.enumerated().map {
      ClassPlan(form: $0.element.0, year: $0.element.1, size: $0.offset % 2 == 0 ? 6 : 5)
    }
    let quotas = PupilQuotas(
      lookedAfter: 4, previouslyLookedAfter: 3, childProtection: 2, childInNeed: 6, serviceChildren: 1,
      youngCarers: 1, temporaryUPNs: 1, unknownEthnicity: 2, unknownPremium: 1, joiners: 3, leavers: 2,
      partTime: 3, suspended: 2, tuition: 1, college: 3, squad: 4, withoutAccess: 2)
    return SchoolPlan(
      number: 3, name: "Fernhollow School", slug: "fernhollow", phase: .special,
      localAuthority: .hampshire, classes: classes, quotas: quotas, style: .registerBook,
      calendar: calendar([(9, 3), (11, 28), (1, 5), (6, 1), (7, 20)], until: until),
      policy: "st-albans-mat", writesClosures: true, snowDay: SampleCalendar.day(1, 8),
      daysWithoutTransport: [SampleCalendar.day(1, 7), SampleCalendar.day(1, 9), SampleCalendar.day(11, 19)],
      hasDirtyRows: true)
  }

  private static func tidewater(until: Day) -> SchoolPlan {
    let classes = [
      ClassPlan(form: "H1", year: 9, size: 6, centre: "Harbour Street"),
      ClassPlan(form: "H2", year: 10, size: 7, centre: "Harbour Street"),
      ClassPlan(form: "H3", year: 11, size: 6, centre: "Harbour Street"),
      ClassPlan(form: "D1", year: 10, size: 5, centre: "The Old Dairy"),
      ClassPlan(form: "D2", year: 11, size: 5, centre: "The Old Dairy"),
      ClassPlan(form: "K1", year: 8, size: 4, centre: "Kiln Yard"),
      ClassPlan(form: "K2", year: 9, size: 3, centre: "Kiln Yard"),
    ]
    let quotas = PupilQuotas(
      lookedAfter: 4, previouslyLookedAfter: 2, childProtection: 3, childInNeed: 7, youngCarers: 2,
      temporaryUPNs: 1, unknownEthnicity: 2, unknownPremium: 2, unknownSEN: 1, joiners: 8, leavers: 3,
      partTime: 2, suspended: 8, tuition: 4, college: 9, dualRegistered: 17, withoutAccess: 1)
    return SchoolPlan(
      number: 4, name: "The Tidewater Centre", slug: "tidewater", phase: .alternative,
      localAuthority: .southampton, classes: classes, quotas: quotas, style: .wonde,
      calendar: calendar([(9, 3), (11, 28), (1, 5), (6, 1), (7, 21)], until: until),
      policy: "music-stuff-education", hasMover: true, hasDirtyRows: true)
  }
}
