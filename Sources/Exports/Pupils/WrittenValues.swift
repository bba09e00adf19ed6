import Registers
import Tabular

/// A value that may be written as a code, as words, or as both with a dash or brackets between them.
enum CodeAndWords {
  /// Returns the value of the whole text, else the one value of its parts, or `nil` if it has none or two.
  static func value<Value: Equatable>(of written: String, _ make: (String) -> Value?) -> Value? {
    if let value = make(written) { return value }
    let separated = written.replacing("–", with: " - ").replacing("—", with: " - ")
    let parts = separated.split(separator: #/\s+-+\s*|\s*-+\s+|[()\[\]:|=]/#).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
    guard parts.count > 1 else { return nil }
    let values = parts.compactMap(make)
    guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
    return first
  }
}

extension Status {
  /// Reads yes or no, also with words behind them: `Yes - Ever 6`. Returns `nil` for anything else.
  init?(written: String) {
    switch written.lowercased() {
    case "y", "yes", "true", "t", "1": self = .yes
    case "n", "no", "false", "f", "0": self = .no
    default:
      let lead = written.lowercased().prefix { $0.isLetter }
      let rest = written.dropFirst(lead.count).drop { $0 == " " }
      guard let mark = rest.first, "-–—:(,".contains(mark), ["y", "yes", "n", "no"].contains(lead) else {
        return nil
      }
      self = lead.first == "y" ? .yes : .no
    }
  }

  /// Reads eligibility for free school meals. Only the targeted meals count; expanded and other meals of
  /// 2026 do not. Source: DfE, free school meals from September 2026.
  init?(writtenAsMeals written: String) {
    switch written.reducedToLettersAndDigits {
    case "targeted", "targetedfsm", "tfsm", "fsmtargeted": self = .yes
    case "expanded", "expandedfsm", "efsm", "fsmexpanded", "other", "otherfsm", "ofsm", "none": self = .no
    default: self.init(written: written)
    }
  }

  /// Reads whether a pupil is looked after, by yes and no or in words.
  init?(writtenAsCare written: String) {
    switch written.reducedToLettersAndDigits {
    case "lookedafter", "currentlylookedafter", "incare", "currentlyincare", "lac", "cla": self = .yes
    case "notlookedafter", "notincare", "none", "notlac", "notcla", "neverlookedafter": self = .no
    default: self.init(written: written)
    }
  }

  /// Reads yes, no, or the code of the way a pupil left care: A adopted, G special guardianship, R
  /// residence order, C child arrangements, O adopted abroad; N is not declared. Source: DfE school census,
  /// post looked after arrangements.
  init?(writtenAsPreviousCare written: String) {
    if let status = Status(written: written) {
      self = status
    } else if ["a", "g", "r", "c", "o"].contains(written.lowercased()) {
      self = .yes
    } else {
      return nil
    }
  }
}

extension Sex {
  init?(written: String) {
    guard let value = CodeAndWords.value(of: written, Sex.single) else { return nil }
    self = value
  }

  private static func single(_ written: String) -> Sex? {
    switch written.lowercased() {
    case "f", "female", "girl": .female
    case "m", "male", "boy": .male
    case "u", "unknown", "x": .unknown
    default: nil
    }
  }
}

extension SENProvision {
  /// Reads the codes of the school census, with the legacy S, A and P, the words that systems write for
  /// them, and both in either order.
  init?(written: String) {
    guard let value = CodeAndWords.value(of: written, SENProvision.single) else { return nil }
    self = value
  }

