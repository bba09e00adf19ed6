import Policies
import Registers
import TestSupport
import Testing

@testable import Measures

/// Source: rules, section 8.
@Suite struct WindowEvidenceTests {
  private static let late = Policy.Window(
    name: "Late", sessions: 10, codes: CodeSet([.lateAfterClose]), span: .possibleSessions(80),
    approaching: 7,
    action: "", section: "")

  private static func window(_ sessions: Int, _ span: Policy.Window.Span) -> Policy.Window {
    Policy.Window(
      name: "W", sessions: sessions, codes: .unauthorised, span: span, approaching: nil, action: "",
      section: ""
    )
  }

  private static func evidence(
    _ window: Policy.Window, _ lines: [String], from first: String, asAt: String
  ) -> [WindowEvidence] {
    let register = Register(lines, from: Day(first))
    let plan = CalendarIndex(register, asAt: Day(asAt), schoolYear: SchoolYear(containing: Day(asAt)))
    return register.pupils.indices.map {
      let marks = PupilMarks(
        of: $0, in: register, onRoll: register.sessionsOnRoll(register.pupils[$0]), plan: plan)
      return WindowEvidence(window, marks, in: register, plan: plan, at: plan.now)
    }
  }

  /// The counts of the rolling windows are computed differently, week by week.
  @Test(arguments: UInt64(1)...12) func `the marks of a window agree with its count`(seed: UInt64) throws {
    let made = RandomRegister(seed: seed)
    let policy = try Policy(
      name: "p",
      yaml: "title: P\nwindows: [{name: L, sessions: 10, codes: [U], within: {possible_sessions: 80}}]",
      file: "p")
    let figures = SchoolFigures(made.register, asAt: made.asAt, policy: policy)
    for pupil in figures.pupils {
      let year = try #require(pupil.pupil.year?.number)
      if 1...10 ~= year {
        #expect(pupil.evidence[0].now.count == pupil.windows.unauthorisedIn10WeeksNow, "seed \(seed)")
      } else if year != 11 {
        #expect(pupil.evidence[0].now.isEmpty, "not of compulsory school age, seed \(seed)")
      }
      #expect(pupil.evidence[0].now.allSatisfy { CodeSet.unauthorised.contains($0.code) })
    }
  }

  @Test func `the marks have their days and codes and the oldest has weeks left`() {
    let week = String(repeating: "/ \\ ", count: 5)
    let marks = "O \\ / \\ / \\ / \\ / N " + week + "/ \\ G G / \\ / \\ / \\"
    let found = Self.evidence(.nationalPenaltyNotice, [marks], from: "2025-09-08", asAt: "2025-09-26")[0]
    #expect(
      found.now.map { "\($0.session) \($0.code.mark)" } == [
        "2025-09-08 AM O", "2025-09-12 PM N", "2025-09-23 AM G", "2025-09-23 PM G",
      ])
    #expect(found.open == 1)
    #expect(found.weeksUntilOldestDrops == 8)
  }

  @Test func `a half-term restarts the count and a year does not`() {
    // The autumn break of 2025 is between 24 October and 3 November.
    let before = Register.weekdaySessions(from: Day("2025-10-20"), count: 10)
    let after = Register.weekdaySessions(from: Day("2025-11-03"), count: 10)
    let codes: [AttendanceCode] = [.otherUnauthorised, .otherUnauthorised, .otherUnauthorised]
    let row =
      (codes + Array(repeating: .presentMorning, count: 7) + [.otherUnauthorised]
      + Array(repeating: .presentMorning, count: 9)).map(\.rawValue)
    let register = Register(
      school: School(name: "A"), pupils: [.ofYear(5)], sessions: before + after, marks: row, minutes: [])
    let plan = CalendarIndex(register, asAt: Day("2025-11-07"), schoolYear: SchoolYear(start: 2025))
    func found(_ span: Policy.Window.Span, sessions: Int = 3) -> WindowEvidence {
      WindowEvidence(
        Self.window(sessions, span), PupilMarks(of: 0, in: register, onRoll: 0..<20, plan: plan),
        in: register,
        plan: plan, at: plan.now)
    }
    #expect(found(.halfTerm).now.count == 1)
    #expect(found(.schoolYear).now.count == 4)
    // A threshold on consecutive sessions stays reached; if not reached, the window is the last sessions.
    #expect(
      found(.possibleSessions(10)).now.map(\.session.day.iso) == ["2025-10-20", "2025-10-21", "2025-11-03"])
    #expect(found(.possibleSessions(10), sessions: 4).now.count == 1)
    #expect(found(.possibleSessions(9), sessions: 4).now.isEmpty)
    #expect(found(.schoolWeeks(1)).now.count == 1 && found(.schoolWeeks(2)).now.count == 4)
  }

  /// A school that is open on a day of its holiday, as for catching up.
  @Test func `a day outside half-terms is not in the current one`() {
    let days = Register.weekdaySessions(from: Day("2025-10-23"), count: 6)
    let register = Register(
      school: School(name: "A"), pupils: [.ofYear(5)], sessions: days,
      marks: [UInt8](repeating: AttendanceCode.otherUnauthorised.rawValue, count: days.count), minutes: [],
      halfTerms: [HalfTerm(.autumn1, from: Day("2025-09-03"), to: Day("2025-10-24"))])
    let plan = CalendarIndex(register, asAt: Day("2025-10-27"), schoolYear: SchoolYear(start: 2025))
    let marks = PupilMarks(of: 0, in: register, onRoll: days.indices, plan: plan)
    func found(_ span: Policy.Window.Span) -> WindowEvidence {
      WindowEvidence(Self.window(3, span), marks, in: register, plan: plan, at: plan.now)
    }
    #expect(found(.halfTerm).now.count == 4)
    #expect(found(.schoolYear).now.count == 6)
  }

  @Test func `a pupil with no such mark has an empty window`() {
    let found = Self.evidence(Self.late, ["/ \\ / \\"], from: "2025-09-08", asAt: "2025-09-09")[0]
    #expect(found.now.isEmpty && found.weeksUntilOldestDrops == nil)
  }
}
