import Registers

/// The register of a school of any size, written as fast as bytes can be appended.
///
/// What repeats is made once: the beginning of a row for each pupil, its middle for each session, its end for each code.
struct PlainRegister {
  static let header = [
    "School", "URN", "UPN", "Surname", "Forename", "Year", "Form", "Date", "Session", "Mark", "Minutes Late",
    "Comment",
  ]

  private let plan: SchoolPlan
  private var maker: MarkMaker
  private let seed: UInt64
  /// `2025-09-04,AM,` for each session, all of one length.
  private let sessions: [UInt8]
  private static let sessionLength = 14

  init(of plan: SchoolPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    maker = MarkMaker(plan: plan, seed: seed)
    var sessions: [UInt8] = []
    for day in plan.calendar.days {
      for half in DayHalf.allCases { sessions.append(text: "\(day.iso),\(half.name),") }
    }
    self.sessions = sessions
  }

  /// Appends the whole file.
  mutating func write(_ pupils: [SamplePupil], to bytes: inout [UInt8]) {
    bytes.append(row: PlainRegister.header, end: "\n")
    let marks = AttendanceCode.allCases.map { Array($0.mark.utf8) + [UInt8(ascii: ",")] }
    for pupil in pupils {
      maker.make(for: pupil)
      var start: [UInt8] = []
      start.append(
        row: [
          plan.name, plan.urn, pupil.upn, pupil.name.surname, pupil.name.forename,
          plan.style.year(pupil.year),
          pupil.form,
        ], end: ",")
      var stream = SplitMix64(seed: seed, plan.number, pupil.number, 5)
      append(maker.row, start: start, marks: marks, from: &stream, to: &bytes)
    }
  }

  private func append(
    _ row: MarkRow, start: [UInt8], marks: [[UInt8]], from stream: inout SplitMix64, to bytes: inout [UInt8]
  ) {
    let length = PlainRegister.sessionLength
    for index in row.codes.indices where row.codes[index] != .noMark {
      let code = row.codes[index]
      bytes.append(contentsOf: start)
      bytes.append(contentsOf: sessions[index * length..<(index + 1) * length])
      bytes.append(contentsOf: marks[Int(code.rawValue)])
      if row.minutes[index] > 0 { bytes.appendDecimal(Int(row.minutes[index])) }
      bytes.append(UInt8(ascii: ","))
      // Only absences by reason of illness and lateness are talked about, and few of those.
      if code == .illness || code == .lateBeforeClose, stream.percent(5) {
        let comments = Comments.plainFields
        bytes.append(contentsOf: code == .illness ? comments[stream.below(2)] : comments[2])
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }
}
