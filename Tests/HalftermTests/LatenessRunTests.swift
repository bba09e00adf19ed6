import Foundation
import Registers
import TestSupport
import Testing

/// Lateness from an export with minutes to the attendance team's page. Source: rules, section 7; Docs/Policies.md, Lateness.
@Suite struct LatenessRunTests {
  /// Pupils late on each morning of 190 days by so many minutes, and what their row says: marks of L and U, those with
  /// minutes, minutes on each, days of 300 minutes, days by Mason Moor's table, and lessons.
  private static let pupils: [(name: String, minutes: @Sendable (Int) -> Int?, row: [String])] = [
    ("Five", { _ in 5 }, ["190", "0", "190 of 190", "950", "0", "3.2", "3.5", "20.0"]),
    ("Ten", { _ in 10 }, ["190", "0", "190 of 190", "1,900", "0", "6.3", "7.0", "41.0"]),
    ("Fifteen", { _ in 15 }, ["190", "0", "190 of 190", "2,850", "0", "9.5", "10.0", "55.0"]),
    ("Twenty", { _ in 20 }, ["190", "0", "190 of 190", "3,800", "0", "12.7", "14.5", "82.0"]),
    ("Thirty", { _ in 30 }, ["190", "0", "190 of 190", "5,700", "0", "19.0", "22.0", "123.0"]),
    // Every second mark says how late; a blank is never 0.
    ("Half", { $0 % 2 == 0 ? 20 : nil }, ["190", "0", "95 of 190", "1,900", "0", "6.3", "7.0", "41.0"]),
    ("Blank", { _ in nil }, ["190", "0", "0 of 190", "[x]", "0", "[x]", "[x]", "[x]"]),
  ]

  private static func workspace() throws -> SmallWorkspace {
    let upns = pupils.indices.map { MadeUPN.of($0 + 20) }
    let details = zip(pupils, upns).map { "\($1),\($0.name),Pat,2016-05-01,4\n" }.joined()
    var register = "UPN,Date,Session,Mark,Minutes Late\n"
    for (place, day) in RandomRegister.schoolDays.prefix(190).enumerated() {
      for (pupil, upn) in zip(pupils, upns) {
        let minutes = pupil.minutes(place).map(String.init) ?? ""
        register += "\(upn),\(day.iso),AM,L,\(minutes)\n\(upn),\(day.iso),PM,\\,\n"
      }
    }
    return try SmallWorkspace(
      trust: SmallWorkspace.trust.replacing(
        "phase: primary", with: "phase: primary\n    policy: mason-moor-primary"),
      pupils: "UPN,Surname,Forename,DOB,Year\n" + details, register: register)
  }

  /// The cells of a row of a page, by the text it begins with.
  private static func cells(_ page: Substring, _ name: String) throws -> [String] {
    let row = try #require(page.split(separator: "<tr").first { $0.contains(">\(name), Pat<") })
    return row.split(separator: ">").dropFirst().compactMap { part in
      let text = part.prefix { $0 != "<" }.trimmingCharacters(in: .whitespacesAndNewlines)
      return text.isEmpty ? nil : text
    }
  }

  @Test func `the table of the policy is on the page`() throws {
    let workspace = try Self.workspace()
    let result = try workspace.build()
    #expect(result.status <= 1, "\(result.errors)")
    let page = try workspace.scratch.text("packs/restricted/100009-one-school/attendance-actions.html")
    let opening = try #require(page.range(of: "Days lost by the policy&#39;s table"))
    let table = page[opening.upperBound...]
    for pupil in Self.pupils {
      let cells = try Self.cells(table, pupil.name)
      // After the name, the year and the form, which is not known.
      #expect(Array(cells.dropFirst(3).prefix(8)) == pupil.row, "\(cells)")
    }
    #expect(table.contains("Late marks without minutes add nothing"))
  }
}
