import Algorithms
import Exports
import Foundation
import Measures
import Policies
import Registers
import ReportModel
import StaffReports

/// A pupil's marks week by week with their sources, and the calculation behind each flag.
package struct Explanation {
  private let figures: PupilFigures
  private let school: SchoolFigures
  private let entries: [PupilHistory.Entry]

  private init(_ figures: PupilFigures, of school: SchoolFigures, history: PupilHistory?) {
    self.figures = figures
    self.school = school
    entries = history?.entries ?? []
  }

  /// Returns the marks, figures and flags of a pupil at each school of the trust that has the pupil.
  ///
  /// - Parameters:
  ///   - identifier: The UPN, the system's pupil id, or the admission number.
  ///   - trust: The schools to look in.
  ///   - requested: The last day that counts, or `nil` for the last mark's.
  /// - Throws: `RunFailure` if no school has the pupil, or the exports cannot be read.
  package static func text(
    of identifier: String, in trust: TrustFile, asAt requested: Day?
  ) async throws -> String {
    let reading = try await Reading.read(
      trust, asAt: requested, jobs: ProcessInfo.processInfo.activeProcessorCount, explaining: identifier,
      progress: Progress("Read", total: trust.schools.count, isQuiet: true))
    guard let asAt = requested ?? reading.lastMark else { throw RunFailure.noMarks }
    var texts: [String] = []
    let elsewhere = MarksElsewhere(reading.registers, asAt: asAt)
    for (index, (listed, register)) in zip(trust.schools, reading.registers).enumerated() {
      guard register.pupils.contains(where: { $0.goes(by: identifier) }) else { continue }
      let figures = SchoolFigures(
        register, asAt: asAt, policy: listed.policy, schoolYear: reading.schoolYear(asAt: asAt),
        elsewhere: elsewhere.marks(notAt: index))
      for pupil in figures.pupils where pupil.pupil.goes(by: identifier) {
        let history = reading.histories.first { $0.school == listed.school }
        texts.append(Explanation(pupil, of: figures, history: history).text)
      }
    }
    guard !texts.isEmpty else {
      throw RunFailure.noSuchPupil
    }
    return texts.joined(separator: "\n\n")
  }

  private var text: String {
    ([heading, ""] + weeks + uncountedMarks + [
      "", "As at \(school.asAt.formatted), \(school.schoolYear.name)",
    ]
      + figureLines + flagLines)
      .joined(separator: "\n")
  }

  private var heading: String {
    let pupil = figures.pupil
    let form = pupil.registrationGroup.isEmpty ? "" : ", \(pupil.registrationGroup)"
    let roll = pupil.spells.map { spell in
      [spell.first.map { "from \($0.formatted)" }, spell.last.map { "to \($0.formatted)" }].compactMap(\.self)
        .joined(separator: " ")
    }.joined(separator: " and ")
    return "\(school.school.name)\(school.school.urn.map { " (\($0))" } ?? "")\n"
      + "A pupil of \(pupil.year?.name ?? "an unknown year")\(form)\(roll.isEmpty ? "" : ", on roll \(roll)")"
      + (figures.isInScope ? "" : ", outside the national scope (aged 5 to 15 when the year began)")
  }

  /// A line for each week with the marks that count, two a day, and their sources.
  private var weeks: [String] {
    let counted = entries.filter { $0.fate == .stands && $0.session != nil }
    let byWeek = Dictionary(grouping: counted) { $0.session?.day.monday ?? school.asAt }
    let title =
      padded("Week from", 13)
      + Weekday.allCases.prefix(5).map { padded(String($0.name.prefix(3)), 8) }
      .joined() + "From"
    return [title]
      + byWeek.sorted { $0.key < $1.key }.map { monday, entries in
        var line = padded(monday.formatted.replacing(fullMonth(of: monday), with: shortMonth(of: monday)), 13)
        for weekday in 0..<5 { line += padded(marks(on: monday + weekday, entries), 8) }
        let weekend = (5..<7).map { marks(on: monday + $0, entries) }.filter { $0 != "." }
        return line + sources(of: entries)
          + (weekend.isEmpty ? "" : " (weekend: \(weekend.joined(separator: " ")))")
      }
  }

  private func fullMonth(of day: Day) -> String { String(day.formatted.split(separator: " ")[1]) }
  private func shortMonth(of day: Day) -> String { String(fullMonth(of: day).prefix(3)) }

  private func marks(on day: Day, _ entries: [PupilHistory.Entry]) -> String {
    let marks = DayHalf.allCases.map { half in
      entries.first { $0.session == Session(day, half) }?.code?.mark ?? "."
    }
    return marks.allSatisfy { $0 == "." } ? "." : marks.joined(separator: " ")
  }

  /// Returns the files of marks, each with its first and its last row.
  private func sources(of entries: [PupilHistory.Entry]) -> String {
    entries.chunked(on: \.file).map { file, entries in
      let rows = Array(entries.map(\.place).uniqued())
      let (first, last) = (rows.first ?? "", rows.last ?? "")
      guard first != last else { return "\(file) \(first)" }
      let isRows = first.hasPrefix("row ") && last.hasPrefix("row ")
      return isRows
        ? "\(file) rows \(first.dropFirst(4)) to \(last.dropFirst(4))" : "\(file) \(first) to \(last)"
    }.joined(separator: ", ")
  }

  /// A line for each mark that is not counted, with the reason.
  private var uncountedMarks: [String] {
    let others = entries.filter { $0.fate != .stands }
    guard !others.isEmpty else { return [] }
    return ["", "Not counted"]
      + others.map { entry in
        let mark = entry.code.map { "\($0.mark) " } ?? ""
        let session = entry.session.map {
          entry.code == nil ? "of \($0.day.formatted) " : "of \($0.day.formatted) \($0.half.name) "
        }
        return "  \(entry.file) \(entry.place): \(mark)\(session ?? "")\(entry.fate.reason)"
      }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}

extension PupilHistory.Fate {
  /// The reason why a mark counts or does not count.
  fileprivate var reason: String {
    switch self {
    case .stands: "stands"
    case .repeated: "is repeated later, counted once"
    case .replaced: "is replaced by a later mark"
    case .afterAsAt: "is after the as-at date"
    case .offRoll(.beforeAdmission): "is before the admission date"
    case .offRoll(.afterLeaving): "is after the leaving date"
    case .offRoll(.betweenSpells): "is between two spells on roll"
    case .offRoll(.guest): "is of a guest, who is registered at another school"
    case .outsideSchoolTime: "is for a session for which few pupils have a mark"
    case .afterTheRegisters: "is after the registers end"
    case .refused(let why): "was refused: \(why)"
    }
  }
}

extension Explanation {
  /// A line for each figure of the year.
  private var figureLines: [String] {
    let year = figures.year
    let counts = AttendanceCode.allCases.filter { year[$0] > 0 }
      .map { $0 == .noMark ? "none \(year[$0])" : "\($0.mark) \(year[$0])" }.joined(separator: ", ")
    let lines: [(String, String)] = [
      ("Marks", counts),
      ("Possible", "\(year.possible) sessions, without D, X, Q, Y1 to Y7, # and Z"),
      ("Attendance", share(year.attending, of: year.possible, year.attendanceRate)),
      ("Absence", share(year.absence, of: year.possible, year.absenceRate)),
      ("Persistent", line(.persistentAbsence)),
      ("Severe", line(.severeAbsence)),
      (
        "Unauthorised",
        "\(year.unauthorised) sessions; most in 10 school weeks \(figures.windows.maxUnauthorisedIn10Weeks), "
          + "in the last 10 weeks \(figures.windows.unauthorisedIn10WeeksNow), of any age; the national threshold is 10 while "
          + "of compulsory school age"
      ),
      ("Illness", "\(figures.illnessSessions) sessions; a return is due at 30"),
      (
        "Late",
        "\(figures.lateness.beforeClose) before, \(figures.lateness.afterClose) after the register closed; "
          + "\(figures.lateness.minutesLate ?? 0) minutes recorded for \(figures.lateness.marksWithMinutes)"
      ),
      (
        "Absent in weeks",
        "\(figures.weeks.broken) of \(figures.weeks.inSession), \(figures.weeks.whole) missed completely"
      ),
      ("Unresolved N", "\(figures.unresolvedN) older than 5 school days"),
      ("Stage", stage),
    ]
    return lines.map { name, value in "  \(padded(name, 15))\(value)" }
  }

  private var stage: String {
    guard let stage = figures.stage else { return "none of \(school.policy.title)" }
    let evidence =
      switch stage.line {
      case .attendance:
        "\(share(figures.year.absence, of: figures.year.possible, figures.year.absenceRate)) missed"
      case .brokenWeeks: "\(figures.ownWeeks.broken) of \(figures.ownWeeks.inSession) weeks with an absence"
      case .window(let name):
        figures.evidence.first { $0.window.name == name }.map {
          "\($0.count) sessions, at least \($0.window.sessions)"
        }
          ?? "the number of sessions is reached"
      }
    return "\(stage.name) of \(school.policy.title): \(evidence) (\(stage.line.label))"
  }

  /// The lists of the attendance team with the pupil: the rule, its source and the evidence.
  private var flagLines: [String] {
    let flags = school.flags(of: figures)
    guard !flags.isEmpty else { return ["", "On none of the attendance team's lists"] }
    return flags.flatMap { flag in
      [
        "", "On the list: \(flag.title)", "  \(padded("Rule", 27))\(flag.rule)",
        "  \(padded("Source", 27))\(flag.source)",
      ]
        + flag.evidence.map { "  \(padded($0.name, 27))\($0.value)" }
        + (flag.action.map { ["  \(padded("To do", 27))\($0)"] } ?? [])
    }
  }

  private func share(_ part: Int, of whole: Int, _ rate: Rate?) -> String {
    rate.map { "\(part) of \(whole) = \($0.formatted)" } ?? "no session was possible"
  }

  /// Returns the comparison with a threshold in whole numbers, as the program makes it.
  private func line(_ line: AttendanceLine) -> String {
    let (absence, possible) = (figures.year.absence, figures.year.possible)
    guard possible > 0 else { return "no, no session was possible" }
    let isReached = line.isReached(absence: absence, of: possible)
    let times = 1000 / line.missed
    return
      "\(isReached ? "yes" : "no"), \(line.missed / 10)% or more missed: \(times) x \(absence) = \(times * absence) is "
      + "\(isReached ? "at least" : "less than") \(possible)"
  }
}
