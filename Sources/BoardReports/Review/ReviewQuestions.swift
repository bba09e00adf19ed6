import Measures
import Registers
import ReportModel

/// The questions a board of a trust may ask, chosen from the figures of its schools.
struct ReviewQuestions {
  let trust: TrustFigures
  let schools: [SchoolFigures]
  let common: CommonAndLocal

  private static let always = [
    Question(
      "What works at one school that another has not tried?", section: "Strengths and areas for development"),
    Question(
      "Which school needs the trust's help most this half-term, and by when?", section: "School by school"),
    Question("What do these figures not tell us?", section: "Completeness and freshness"),
  ]

  var all: [Question] {
    ([aboveExpected(), everywhere(), onlyHere(), risen()].compactMap(\.self)) + ReviewQuestions.always
  }

  /// Of many schools some lie above by chance: then those that the funnel tells apart.
  private var aboveTheirIntake: (names: [String], section: String) {
    guard !trust.total(in: .yearToDate).isWithheld else { return ([], "") }
    if schools.count >= Funnel.leastSchools {
      return (FunnelTable(trust, schools).names(.high), FunnelTable.title)
    }
    let above = schools.filter {
      !$0.total(in: .yearToDate).isWithheld
        && CaseMixAdjustment($0.intake, trust: trust.intake).verdict == .higher
    }
    return (above.map(\.school.name), "Expected for its intake")
  }

  private func aboveExpected() -> Question? {
    let (names, section) = aboveTheirIntake
    guard !names.isEmpty else { return nil }
    return Question(
      """
      \(ReviewQuestions.list(names)) missed clearly more than expected for \(names.count == 1 ? "its" : "their") intake. \
      What is different there?
      """, section: section)
  }

  private func everywhere() -> Question? {
    guard
      let finding = common.findings.filter({ $0.behind.count > 1 }).max(by: {
        $0.behind.count < $1.behind.count
      })
    else { return nil }
    return Question(
      "\(finding.gap.name) are behind at several schools. What can the trust do for all of them?",
      section: "Common and local")
  }

  private func onlyHere() -> Question? {
    guard let finding = common.findings.first(where: { $0.only != nil }), let school = finding.only else {
      return nil
    }
    return Question(
      "\(finding.gap.name) are clearly behind at \(school.school.name) only. Why there?",
      section: "Common and local")
  }

  private func risen() -> Question? {
    let names = changed(.higher)
    guard !names.isEmpty else { return nil }
    return Question(
      "Absence rose clearly at \(ReviewQuestions.list(names)). What happened, and what is being done?",
      section: "School by school")
  }

  /// Who improved. Missing: nil in the first half-term.
  func improved() -> Sentence? {
    guard let previous = trust.previousHalfTerm else { return nil }
    let names = changed(.lower)
    return names.isEmpty
      ? "At no school did absence fall clearly since \(previous.name)."
      : "Absence fell clearly since \(previous.name) at \(ReviewQuestions.list(names))."
  }

  /// The schools whose absence changed beyond chance between the trust's last two half-terms.
  private func changed(_ verdict: Verdict) -> [String] {
    guard let current = trust.currentHalfTerm, let previous = trust.previousHalfTerm else { return [] }
    return schools.filter { school in
      let (now, before) = (school.total(in: current), school.total(in: previous))
      return !now.isWithheld && !before.isWithheld && Comparison(now, with: before)?.verdict == verdict
    }.map(\.school.name)
  }

  /// Up to three by name, then how many more.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3)
    let more = names.count - shown.count
    guard more == 0 else { return shown.joined(separator: ", ") + " and \(more) more" }
    guard shown.count > 1, let last = shown.last else { return names.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }
}
