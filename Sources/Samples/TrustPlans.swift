import Registers

/// The showcase trust: four schools, each of another phase and with another export style.
enum ShowcaseTrust {
  static let name = "Riverside Learning Trust"

  static func schools(until: Day) -> [SchoolPlan] {
    [millLane(until: until), alderReach(until: until), fernhollow(until: until), tidewater(until: until)]
  }

  private static func calendar(trainingDays: [(month: Int, day: Int)], until: Day) -> SampleCalendar {
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
      leavers: 4, partTime: 1, suspended: 2, tuition: 1, sportsTeam: 8, performers: 1)
    return SchoolPlan(
      number: 1, name: "Mill Lane Primary School", slug: "mill-lane", phase: .primary,
      localAuthority: .southampton, classes: classes, quotas: quotas, style: .sims,
      calendar: calendar(trainingDays: [(9, 3), (11, 28), (2, 23), (6, 1), (7, 21)], until: until),
      policy: "mason-moor-primary", hasSeededErrors: true)
  }

  private static func alderReach(until: Day) -> SchoolPlan {
    var classes = [7, 8, 9, 10, 11].flatMap { year in
      ["A", "B"].map { ClassPlan(form: "\(year)\($0)", year: year, size: 31 - year % 3) }
    }
    classes.append(ClassPlan(form: "12P", year: 12, size: 14))
    let quotas = PupilQuotas(
      lookedAfter: 4, previouslyLookedAfter: 5, childProtection: 4, childInNeed: 9, serviceChildren: 6,
      youngCarers: 9, temporaryUPNs: 2, unknownEthnicity: 7, unknownPremium: 5, joiners: 8, leavers: 7,
      partTime: 4, suspended: 20, tuition: 1, college: 7, sportsTeam: 16, accessBarriers: 1, performers: 1)
    return SchoolPlan(
      number: 2, name: "Alder Reach Academy", slug: "alder-reach", phase: .secondary,
      localAuthority: .southampton, classes: classes, quotas: quotas, style: .weekStrings,
      calendar: calendar(trainingDays: [(9, 3), (11, 28), (1, 5), (6, 1), (7, 21)], until: until),
      policy: "bramhall-high", hasTransferringPupil: true, hasSeededErrors: true)
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
      partTime: 3, suspended: 2, tuition: 1, college: 3, sportsTeam: 4, accessBarriers: 2)
    return SchoolPlan(
      number: 3, name: "Fernhollow School", slug: "fernhollow", phase: .special,
      localAuthority: .hampshire, classes: classes, quotas: quotas, style: .registerWorkbook,
      calendar: calendar(trainingDays: [(9, 3), (11, 28), (1, 5), (6, 1), (7, 20)], until: until),
      policy: "st-albans-mat", exportsPlannedClosures: true, snowDay: SampleCalendar.day(1, 8),
      daysWithoutTransport: [SampleCalendar.day(1, 7), SampleCalendar.day(1, 9), SampleCalendar.day(11, 19)],
      hasSeededErrors: true)
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
      partTime: 2, suspended: 8, tuition: 4, college: 9, dualRegistered: 17, accessBarriers: 1)
    return SchoolPlan(
      number: 4, name: "The Tidewater Centre", slug: "tidewater", phase: .alternative,
      localAuthority: .southampton, classes: classes, quotas: quotas, style: .wonde,
      calendar: calendar(trainingDays: [(9, 3), (11, 28), (1, 5), (6, 1), (7, 21)], until: until),
      policy: "music-stuff-education", hasTransferringPupil: true, hasSeededErrors: true)
  }
}

/// A trust of any number of schools, alternately primary and secondary, for measuring speed.
enum LargeTrust {
  static let name = "Broadwater Schools Trust"

  static func schools(_ count: Int, pupils: Int, until: Day) -> [SchoolPlan] {
    let calendar = SampleCalendar(
      trainingDays: [
        SampleCalendar.firstDay, SampleCalendar.day(11, 28), SampleCalendar.day(2, 23),
        SampleCalendar.day(6, 1),
      ], until: until)
    return (0..<count).map { index in
      let isPrimary = index % 2 == 0
      let name = uniqueName(index)
      return SchoolPlan(
        number: index + 1, name: name + (isPrimary ? " Primary School" : " Academy"),
        slug: String(name.lowercased().map { $0 == " " ? "-" : $0 }),
        phase: isPrimary ? .primary : .secondary,
        localAuthority: LocalAuthority.all[index % LocalAuthority.all.count],
        classes: classes(of: pupils, years: isPrimary ? Array(0...6) : Array(7...11)),
        quotas: quotas(of: pupils, isPrimary: isPrimary), style: .plain, calendar: calendar)
    }
  }

  /// Returns two words, and a number once all pairs are used, that no other school of the trust has.
  private static func uniqueName(_ index: Int) -> String {
    let round = index / firstWords.count
    let first = firstWords[index % firstWords.count]
    let second = secondWords[(index + round) % secondWords.count]
    let repetition = round / secondWords.count
    return "\(first) \(second)" + (repetition > 0 ? " \(repetition + 1)" : "")
  }

  /// Returns classes of at most 30 pupils, as equal in size as possible.
  private static func classes(of pupils: Int, years: [Int]) -> [ClassPlan] {
    let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ").map(String.init)
    return years.enumerated().flatMap { index, year in
      let yearSize = pupils / years.count + (index < pupils % years.count ? 1 : 0)
      let forms = (yearSize + 29) / 30
      return (0..<forms).map { form in
        ClassPlan(
          form: (year == 0 ? "R" : "\(year)") + letters[form % letters.count], year: year,
          size: yearSize / forms + (form < yearSize % forms ? 1 : 0))
      }
    }
  }

  private static func quotas(of pupils: Int, isPrimary: Bool) -> PupilQuotas {
    PupilQuotas(
      lookedAfter: pupils / 120, previouslyLookedAfter: pupils / 90, childProtection: pupils / 120,
      childInNeed: pupils / 40, serviceChildren: pupils / 80, youngCarers: pupils / 60,
      temporaryUPNs: pupils / 150, unknownEthnicity: pupils / 50, unknownPremium: pupils / 100,
      joiners: pupils / 30, leavers: pupils / 33, partTime: pupils / (isPrimary ? 200 : 90),
      suspended: pupils / (isPrimary ? 120 : 14), tuition: pupils / 300, college: isPrimary ? 0 : pupils / 45,
      sportsTeam: pupils / 25, performers: pupils / 400)
  }

  private static let firstWords = [
    "Ashcombe", "Barrowfield", "Copperbeech", "Dunnock", "Elderbrook", "Foxglove", "Gorsefield", "Hawthorn",
    "Ironbridge", "Juniper", "Kingsmere", "Larkfield", "Moorhen", "Nettlecombe", "Orchard", "Partridge",
    "Quarry", "Rushmere", "Saltmarsh", "Thornbury", "Umberleigh", "Vinewood", "Westering", "Yarrow",
    "Bramble", "Chalkdown", "Drovers", "Fallow", "Greenfinch", "Heron", "Kingfisher", "Linden", "Millstream",
    "Northgate", "Oakhanger", "Plover", "Ridgeway", "Swallow", "Teasel", "Willowbank",
  ]
  private static let secondWords = [
    "Park", "Hill", "Green", "Bridge", "Road", "Vale", "Common", "Lane", "Heath", "Cross", "Fields", "Down",
  ]
}
