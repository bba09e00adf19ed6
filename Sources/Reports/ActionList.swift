import Measures
import Policies
import Registers

/// A list of the attendance team: a rule, and the figure of a pupil that reaches it.
struct ActionList: Sendable {
  let name: String
  let title: String
  /// What is counted, as a column's header.
  let measure: String
  let rule: String
  let source: String
  let value: @Sendable (PupilFigures) -> Int
  let range: ClosedRange<Int>
  /// The place of the window among a pupil's evidence whose marks the list shows. Missing: nil for a list that shows none.
  var window: Int?

  func includes(_ pupil: PupilFigures) -> Bool { range.contains(value(pupil)) }

  /// The national lists, and behind the penalty notice those of the policy's own windows.
  static func lists(of policy: Policy) -> [ActionList] {
    let own = policy.windows.filter { !$0.isSame(as: .nationalPenaltyNotice) }.enumerated().filter {
      !isSicknessReturn($1)
    }.flatMap { place, window in ownLists(of: window, at: place + 1, policy) }
    return Array(national.prefix(2)) + own + national.dropFirst(2)
  }

  private static func isSicknessReturn(_ window: Policy.Window) -> Bool {
    window.sessions == 30 && window.codes == CodeSet([.illness]) && window.span == .schoolYear
  }

  private static func ownLists(of window: Policy.Window, at place: Int, _ policy: Policy) -> [ActionList] {
    let codes = window.codes.codes.map(\.mark).joined(separator: ", ")
    func list(_ title: String, _ name: String, _ range: ClosedRange<Int>, _ count: String) -> ActionList {
      ActionList(
        name: "\(name)_\(place)", title: title, measure: "Sessions in the window now",
        rule:
          "\(count) sessions of \(codes) in \(window.span.words), by the school's own policy. A person decides.",
        source: "\(policy.title)\(window.section.isEmpty ? "" : ", \(window.section)")",
        value: { $0.evidence[place].now.count }, range: range, window: place)
    }
    let reached = list(
      "Own line: \(window.name)", "Own_line", window.sessions...Int.max, "\(window.sessions) or more")
    guard let near = window.approaching else { return [reached] }
    return [
      reached,
      list(
        "Approaching own line: \(window.name)", "Approaching_own_line", near...(window.sessions - 1),
        "\(near) to \(window.sessions - 1)"),
    ]
  }

  private static let national = [
    penaltyNotice, approachingPenaltyNotice, attendanceReturn, sicknessReturn, approachingSicknessReturn,
    unresolved, lateAfterClose, severe, persistent,
  ]

  static let penaltyNotice = ActionList(
    name: "Ten_in_ten_weeks", title: "10 or more unauthorised sessions in 10 school weeks",
    measure: "Unauthorised in the 10 weeks",
    rule:
      "10 or more sessions of G, N, O or U in the last 10 school weeks. N counts but is open. The "
      + "school considers a penalty notice; a person decides.",
    source: "National Framework for Penalty Notices", value: { $0.windows.unauthorisedIn10WeeksNow },
    range: 10...Int.max, window: 0)

  static let approachingPenaltyNotice = ActionList(
    name: "Approaching_ten_in_ten", title: "Approaching 10 unauthorised sessions in 10 school weeks",
    measure: "Unauthorised in the 10 weeks",
    rule: "7 to 9 sessions of G, N, O or U in the last 10 school weeks.",
    source: "National Framework for Penalty Notices", value: { $0.windows.unauthorisedIn10WeeksNow },
    range: 7...9, window: 0)

  static let attendanceReturn = ActionList(
    name: "Attendance_return", title: "10 or more school days of unauthorised absence in a row",
    measure: "Longest run, days",
    rule:
      "10 or more of the pupil's days in a row on which every possible session was G, N, O or U. An attendance return "
      + "to the local authority is due; from 20 days a children-missing-education enquiry is advised.",
    source: "School Attendance (Pupil Registration) (England) Regulations 2024",
    value: { $0.windows.longestUnauthorisedDays }, range: 10...Int.max)

  static let sicknessReturn = ActionList(
    name: "Sickness_return", title: "15 or more school days of illness", measure: "Sessions of illness",
    rule:
      "30 or more sessions of I in the school year, in a row or not. A sickness return to the local authority is due.",
    source: "School Attendance (Pupil Registration) (England) Regulations 2024",
    value: { $0.illnessSessions }, range: 30...Int.max)

  static let approachingSicknessReturn = ActionList(
    name: "Approaching_sickness_return", title: "Approaching 15 school days of illness",
    measure: "Sessions of illness", rule: "20 to 29 sessions of I in the school year.",
    source: "School Attendance (Pupil Registration) (England) Regulations 2024",
    value: { $0.illnessSessions }, range: 20...29)

  static let unresolved = ActionList(
    name: "N_to_resolve", title: "N to resolve", measure: "N marks to resolve",
    rule:
      "N marks with more than 5 school days after their date. A reason is to be found within 5 school days, or the "
      + "mark becomes O.", source: "DfE, Working together to improve school attendance",
    value: { $0.unresolvedN }, range: 1...Int.max)

  static let lateAfterClose = ActionList(
    name: "Late_after_close", title: "Late after the register closed, 10 times in 80 sessions",
    measure: "U in 80 sessions",
    rule: "U on 10 or more of any 80 possible sessions in a row. Some schools' policies act on it.",
    source: "Schools' own policies", value: { $0.windows.lateAfterCloseIn80Most }, range: 10...Int.max)

  static let severe = ActionList(
    name: "Severe_absence", title: "Severely absent", measure: "Absent sessions",
    rule: "Missed 50% or more of their own possible sessions this year.",
    source: "DfE, Working together to improve school attendance",
    value: { $0.year.isSeverelyAbsent ? $0.year.absence : 0 }, range: 1...Int.max)

  static let persistent = ActionList(
    name: "Persistent_absence", title: "Persistently absent", measure: "Absent sessions",
    rule:
      "Missed 10% or more of their own possible sessions this year; the severely absent are on the list above.",
    source: "DfE, Working together to improve school attendance",
    value: { $0.year.isPersistentlyAbsent && !$0.year.isSeverelyAbsent ? $0.year.absence : 0 },
    range: 1...Int.max)
}
