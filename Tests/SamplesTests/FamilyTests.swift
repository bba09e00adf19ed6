import Foundation
import Registers
import Testing

@testable import Samples

/// Each export read again in a simple way, and held against the marks it was made of.
@Suite struct Families {
  private let made: Made
  private let plans = SampleTrust(seed: 1).plans

  init() throws { made = try Made(SampleTrust(seed: 1)) }

  /// The marks a school's export is made of, the rows spoiled on purpose among them.
  private func marks(ofSchool school: Int) -> (pupils: [SamplePupil], rows: [RegisterRow]) {
    let pupils = SampleSchool(plans[school], seed: 1).pupils
    return (pupils, RegisterRows(of: plans[school], pupils: pupils, seed: 1).rows)
  }

  @Test func `week strings hold the marks of their sessions`() throws {
    let meanings = Dictionary(uniqueKeysWithValues: MarkCharacters.all.map { (Character($0.0), $0.1) })
    let (pupils, rows) = marks(ofSchool: 1)
    var expected: [String: String] = [:]
    for row in rows { expected["\(pupils[row.pupil].upn) \(row.session)"] = row.mark }
    var found: [String: String] = [:]
    for name in ["autumn-1", "autumn-2", "spring-1"] {
      let lines = made.rows("exports/alder-reach/register-\(name).csv")
      #expect(lines[0].joined(separator: ",").hasSuffix("School,WeekStart,UPN,WeekMarks"))
      for line in lines.dropFirst() where line.count == 4 && line[3].count == 10 {
        guard let monday = Day(iso: line[1]) else { continue }
        #expect(line[0] == "Alder Reach Academy" && monday.weekday == .monday)
        for (place, character) in line[3].enumerated() where character != "#" {
          let session = Session(monday + place / 2, place % 2 == 0 ? .morning : .afternoon)
          let mark = meanings[character] ?? String(character)
          // The later row of a conflict is the one spoiled.
          let key = "\(line[2]) \(session)"
          found[key] = found[key] ?? (mark == "-" ? "" : mark.hasPrefix("I") ? "I" : mark)
        }
      }
    }
    let missing = expected.filter { found[$0.key] == nil }
    #expect(missing.count == 20, "a ragged row and a week of eleven marks are ten sessions each")
    #expect(expected.filter { found[$0.key] != nil && found[$0.key] != $0.value } == [:])
    let added = found.filter { expected[$0.key] == nil && $0.value != "" }
    #expect(added == [:])
  }

  @Test func `the string of a week that has not ended is cut short`() throws {
    let wednesday = try #require(Day(year: 2025, month: 10, day: 8))
    let made = try Made(SampleTrust(seed: 1, until: wednesday))
    let lines = made.rows("exports/alder-reach/register-autumn-1.csv")
    let strings = lines.filter { $0.count == 4 && $0[1] == "2025-10-06" }.map { $0[3] }
    #expect(strings.count > 250 && Set(strings.map(\.count)).isSubset(of: [6, 7]))
  }

