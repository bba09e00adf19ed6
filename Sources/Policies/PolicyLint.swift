import Registers

extension Policy {
  /// Remarks on gaps in the policy, on thresholds that are not the national ones, and on errors. Each is a full
  /// sentence.
  package var remarks: [String] {
    bandRemarks + lineRemarks + windows.flatMap(remarks) + runs.flatMap(remarks) + codeRemarks
      + latenessRemarks + daysMissedRemarks
      + readings.map { "\"\($0.says)\"\(label(ofSection: $0.section)) Read as: \($0.readAs) \($0.reason)" }
  }

  private func label(ofSection section: String) -> String { section.isEmpty ? "" : " (\(section))" }

  /// Remarks on gaps and overlaps between the bands of the policy, which are in order from the best attendance to the
  /// worst.
  private var bandRemarks: [String] {
    let banded = stages.compactMap { stage in stage.band.map { (stage: stage, band: $0) } }
    return zip(banded, banded.dropFirst()).compactMap { better, worse in
      let names = "\"\(better.stage.name)\" and \"\(worse.stage.name)\""
      if worse.band.upperBound >= better.band.lowerBound {
        return "The bands of \(names) overlap: both include \(percent(better.band.lowerBound))."
      }
      guard worse.band.upperBound < better.band.lowerBound else { return nil }
      return
        "There is a gap between the bands of \(names): attendance above \(percent(worse.band.upperBound)) and below "
        + "\(percent(better.band.lowerBound)) is in neither."
    } + targetRemark(banded.first?.band.upperBound)
  }

  private func targetRemark(_ best: Int?) -> [String] {
    guard let best, let target, best < target else { return [] }
    return ["Attendance above \(percent(best)) and below the target of \(percent(target)) is in no band."]
  }

  /// Remarks on thresholds. Persistent absence is 10% or more missed, which includes attendance of exactly 90%. Source:
  /// rules, section 2.
  private var lineRemarks: [String] {
    var remarks: [String] = []
    if let own = ownPersistent, own.line.missed != 100 || own.line == .attendanceBelow(900) {
      remarks.append(
        "\"\(own.name)\" is \(own.line.label)\(label(ofSection: own.section)); the national threshold is 10% or more "
          + "missed. The two are never compared.")
    }
    for stage in stages where stage.line == .attendance(.attendanceBelow(900)) {
      remarks.append(
        "\"\(stage.name)\" starts below 90%\(label(ofSection: stage.section)), and a pupil of exactly 90% is persistently absent "
          + "by the national rule.")
    }
    return remarks
  }

  private func remarks(_ window: Window) -> [String] {
    var remarks = retired(window.codes, in: window.name)
    let most: Int? =
      switch window.span {
      case .possibleSessions(let sessions): sessions
      case .schoolWeeks(let weeks): weeks * 10
      case .halfTerm: 90
      case .schoolYear: 380
      }
    if let most, window.sessions > most {
      remarks.append(
        "\"\(window.name)\" cannot be reached: \(window.span.label) have \(most) sessions at most.")
    }
    let isNational = window.sessions == 10 && window.span == .schoolWeeks(10)
    if window.codes == .unauthorised, !isNational {
      remarks.append(
        "\"\(window.name)\" is \(window.sessions) sessions in \(window.span.label)\(label(ofSection: window.section)); the national "
          + "threshold is 10 in any 10 school weeks.")
    }
    return remarks
  }

  private func remarks(_ run: Run) -> [String] { retired(run.codes, in: run.name) }

  private func retired(_ codes: CodeSet, in name: String) -> [String] {
    // A class of codes, such as all absence, includes the retired codes for marks of their time.
    guard codes != .absence, codes != .unauthorised else { return [] }
    return codes.codes.compactMap { code in
      code.validTo.map { "\"\(name)\" names code \(code.mark), which was retired after \($0.formatted)." }
    }
  }

  /// Remarks on codes. Source: rules, section 1.
  private var codeRemarks: [String] {
    countedPresent.codes.filter { !CodeSet.attendance.contains($0) }.map { code in
      let meant = CodeSet.possible.contains(code) ? "absence" : "not a possible session"
      return
        "The policy counts code \(code.mark) as present; by the regulations it is \(meant) and is counted as such."
    }
  }

  /// The number of school days of a year.
  private static let schoolDays = 190

  private var latenessRemarks: [String] {
    guard !lateness.table.isEmpty else { return [] }
    var remarks: [String] = []
    if lateness.yearDays != Policy.schoolDays {
      remarks.append(
        "The lateness table is for a year of \(lateness.yearDays) days; a school year has \(Policy.schoolDays)."
      )
    }
    let lengths = lateness.table.map { ($0.minutes * lateness.yearDays * 10 + $0.days / 2) / $0.days }
    if let least = lengths.min(), let most = lengths.max(), least != most {
      remarks.append(
        "The lateness table is not proportional: its rows imply school days of \(least) to \(most) minutes."
      )
    }
    return remarks
  }

  private var daysMissedRemarks: [String] {
    daysMissed.compactMap { row in
      // Tenths of a per cent of 190 days, in tenths of a day, rounded half up.
      let exact = ((1000 - row.attendance) * Policy.schoolDays * 10 + 500) / 1000
      guard exact != row.days else { return nil }
      return
        "\(percent(row.attendance)) attendance is \(Policy.decimal(exact)) days of \(Policy.schoolDays), not "
        + "\(Policy.decimal(row.days))."
    }
  }
}
