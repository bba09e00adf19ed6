import Registers
import Tabular
import TabularTestSupport
import Testing

@testable import Exports

@Suite struct MarkReaderTests {
  @Test(arguments: AttendanceCode.allCases) func `every code of the table is read`(code: AttendanceCode) {
    #expect(read(code.mark) == .code(code))
    #expect(read(" \(code.mark) ") == .code(code))
  }

  @Test func `only the table and subcodes are codes, in capitals or small letters`() {
    let marks = Set(AttendanceCode.allCases.map(\.mark))
    for first in UInt8(0x21)...0x7E {
      let one = String(Unicode.Scalar(first))
      #expect((read(one) != .unknown) == marks.contains(one.uppercased()), "\(one)")
      for second in UInt8(0x21)...0x7E {
        let two = one + String(Unicode.Scalar(second))
        let isGuarded =
          first == UInt8(ascii: "'") && marks.contains(String(Unicode.Scalar(second)).uppercased())
        let isKnown =
          marks.contains(two.uppercased()) || ["NA", "--", "\\\\", "\\/"].contains(two) || isGuarded
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
    "PRESENT", "?", "I2", "I002", "A01", "-01", "//", "/\\", "L 5", "é", "I²", "\"", "\"\"", "NULLS", "Null",
    "#N/A", "#REF!", "I was late", "/ -", "A - Absent", "Absent (A)", "=", "'", "=\"\"", "L-05", "D1 - Day",
  ])
  func `a text that is not a code is unknown`(mark: String) {
    #expect(read(mark) == .unknown)
  }

  @Test(arguments: [
    ("l", AttendanceCode.lateBeforeClose), ("i", .illness), ("c1", .regulatedPerformance),
    ("'/", .presentMorning),
    ("'\\", .presentAfternoon), ("=\"/\"", .presentMorning), ("\"I\"", .illness), ("\\\\", .presentAfternoon),
    ("&#47;", .presentMorning), ("&#x5C;", .presentAfternoon), ("%2F", .presentMorning),
    ("\\/", .presentMorning),
    ("/ - Present AM", .presentMorning), ("\\ – Present", .presentAfternoon), ("I: Illness", .illness),
    ("C1 - Performance", .regulatedPerformance), ("Illness (I)", .illness), ("m (Medical)", .medical),
  ])
  func `a code with other characters around it is read and known to be altered`(
    mark: String, code: AttendanceCode
  ) {
    #expect(read(mark) == .altered(code))
  }

  @Test(arguments: ["\u{A0}", "\u{200B}", "\u{FEFF}", "\u{2009}", "\u{3000}", "\t", " "])
  func `spaces of any kind do not matter`(space: String) {
    #expect(read("/" + space) == .code(.presentMorning))
    #expect(read(space + "I" + space + " ") == .code(.illness))
    #expect(read(space) == .code(.noMark))
  }

  @Test func `a no-break space of Windows-1252 does not matter, and a letter that ends in its byte stays`() {
    #expect(withBytes([0x2F, 0xA0]) { MarkReader().read($0) } == .code(.presentMorning))
    #expect(withBytes([0xC3, 0xA0]) { $0.trimmed.count } == 2)
  }

  @Test func `a byte outside ASCII is not a code`() {
    for byte in UInt8.min...UInt8.max where (byte >= 0x80 || byte < 0x09) && byte != 0xA0 {
      #expect(withBytes([byte]) { MarkReader().read($0) } == .unknown, "\(byte)")
    }
  }

  @Test func `a subcode has ASCII digits`() {
    // I and a superscript two in Windows-1252.
    #expect(withBytes([0x49, 0xB2]) { MarkReader().read($0) } == .unknown)
  }

  @Test(arguments: ["", " ", "\t", "NULL", "null", "NA", "-", "--"]) func `an empty value is no mark`(
    mark: String
  ) {
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