  private static func single(_ written: String) -> SENProvision? {
    switch written.reducedToLettersAndDigits {
    case "e", "s", "ehcp", "ehcplan", "ehc", "ehcps", "eehcplan", "eehcp", "eeducationhealthandcareplan",
      "educationhealthandcareplan", "educationhealthcareplan", "educationhealthcareplanehcp",
      "educationhealthandcareplanehcp", "statement", "statemented":
      .ehcPlan
    case "k", "a", "p", "sensupport", "ksensupport", "support", "sendsupport", "schoolaction",
      "schoolactionplus",
      "sens", "ksendsupport", "senksupport", "senk":
      SENProvision.support
    case "n", "none", "nosen", "nnosen", "nosend", "nnosend", "nnospecialeducationalneed",
      "nospecialeducationalneed", "nospecialeducationalneeds", "nnospecialeducationalneeds", "no", "notsen",
      "notsend", "nosenprovision", "nosensupport", "nospecialeducationalprovision":
      SENProvision.none
    case "u", "unknown": .unknown
    default: nil
    }
  }
}

extension NCYear {
  /// Reads `Year  7`, `Yr 7`, `Y7`, `7`, `7.0` from spreadsheets, `R`, `Reception`, `N1` and `Nursery`.
  /// Returns `nil` for two years in one, such as `Year 1/2`.
  init?(written: String) {
    let words = written.lowercased().filter { $0 != " " && $0 != "." }
    switch words {
    case "r", "rec", "reception", "yearr", "yr", "yrr": self.init(0)
    case "n2", "nursery2", "n", "nursery": self.init(-1)
    case "n1", "nursery1", "e1", "e2": self.init(-2)
    default:
      let text = written.lowercased().filter { $0 != " " }
      let number = text.hasSuffix(".0") ? text.dropLast(2) : text[...]
      let digits = number.drop { $0.isLetter || $0 == "." }
      let prefix = number.dropLast(digits.count).filter { $0 != "." }
      guard 1...2 ~= digits.count, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let year = Int(digits),
        ["", "y", "yr", "year", "ncyear"].contains(prefix)
      else { return nil }
      self.init(year)
    }
  }
}

/// An ethnic group as exports write it, by DfE's code or in words.
struct EthnicGroup {
  let major: Ethnicity
  let isGypsyRomaTraveller: Status

  static let notKnown = EthnicGroup(major: .unknown, isGypsyRomaTraveller: .unknown)

  private init(major: Ethnicity, isGypsyRomaTraveller: Status) {
    self.major = major
    self.isGypsyRomaTraveller = isGypsyRomaTraveller
  }

  init?(written: String) {
    let code = written.uppercased()
    let words = written.lowercased().replacing("&", with: "and")
    if ["REFU", "NOBT"].contains(code)
      || [
        "refused", "unknown", "notobtained", "notyetobtained",
        "informationnotyetobtained",
      ].contains(written.reducedToLettersAndDigits)
    {
      self = .notKnown
      return
    }
    guard let major = EthnicGroup.major(code: code) ?? EthnicGroup.major(words: words) else {
      return nil
    }
    let isTraveller =
      ["WIRT", "WROM", "WROG", "WROR", "WROO"].contains(code)
      || ["gypsy", "roma ", "traveller"].contains { (words + " ").contains($0) }
    self.init(major: major, isGypsyRomaTraveller: isTraveller ? .yes : .no)
  }

  /// Returns the major group of DfE's main and extended codes: four letters, of which the first is that of
  /// the group.
  private static func major(code: String) -> Ethnicity? {
    guard code.utf8.count == 4, code.allSatisfy(\.isLetter), !["ASIA", "BLAC", "ARAB"].contains(code) else {
      return nil
    }
    return switch code.first {
    case "W": .white
    case "M": .mixed
    case "A": .asian
    case "B": .black
    case "C": .chinese
    case "O": .other
    default: nil
    }
  }

  private static func major(words: String) -> Ethnicity? {
    let order: [(String, Ethnicity)] = [
      ("mixed", .mixed), ("white and", .mixed), ("chinese", .chinese), ("asian", .asian), ("indian", .asian),
      ("pakistani", .asian), ("bangladeshi", .asian), ("black", .black), ("african", .black),
      ("caribbean", .black), ("white", .white), ("gypsy", .white), ("roma", .white), ("traveller", .white),
      ("irish", .white), ("british", .white), ("other", .other), ("arab", .other),
    ]
    return order.first { words.contains($0.0) }?.1
  }
}

extension Pupil.Enrolment {
  /// Reads an enrolment status of the school census or of a system: G or Guest, Leaver or Left; any other is registered.
  init(written: String) {
    switch written.reducedToLettersAndDigits {
    case "g", "guest", "guestpupil", "gguest": self = .guest
    case "l", "leaver", "left", "former", "formerpupil", "offroll": self = .leaver
    default: self = .registered
    }
  }
}
