/// Where a made-up pupil's names come from; it goes with an ethnicity, a festival and a likely first language.
enum Origin: CaseIterable, Sendable {
  case british, irish, traveller, easternEuropean, southernEuropean, indian, pakistani, bangladeshi, african,
    caribbean, chinese, middleEastern, mixed

  /// Roughly as pupils of southern English towns are. Unit: pupils in a thousand.
  static let weights = [600, 12, 8, 68, 28, 48, 44, 22, 62, 18, 14, 22, 54]

  /// DfE's ethnicity codes that fit.
  var ethnicities: [String] {
    switch self {
    case .british: ["WBRI"]
    case .irish: ["WIRI"]
    case .traveller: ["WIRT", "WROM"]
    case .easternEuropean: ["WOTH", "WEEU"]
    case .southernEuropean: ["WOTH", "WWEU"]
    case .indian: ["AIND"]
    case .pakistani: ["APKN"]
    case .bangladeshi: ["ABAN"]
    case .african: ["BAFR"]
    case .caribbean: ["BCRB", "BOTH"]
    case .chinese: ["CHNE"]
    case .middleEastern: ["OOTH", "OARA"]
    case .mixed: ["MWBC", "MWBA", "MWAS", "MOTH"]
    }
  }

  /// The chance that English is not the first language. Unit: per cent.
  var otherLanguage: Int {
    switch self {
    case .british, .irish, .caribbean: 1
    case .mixed: 12
    case .traveller: 30
    case .african: 60
    case .indian, .pakistani, .bangladeshi: 72
    case .easternEuropean, .southernEuropean, .chinese, .middleEastern: 85
    }
  }
}

/// A festival for which a family may ask for a day of religious observance.
enum Festival: Sendable {
  case diwali, eid, orthodoxChristmas

  init?(of origin: Origin) {
    switch origin {
    case .indian: self = .diwali
    case .pakistani, .bangladeshi, .middleEastern: self = .eid
    case .easternEuropean: self = .orthodoxChristmas
    case .british, .irish, .traveller, .southernEuropean, .african, .caribbean, .chinese, .mixed: return nil
    }
  }
}
