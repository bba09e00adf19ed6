import Measures
import Policies
import Registers
import ReportModel
import TestSupport
import Testing

@testable import StaffReports

/// The lists of a made-up school, and their pupils.
struct Listed {
  let school: SchoolFigures
  let lists: [ActionList]

  /// - Parameter asAt: The as-at date, or `nil` for the last school day of the register.
  init(_ register: Register, by policy: String, asAt: Day? = nil) throws {
    let end = register.calendar.days.last ?? Day(number: 0)
    school = SchoolFigures(register, asAt: asAt ?? end, policy: try Listed.policy(policy))
    lists = ActionList.all(school)
  }

  /// Returns a policy that ships, by its name, or the policy of a text.
  static func policy(_ name: String) throws -> Policy {
    try Policy(name: name, yaml: Policy.shipped[name] ?? name, file: name)
  }

  /// Returns the positions of the pupils on a list, in its order. A missing list is an issue.
  subscript(title: String) -> [Int] { (try? list(title))?.members.map(\.pupil.position) ?? [] }

  func list(_ title: String) throws -> ActionList {
    try #require(lists.first { $0.title == title }, "\(title) is not one of \(lists.map(\.title))")
  }

  /// Returns the text of a pupil's cell on a list.
  func cell(_ title: String, _ column: String, of pupil: Int = 0) throws -> String {
    let list = try list(title)
    let column = try #require(list.columns.first { $0.title == column }, "\(column)")
    let member = try #require(list.members.first { $0.pupil.position == pupil }, "\(title): nobody")
    return column.value(member).formatted
  }

  /// Returns the titles of the lists with a pupil that satisfy a condition.
  func titles(of pupil: Int, where isAsked: (String) -> Bool) -> [String] {
    lists.filter { isAsked($0.title) && $0.members.contains { $0.pupil.position == pupil } }.map(\.title)
  }
}

extension ActionList {
  func cells(of member: Member) -> [Cell] { columns.map { $0.value(member) } }

  /// The values of a column, by its id.
  func values(of id: String) throws -> [Cell] {
    let column = try #require(columns.first { $0.id == id }, "\(id)")
    return members.map { column.value($0) }
  }

  /// The numbers in the first column.
  var numbers: [Double] { members.compactMap { columns.first?.value($0).value } }
}

enum Titles {
  static let ten = "10 or more unauthorised sessions in 10 school weeks"
  static let nearTen = "Approaching 10 unauthorised sessions in 10 school weeks"
  static let attendanceReturn = "10 or more school days of unauthorised absence in a row"
  static let suspended = "Suspended for more than 5 school days in a row"
  static let sickness = "15 or more school days of illness"
  static let nearSickness = "Approaching 15 school days of illness"
  static let toResolve = "N marks to resolve"
  static let plan = "EHC plan: attendance falling or low"
  static let partTime = "Part-time timetables (C2)"
  static let travelling = "Parent travelling for occupational purposes (T)"
  static let ownHalfTerm = "Own line: Penalty line"
  static let ownLate = "Own line: Late after the register closed"
  static let nearPersistent = "Approaching persistent absence"
}