  @Test func `every character of the week strings is a code or explained in the trust file`() throws {
    let characters = MarkCharacters.all.map(\.0)
    #expect(Set(characters).count == characters.count)
    #expect(characters.allSatisfy { $0.count == 1 && AttendanceCode(mark: $0) == nil })
    let long = AttendanceCode.allCases.map(\.mark).filter { $0.count > 1 }
    #expect(Set(long).isSubset(of: MarkCharacters.all.map(\.1)))
    let trust = made.text("trust.yaml")
    for (character, code) in MarkCharacters.all { #expect(trust.contains("\"\(character)\": \(code)")) }
  }

  @Test func `records in JSON name each pupil and code by an id that another file holds`() throws {
    let codes = try records("attendance-codes.json")
    let students = try records("students.json")
    let upns = Dictionary(
      uniqueKeysWithValues: try students.map { student in
        (try #require(student["student_id"] as? String), try #require(student["upn"] as? String))
      })
    let codeByID = Dictionary(
      uniqueKeysWithValues: try codes.map { code in
        (try #require(code["id"] as? String), try #require(code["code"] as? String))
      })
    #expect(codeByID["A29"] == "L")
    #expect(try students.allSatisfy { try !#require($0["main_school"] as? String).isEmpty })
    let (pupils, rows) = marks(ofSchool: 3)
    let sessions = try records("session-attendance.json")
    try #require(sessions.count == rows.count)
    for (row, record) in zip(rows, sessions) {
      let date = try #require(record["date"] as? [String: Any])
      #expect(date["date"] as? String == "\(row.session.day.iso) 00:00:00.000000")
      #expect(record["session"] as? String == row.session.half.name)
      #expect(upns[try #require(record["student_id"] as? String)] == pupils[row.pupil].upn)
      let code = (record["attendance_code_id"] as? String).map { codeByID[$0] ?? "none" } ?? ""
      #expect(code == (row.dirt == .unknownCodeID ? "none" : row.mark))
      #expect(record["minutes_late"] as? Int == Int(row.minutes))
      #expect(record["comment"] as? String ?? "" == row.comment)
    }
  }

  private func records(_ name: String) throws -> [[String: Any]] {
    let bytes = Data(try #require(made.files["exports/tidewater/\(name)"]))
    let whole = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(whole["meta"] is [String: Any])
    return try #require(whole["data"] as? [[String: Any]])
  }

  @Test func `a sheet of the register book holds the marks of its class under their dates`() throws {
    let book = try OpenedBook(try #require(made.files["exports/fernhollow/registers-2025-26.xlsx"]))
    #expect(book.sheets.map(\.name) == ["Oak", "Elm", "Rowan", "Hazel", "Alder", "Beech", "Codes"])
    let (pupils, rows) = marks(ofSchool: 2)
    var found: [String: String] = [:]
    var wrongPercentages = 0
    for sheet in book.sheets.dropLast() {
      #expect(sheet[1, 1] == "Fernhollow School" && sheet[3, 1] == "Registers from 01/09/2025 to 13/02/2026")
      let last = try #require((6..<300).first { sheet[7, $0] == "% Att" })
      let total = try #require(sheet.rows(with: "Present", in: 3).first)
      for row in 8..<total { wrongPercentages += try percentageIsRight(sheet, row, last) ? 0 : 1 }
      for column in 6..<last {
        let dayColumn = column - column % 2
        let day = Day(number: Int32(try #require(Int(sheet[6, dayColumn]))) - 25_569)
        #expect(sheet[7, column] == (column % 2 == 0 ? "AM" : "PM"))
        let session = Session(day, column % 2 == 0 ? .morning : .afternoon)
        let column = (8..<total).map { row in
          (id: sheet[row, 1], mark: sheet[row, column], isIn: AttendanceCode(mark: sheet[row, column]))
        }
        for cell in column where cell.mark != "" { found["\(cell.id) \(session)"] = cell.mark }
        let present = column.count { $0.isIn.map(CodeSet.attendance.contains) ?? false }
        let absent = column.count { $0.isIn.map(CodeSet.absence.contains) ?? false }
        #expect(
          [present, absent].map(String.init)
            == [total, total + 1].map { sheet[$0, dayColumn + column0(session)] })
      }
      #expect(sheet.merges.contains("F6:G6") && sheet[total + 1, 3] == "Absent")
      #expect(sheet.rows(with: "Key", in: 1).first == total + 3)
    }
    #expect(wrongPercentages == 1)
    var expected: [String: String] = [:]
    for row in rows where row.mark != "" {
      expected["\(pupils[row.pupil].systemID) \(row.session)"] = row.mark
    }
    let isSame = found == expected
    #expect(isSame, "\(found.count) marks for \(expected.count)")
  }

  private func column0(_ session: Session) -> Int { session.half.rawValue }

  /// Counted again from the cells, by hundreds.
  private func percentageIsRight(_ sheet: OpenedSheet, _ row: Int, _ last: Int) throws -> Bool {
    let codes = (6..<last).compactMap { AttendanceCode(mark: sheet[row, $0]) }
    let possible = codes.count { CodeSet.possible.contains($0) }
    guard possible > 0 else { return sheet[row, last].isEmpty }
    let share = Double(codes.count { CodeSet.attendance.contains($0) } * 100) / Double(possible)
    return abs(try #require(Double(sheet[row, last])) - share) <= 0.0501
  }

  @Test func `the pupil file of a register book keeps dates as dates and zeros in admission numbers`() throws
  {
    let book = try OpenedBook(try #require(made.files["exports/fernhollow/pupils.xlsx"]))
    let sheet = try #require(book.sheets.first)
    #expect(book.sheets.count == 1 && sheet.size.columns <= 24)
    let titles = (1...sheet.size.columns).map { sheet[1, $0] }
    #expect(
      titles.prefix(6) == [
        "Student ID", "Admission Number", "UPN", "Legal Last Name", "Legal First Name", "Date of Birth",
      ])
    let pupils = SampleSchool(plans[2], seed: 1).pupils.filter {
      !$0.arrangements.contains(.absentFromPupilFile)
    }
    #expect(sheet.size.rows == pupils.count + 1)
    let admitted = try #require(titles.firstIndex(of: "Entry Date")) + 1
    for (place, pupil) in pupils.enumerated() {
      #expect(sheet[place + 2, 1] == "\(pupil.systemID)" && sheet[place + 2, 2] == pupil.admissionText)
      #expect(sheet[place + 2, 3] == pupil.upn)
      #expect(sheet[place + 2, 6] == "\(pupil.dateOfBirth.number + 25_569)")
      #expect(sheet[place + 2, admitted] == "\(pupil.admitted.number + 25_569)")
    }
  }
}
