import Registers
import Testing

@Suite struct LeavingReasonTests {
  @Test(arguments: [
    ("Moved to another school", LeavingReason.otherSchool),
    ("Transferred to alternative provision", .otherSchool),
    ("Elective home education", .homeEducation), ("EHE", .homeEducation),
    ("To be home-schooled", .homeEducation),
    ("Permanently excluded", .excluded), ("Moved out of the area", .movedAway), ("Moved abroad", .movedAway),
    ("End of Key Stage 4", .endOfSchool), ("Left for sixth form college", .endOfSchool),
    ("Not known whether there", .other), ("Deceased", .other), ("", .notGiven), ("  ", .notGiven),
  ]) func `the words of an export give the kind`(text: String, reason: LeavingReason) {
    #expect(LeavingReason(text) == reason)
  }
}
