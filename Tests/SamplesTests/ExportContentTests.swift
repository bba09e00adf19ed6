import Foundation
import Registers
import Testing

@testable import Samples

/// A comparison of the exports, which a simple reader reads, with the generated marks.
@Suite struct `Contents of exports` {
  private let generated: SampleFiles
  private let plans = SampleTrust(seed: 1).plans

  init() throws { generated = try SampleFiles(SampleTrust(seed: 1)) }

  /// Returns the pupils and rows of the school at `index`, with the seeded errors.
  private func register(ofSchool index: Int) throws -> (pupils: [SamplePupil], rows: [RegisterRow]) {
    let pupils = SampleSchool(plans[index], seed: 1).pupils
    let rows = RegisterRows(of: plans[index], pupils: pupils, seed: 1).rows
    try #require(rows.count > 1000)
    return (pupils, rows)
  }

  @Test func `week strings contain the marks of their sessions`() throws {
    let codes = Dictionary(
      uniqueKeysWithValues: WeekRegister.markCharacters.map { (Character($0.0), $0.1) })
    let (pupils, rows) = try register(ofSchool: 1)
    var expected: [String: String] = [:]
    for row in rows { expected["\(pupils[row.pupil].upn) \(row.session)"] = row.mark }
    var found: [String: String] = [:]
    for name in ["autumn-1", "autumn-2", "spring-1"] {
      let lines = generated.rows("exports/alder-reach/register-\(name).csv")
      #expect(lines[0].joined(separator: ",").hasSuffix("School,WeekStart,UPN,WeekMarks"))
      for line in lines.dropFirst() where line.count == 4 && line[3].count == 10 {
        guard let monday = Day(iso: line[1]) else { continue }
        #expect(line[0] == "Alder Reach Academy" && monday.weekday == .monday)
        for (index, character) in line[3].enumerated() where character != "#" {
          let session = Session(monday + index / 2, index % 2 == 0 ? .morning : .afternoon)
          let mark = codes[character] ?? String(character)
          // If two rows have marks for the session, the later one is the seeded error.
          let key = "\(line[2]) \(session)"
          found[key] = found[key] ?? (mark == "-" ? "" : mark.hasPrefix("I") ? "I" : mark)
        }
      }
    }
    let missing = expected.filter { found[$0.key] == nil }
    #expect(
      missing.count == 20, "a row with too few fields and a week of eleven marks have ten sessions each")
    #expect(expected.filter { found[$0.key] != nil && found[$0.key] != $0.value } == [:])
    let added = found.filter { expected[$0.key] == nil && $0.value != "" }
    #expect(added == [:])
  }

  @Test func `the string of an incomplete week is shorter`() throws {
    let wednesday = try #require(Day(year: 2025, month: 10, day: 8))
    let generated = try SampleFiles(SampleTrust(seed: 1, until: wednesday))
    let lines = generated.rows("exports/alder-reach/register-autumn-1.csv")
    let strings = lines.filter { $0.count == 4 && $0[1] == "2025-10-06" }.map { $0[3] }
    #expect(strings.count > 250 && Set(strings.map(\.count)).isSubset(of: [6, 7]))
  }

  @Test func `every character of a week string is a code, or the trust file explains it`() throws {
    let characters = WeekRegister.markCharacters.map(\.0)
    #expect(Set(characters).count == characters.count)
    #expect(characters.allSatisfy { $0.count == 1 && AttendanceCode(mark: $0) == nil })
    let longMarks = AttendanceCode.allCases.map(\.mark).filter { $0.count > 1 }
    try #require(!longMarks.isEmpty)
    #expect(Set(longMarks).isSubset(of: WeekRegister.markCharacters.map(\.1)))
    let trustFile = generated.text("trust.yaml")
    for (character, code) in WeekRegister.markCharacters {
      #expect(trustFile.contains("\"\(character)\": \(code)"))
    }
  }

  @Test func `JSON records refer to pupils and codes in the other files`() throws {
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
    let (pupils, rows) = try register(ofSchool: 3)
    let sessions = try records("session-attendance.json")
    try #require(sessions.count == rows.count)
    for (row, record) in zip(rows, sessions) {
      let date = try #require(record["date"] as? [String: Any])
      #expect(date["date"] as? String == "\(row.session.day.iso) 00:00:00.000000")
      #expect(record["session"] as? String == row.session.half.name)
      #expect(upns[try #require(record["student_id"] as? String)] == pupils[row.pupil].upn)
      let code = (record["attendance_code_id"] as? String).map { codeByID[$0] ?? "none" } ?? ""
      #expect(code == (row.errors == [.unknownCodeID] ? "none" : row.mark))
      #expect(record["minutes_late"] as? Int == Int(row.minutes))
      #expect(record["comment"] as? String ?? "" == row.comment)
    }
  }

  private func records(_ name: String) throws -> [[String: Any]] {
    let bytes = Data(try #require(generated.files["exports/tidewater/\(name)"]))
    let object = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(object["meta"] is [String: Any])
    let records = try #require(object["data"] as? [[String: Any]])
    try #require(!records.isEmpty)
    return records
  }

  @Test func `the sheets of the register workbook contain the marks under their dates`() throws {
    let bytes = try #require(generated.files["exports/fernhollow/registers-2025-26.xlsx"])
    let workbook = try UnzippedWorkbook(bytes)
    #expect(workbook.sheets.map(\.name) == ["Oak", "Elm", "Rowan", "Hazel", "Alder", "Beech", "Codes"])
    let (pupils, rows) = try register(ofSchool: 2)
    var found: [String: String] = [:]
    var wrongPercentages = 0
    for sheet in workbook.sheets.dropLast() {
      #expect(sheet[1, 1] == "Fernhollow School" && sheet[3, 1] == "Registers from 01/09/2025 to 13/02/2026")
      let last = try #require((6..<300).first { sheet[7, $0] == "% Att" })
      let total = try #require(sheet.rows(with: "Present", in: 3).first)
      for row in 8..<total {
        wrongPercentages += try isPercentageCorrect(sheet, row: row, column: last) ? 0 : 1
      }
      for column in 6..<last {
        // The date is a merged cell, whose value is in the first of its two columns.
        let dateColumn = column - column % 2
        let day = Day(number: Int32(try #require(Int(sheet[6, dateColumn]))) - 25_569)
        #expect(sheet[7, column] == (column % 2 == 0 ? "AM" : "PM"))
        let session = Session(day, column % 2 == 0 ? .morning : .afternoon)
        for row in 8..<total where sheet[row, column] != "" {
          found["\(sheet[row, 1]) \(session)"] = sheet[row, column]
        }
        let codes = (8..<total).compactMap { AttendanceCode(mark: sheet[$0, column]) }
        #expect(sheet[total, column] == "\(codes.count(where: CodeSet.attendance.contains))")
        #expect(sheet[total + 1, column] == "\(codes.count(where: CodeSet.absence.contains))")
      }
      #expect(sheet.mergedRanges.contains("F6:G6") && sheet[total + 1, 3] == "Absent")
      #expect(sheet.rows(with: "Key", in: 1).first == total + 3)
    }
    #expect(wrongPercentages == 1)
    var expected: [String: String] = [:]
    for row in rows where row.mark != "" {
      expected["\(pupils[row.pupil].systemID) \(row.session)"] = row.mark
    }
    // `#expect` would print both dictionaries, which have thousands of marks.
    let isSame = found == expected
    #expect(isSame, "\(found.count) marks for \(expected.count)")
  }

  /// Returns whether the percentage in `column` is the attendance that the marks of the row give.
  private func isPercentageCorrect(_ sheet: UnzippedSheet, row: Int, column: Int) throws -> Bool {
    let codes = (6..<column).compactMap { AttendanceCode(mark: sheet[row, $0]) }
    let possible = codes.count { CodeSet.possible.contains($0) }
    guard possible > 0 else { return sheet[row, column].isEmpty }
    let percentage = Double(codes.count { CodeSet.attendance.contains($0) } * 100) / Double(possible)
    return abs(try #require(Double(sheet[row, column])) - percentage) <= 0.0501
  }

  @Test func `the pupil workbook has date cells, and admission numbers with leading zeros`() throws {
    let workbook = try UnzippedWorkbook(try #require(generated.files["exports/fernhollow/pupils.xlsx"]))
    let sheet = try #require(workbook.sheets.first)
    #expect(workbook.sheets.count == 1 && sheet.size.columns <= 24)
    let titles = (1...sheet.size.columns).map { sheet[1, $0] }
    #expect(
      titles.prefix(6) == [
        "Student ID", "Admission Number", "UPN", "Legal Last Name", "Legal First Name", "Date of Birth",
      ])
    let pupils = SampleSchool(plans[2], seed: 1).pupils.filter {
      !$0.arrangements.contains(.missingFromPupilFile)
    }
    try #require(pupils.count > 50)
    #expect(sheet.size.rows == pupils.count + 1)
    let admissionColumn = try #require(titles.firstIndex(of: "Entry Date")) + 1
    for (index, pupil) in pupils.enumerated() {
      let row = index + 2
      #expect(sheet[row, 1] == "\(pupil.systemID)" && sheet[row, 2] == pupil.formattedAdmissionNumber)
      #expect(sheet[row, 3] == pupil.upn)
      #expect(sheet[row, 6] == "\(pupil.dateOfBirth.number + 25_569)")
      #expect(sheet[row, admissionColumn] == "\(pupil.admissionDate.number + 25_569)")
    }
  }
}
