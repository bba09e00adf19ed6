import Testing

@testable import Exports

@Suite struct SchoolNameTests {
  @Test(arguments: [
    ("Mill Lane Primary School", "Mill Lane Primary School"), ("oak-academy_autumn 2025", "Oak Academy"),
    ("Register of St Mary's C of E Primary School, Year 5", "St Mary's C of E Primary School"),
    ("Copy of Harbour Infant School", "Harbour Infant School"),
    ("Attendance - Tidewater College", "Tidewater College"),
    ("Elm Nursery (2)", "Elm Nursery"),
  ])
  func `a text that calls itself a school names it`(text: String, name: String) {
    #expect(SchoolName.find(in: text) == name)
  }

  @Test(arguments: [
    "School attendance register", "whole school", "Upper School", "Autumn term", "Primary need",
    "After school club",
    "SEN primary need", "Nursery class", "7A Mrs Cole", "1B Miss College", "Mrs Nursery-Smith",
    "Attendance 2025-26 (office)",
    "secondary school spring", "",
  ])
  func `other words name no school`(text: String) {
    #expect(SchoolName.find(in: text) == nil, "\(SchoolName.find(in: text) ?? "")")
  }

  @Test func `a folder may label the one school of it`() {
    #expect(SchoolName.label(of: "mill lane exports 2025") == "Mill Lane")
    #expect(SchoolName.label(of: "Attendance 2025-26 (office)") == nil)
  }
}
