import Registers
import TabularTestSupport
import Testing

@testable import Exports

@Suite struct MarkReaderTests {
  @Test(arguments: AttendanceCode.allCases) func `every code of the table is read`(code: AttendanceCode) {
    #expect(read(code.mark) == .code(code))
    #expect(read(" \(code.mark) ") == .code(code))
  }

  @Test func `only the table and subcodes are codes`() {
    let marks = Set(AttendanceCode.allCases.map(\.mark))
    for first in UInt8(0x21)...0x7E {
      let one = String(Unicode.Scalar(first))
      #expect((read(one) != .unknown) == marks.contains(one), "\(one)")
      for second in UInt8(0x21)...0x7E {
        let two = one + String(Unicode.Scalar(second))
        let isKnown = marks.contains(two) || two == "NA"
        #expect((read(two) != .unknown) == isKnown, "\(two)")
      }
    }
  }

  /// Source: rules, section 1: errors seen in real material.
  @Test func `a code of two characters is not the code of its first character`() {
    #expect(read("C1") == .code(.regulatedPerformance))
    #expect(read("C2") == .code(.partTimeTimetable))
    #expect(read("C") == .code(.exceptionalLeave))
    #expect(read("J1") == .code(.interview))
    #expect(read("J") == .code(.retiredInterview))
    #expect(read("Y1") == .code(.noTransport))
    #expect(read("Y01") == .subcode(.retiredUnableToAttend))
    #expect(read("C3") == .unknown)
    #expect(read("Y8") == .unknown)
  }

  @Test(arguments: [("I02", AttendanceCode.illness), ("X01", .notRequired), ("C01", .exceptionalLeave)])
  func `a subcode counts as its code`(mark: String, code: AttendanceCode) {
    #expect(read(mark) == .subcode(code))
  }

  @Test(arguments: [
    "l", "i", "c1", "n", "PRESENT", "?", "I2", "I002", "A01", "-01", "//", "/\\", "L 5", "é", "I²", "\"",
    "\"\"", "\u{A0}", "NULLS", "Null",
  ])
  func `a text that is not a code is unknown`(mark: String) {
    #expect(read(mark) == .unknown)
  }

  @Test func `a byte outside ASCII is not a code`() {
    for byte in UInt8.min...UInt8.max where byte >= 0x80 || byte < 0x09 {
      #expect(withBytes([byte]) { MarkReader().read($0) } == .unknown, "\(byte)")
    }
  }

  @Test func `a subcode has ASCII digits`() {
    // I and a superscript two in Windows-1252.
    #expect(withBytes([0x49, 0xB2]) { MarkReader().read($0) } == .unknown)
  }

  @Test(arguments: ["", " ", "\t", "NULL", "null", "NA", "-"]) func `an empty value is no mark`(mark: String)
  {
    #expect(read(mark) == .code(.noMark))
  }

  @Test func `a source may define its own marks`() {
    let reader = MarkReader(marks: [";": "I02", "P": "/", "present": "/", "Q?": "!!"])
    func read(_ mark: String) -> MarkReader.Result { withBytes(mark) { reader.read($0) } }
    #expect(read(";") == .subcode(.illness))
    #expect(read("P") == .code(.presentMorning))
    #expect(read("present") == .code(.presentMorning))
    #expect(read("Q?") == .unknown)
    #expect(read("L") == .code(.lateBeforeClose))
    #expect(MarkReaderTests().read(";") == .unknown)
  }

  private func read(_ mark: String) -> MarkReader.Result { withBytes(mark) { MarkReader().read($0) } }
}
