import Registers
import TabularTestSupport
import Testing

@testable import Exports

let millLane = School(name: "Mill Lane Primary School", urn: "100001")

/// The result of reading files, in a form that tests can compare.
struct Reading {
  let result: RegisterReader.Result

  init(
    _ registers: [ExportFile], pupils: [ExportFile] = [], schools: [School] = [millLane], asAt: String? = nil,
    halfTerms: [HalfTerm] = [], groupColumns: [[GroupColumn]] = [], acceptsRefusedMarks: Bool = false
  ) throws {
    let settings = schools.enumerated().map { index, school in
      SchoolSettings(
        school, groupColumns: groupColumns.indices.contains(index) ? groupColumns[index] : [],
        halfTerms: halfTerms, acceptsRefusedMarks: acceptsRefusedMarks)
    }
    var reader = RegisterReader(schools: settings, asAt: asAt.flatMap { Day(iso: $0) })
    for file in pupils { try reader.readPupils(file, schools: Array(schools.indices)) }
    for file in registers { try reader.readRegister(file, schools: Array(schools.indices)) }
    result = try reader.finish()
    #expect(result.schools.flatMap(\.findings).allSatisfy { FindingRule.all.contains($0.rule) })
  }

  /// Reads a register of one file with the usual header.
  init(
    rows: [String], pupils: [String]? = nil, asAt: String? = nil, halfTerms: [HalfTerm] = []
  ) throws {
    try self.init(
      [InMemory.file(Reading.register(rows))],
      pupils: pupils.map { [InMemory.file(Reading.details($0), "pupils.csv")] } ?? [],
      asAt: asAt, halfTerms: halfTerms)
  }

  static func register(_ rows: [String]) -> String {
    (["UPN,Year,Date,Session,Mark,Mins Late,Comments"] + rows).joined(separator: "\r\n") + "\r\n"
  }

  static func details(_ rows: [String]) -> String {
    (["UPN,Year,Date of Admission,Date of Leaving"] + rows).joined(separator: "\n") + "\n"
  }

  /// The findings, without those about UPNs, since most tests use short ones.
  var findings: [Finding] { result.schools.flatMap(\.findings).filter { $0.rule != .notAUPN } }
  var account: FileAccount { result.accounts.first ?? FileAccount(file: "none") }

  /// Findings as `rule file:row`.
  var locations: [String] {
    findings.map { "\($0.rule.id) \($0.file)\($0.row.map { ":\($0)" } ?? "")" }
  }

  func messages(_ rule: FindingRule) -> [String] { findings.filter { $0.rule == rule }.map(\.message) }

  /// Every session, mark and number of minutes late, a line each.
  var register: [String] { result.schools.flatMap { Reading.lines(of: $0.register) } }

  static func lines(of register: Register) -> [String] {
    var lines = ["sessions \(register.sessions)"]
    for (index, row) in register.enumerated() {
      let pupil = register.pupils[index]
      let name = "\(pupil.upn.unredacted)\(pupil.pupilID.unredacted)"
      lines.append("pupil \(name) \(pupil.year?.name ?? "?")")
      for (session, code) in zip(register.sessions, row) where code != .noMark {
        lines.append("\(name) \(session) \(code.mark)")
      }
      for late in register.minutesLate(of: index) {
        lines.append("\(name) \(register.sessions[Int(late.session)]) \(late.minutes) minutes")
      }
    }
    return lines
  }

  /// The number of marks in the registers.
  var marks: Int {
    result.schools.reduce(0) { sum, school in
      sum + school.register.reduce(0) { $0 + $1.count { $0 != .noMark } }
    }
  }
}
