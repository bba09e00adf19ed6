import Registers
import TabularTestSupport
import TestSupport

/// A register of random rows, valid and invalid, with the expected result of each.
///
/// Pupils A0 to A5 are on roll from 8 September 2025 to 10 July 2026; B0 and B1 are in no pupil file.
struct DirtyFile {
  var rows: [Row] = []
  static let asAt = "2026-05-29"
  static let details = (0..<6).map { "A\($0),7,08/09/2025,10/07/2026" }

  enum Fate { case mark, blank, refused, afterAsAt, notOnRoll, lesson }

  struct Row {
    var text: String
    var fate = Fate.refused
    /// The pupil and session of a mark that counts.
    var cell = ""
    var mark = ""
  }

  /// The expected counts and marks.
  struct Expected: Equatable {
    var marks = 0, blank = 0, duplicates = 0, refused = 0, afterAsAt = 0, notOnRoll = 0, lessons = 0
    var outsideSchoolTime = 0
    var register: [String: String] = [:]
    var refusedRows: Set<Int> = []
  }

  init(seed: UInt64, conflicts: Bool) {
    var random = Seeded(seed)
    for _ in 0..<Int.random(in: 0...150, using: &random) {
      if random.chance(10), !rows.isEmpty {
        rows.append(random.pick(rows))
      } else {
        rows.append(DirtyFile.row(&random, conflicts: conflicts))
      }
    }
  }

  private static func row(_ random: inout Seeded, conflicts: Bool) -> Row {
    let pupil = random.pick(["A0", "A1", "A2", "A3", "A4", "A5", "B0", "B1"])
    let first = Day(year: 2025, month: 9, day: 1) ?? Day(number: 0)
    // Few days, so that some sessions are in school time and others are not.
    let day = first + 26 * Int.random(in: 0..<14, using: &random)
    let half = random.pick(DayHalf.allCases)
    var code = random.pick(AttendanceCode.allCases)
    if !conflicts, code != .noMark {
      // The mark is a function of the session, so that no two rows disagree.
      code = AttendanceCode(rawValue: UInt8((Int(day.number) * 2 + half.rawValue) % 38 + 1)) ?? .illness
    }
    let date = random.pick([day.iso.split(separator: "-").reversed().joined(separator: "/"), written(day)])
    let session =
      half == .morning ? random.pick(["AM", "am", "Morning"]) : random.pick(["PM", "pm", "Afternoon"])
    let mark = code == .noMark ? random.pick(["", "-", "NULL"]) : code.mark
    let comment = random.pick(["", "ill", "\"bus, late\"", "\"two\r\nlines\"", "\"say \"\"no\"\"\""])
    var fields = [pupil, "7", date, session, mark, "", comment]
    guard !random.chance(15) else {
      let spoiled = Int.random(in: 0..<6, using: &random)
      switch spoiled {
      case 0: fields[0] = random.pick(["", "NULL", " "])
      case 1: fields[2] = random.pick(["31/11/2025", "", "2025-09-08", "soon", "9/9"])
      case 2: fields[3] = random.pick(["P1", "", "x", "Lunch", "1"])
      case 3: fields[4] = random.pick(["?", "lx", "C9", "Ill", "//"])
      case 4: fields.removeLast()
      default: fields += ["x"]
      }
      var row = Row(text: fields.joined(separator: ","))
      // A row with a readable day after the as-at date is counted as such, even with other errors.
      if spoiled == 2 || spoiled == 3, day.iso > asAt { row.fate = .afterAsAt }
      if ["P1", "Lunch", "1"].contains(fields[3]) { row.fate = .lesson }
      return row
    }
    var row = Row(
      text: fields.joined(separator: ","), cell: "\(pupil) \(Session(day, half))", mark: code.mark)
    let isOnRoll = pupil.hasPrefix("B") || ("2025-09-08"..."2026-07-10").contains(day.iso)
    if day.iso > asAt {
      row.fate = .afterAsAt
    } else if code == .noMark {
      row.fate = .blank
    } else if isOnRoll {
      row.fate = .mark
    } else {
      row.fate = code == .plannedClosure || code == .notYetOnRegister ? .notOnRoll : .refused
    }
    return row
  }

  private static func written(_ day: Day) -> String {
    let (year, month, dayOfMonth) = day.date
    return "\(dayOfMonth)/\(month)/\(year)"
  }

  var expected: Expected {
    var expected = Expected()
    for (index, row) in rows.enumerated() {
      switch row.fate {
      case .mark:
        if expected.register[row.cell] == nil { expected.marks += 1 } else { expected.duplicates += 1 }
        expected.register[row.cell] = row.mark
      case .blank: expected.blank += 1
      case .refused:
        expected.refused += 1
        expected.refusedRows.insert(index + 2)
      case .afterAsAt: expected.afterAsAt += 1
      case .lesson: expected.lessons += 1
      case .notOnRoll: expected.notOnRoll += 1
      }
    }
    expected.leaveOutStrayMarks()
    return expected
  }
}

extension DirtyFile.Expected {
  /// Takes out the marks of sessions for which fewer than a tenth of the pupils on roll, or fewer than 3, have one.
  fileprivate mutating func leaveOutStrayMarks() {
    let attendance = register.filter { !["#", "Z"].contains($0.value) }
    func pupil(_ cell: String) -> String { String(cell.prefix(2)) }
    func session(_ cell: String) -> String { String(cell.dropFirst(3)) }
    let active = Set(attendance.keys.map(pupil))
    let sessions = Dictionary(grouping: attendance.keys, by: session)
    for (session, cells) in sessions {
      let day = String(session.prefix(10))
      let onRoll = active.count { $0.hasPrefix("B") || ("2025-09-08"..."2026-07-10").contains(day) }
      guard cells.count < min(onRoll, max(3, (onRoll + 9) / 10)) else { continue }
      for cell in cells { register[cell] = nil }
      marks -= cells.count
      outsideSchoolTime += cells.count
    }
  }
}
