import Registers

/// A trust of any number of schools, primary and secondary by turns, for measuring speed.
enum LargeTrust {
  static let name = "Broadwater Schools Trust"

  static func schools(_ count: Int, pupils: Int, until: Day) -> [SchoolPlan] {
    let trainingDays = [
      SampleCalendar.firstDay, SampleCalendar.day(11, 28), SampleCalendar.day(2, 23),
      SampleCalendar.day(6, 1),
    ]
    let calendar = SampleCalendar(trainingDays: trainingDays, until: until)
    return (0..<count).map { school($0, pupils: pupils, calendar: calendar) }
  }

  private static func school(_ position: Int, pupils: Int, calendar: SampleCalendar) -> SchoolPlan {
    let isPrimary = position % 2 == 0
    let words = place(position)
    let name = words.joined(separator: " ") + (isPrimary ? " Primary School" : " Academy")
    return SchoolPlan(
      number: position + 1, name: name,
      slug: words.joined(separator: "-").lowercased(),
      phase: isPrimary ? .primary : .secondary,
      localAuthority: LocalAuthority.all[position % LocalAuthority.all.count],
      classes: classes(of: pupils, years: isPrimary ? Array(0...6) : Array(7...11)),
      quotas: quotas(of: pupils, isPrimary: isPrimary), style: .plain, calendar: calendar)
  }

  /// Two words that no other school of the trust has together.
  private static func place(_ position: Int) -> [String] {
    let round = position / firstWords.count
    let first = firstWords[position % firstWords.count]
    let second = secondWords[(position + round) % secondWords.count]
    let laps = round / secondWords.count
    return [first, second] + (laps > 0 ? [String(laps + 1)] : [])
  }

  private static func classes(of pupils: Int, years: [Int]) -> [ClassPlan] {
    let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ").map(String.init)
    return years.enumerated().flatMap { position, year in
      let inYear = pupils / years.count + (position < pupils % years.count ? 1 : 0)
      let forms = (inYear + 29) / 30
      return (0..<forms).map { form in
        let size = inYear / forms + (form < inYear % forms ? 1 : 0)
        return ClassPlan(
          form: (year == 0 ? "R" : "\(year)") + letters[form % letters.count], year: year, size: size)
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
      squad: pupils / 25, performers: pupils / 400)
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
