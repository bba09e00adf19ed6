import Registers
import TestSupport

@testable import Exports

/// A small workbook, built from sheets and cells.
struct MadeBook {
  enum Cell: Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case text(String), number(String), none

    init(stringLiteral text: String) { self = text.isEmpty ? .none : .text(text) }
    init(integerLiteral number: Int) { self = .number(String(number)) }
    init(_ text: String) { self = text.isEmpty ? .none : .text(text) }
  }

  var sheets: [(name: String, rows: [[Cell]])]
  var countsFrom1904 = false
  var hidden: Set<String> = []

  var bytes: [UInt8] {
    let numbers = sheets.indices.map { $0 + 1 }
    let list = zip(sheets, numbers).map { sheet, number in
      let state = hidden.contains(sheet.name) ? " state=\"hidden\"" : ""
      return "<sheet name=\"\(sheet.name)\" sheetId=\"\(number)\"\(state) r:id=\"rId\(number)\"/>"
    }
    let properties = countsFrom1904 ? "<workbookPr date1904=\"1\"/>" : ""
    var parts = [
      ZipFile.Part("[Content_Types].xml", "<Types/>"),
      ZipFile.Part("_rels/.rels", WorkbookFile.rels([("rId1", "officeDocument", "xl/workbook.xml")])),
      ZipFile.Part(
        "xl/workbook.xml", WorkbookFile.workbook("\(properties)<sheets>\(list.joined())</sheets>")),
      ZipFile.Part(
        "xl/_rels/workbook.xml.rels",
        WorkbookFile.rels(numbers.map { ("rId\($0)", "worksheet", "worksheets/sheet\($0).xml") })),
    ]
    for (sheet, number) in zip(sheets, numbers) {
      parts.append(ZipFile.Part("xl/worksheets/sheet\(number).xml", MadeBook.xml(sheet.rows)))
    }
    return ZipFile(parts: parts).bytes
  }

  private static func xml(_ rows: [[Cell]]) -> String {
    let lines = rows.enumerated().filter { !$0.element.isEmpty }.map { number, row in
      let cells = row.enumerated().map { column, cell in xml(cell, at: "\(letters(column))\(number + 1)") }
      return "<row r=\"\(number + 1)\">\(cells.joined())</row>"
    }
    return "<worksheet xmlns=\"\(WorkbookFile.main)\"><sheetData>\(lines.joined())</sheetData></worksheet>"
  }

  private static func xml(_ cell: Cell, at index: String) -> String {
    switch cell {
    case .none: return ""
    case .number(let number): return "<c r=\"\(index)\"><v>\(number)</v></c>"
    case .text(let text):
      let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      return "<c r=\"\(index)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped)</t></is></c>"
    }
  }

  static func letters(_ column: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ").map(String.init)
    return column < 26 ? letters[column] : letters[column / 26 - 1] + letters[column % 26]
  }
}

extension MadeRegister {
  /// A row per pupil and session, with dates as serials.
  func longBook(countsFrom1904: Bool) -> MadeBook {
    let header: [MadeBook.Cell] = ["UPN", "Date", "Session", "Mark", "Minutes late"]
    let epoch = countsFrom1904 ? 1462 : 0
    let lines = rows.map { pupil, index, session, _ in
      [
        .text(pupil.upn), .number("\(MadeRegister.serial(session.day) - epoch)"), .text(session.half.name),
        MadeBook.Cell(pupil.cell(index)), pupil.minutes[index].map { .number("\($0).0") } ?? .none,
      ] as [MadeBook.Cell]
    }
    return MadeBook(sheets: [("Marks", [header] + lines)], countsFrom1904: countsFrom1904)
  }

  /// A sheet for each class in the form of a printed register: titles, dates above half-days, percentages,
  /// totals, a legend.
  func classBook(date: (Day) -> MadeBook.Cell) -> MadeBook {
    let forms = Set(pupils.map(\.form)).sorted()
    var sheets = forms.map { form in
      (name: form, rows: classSheet(pupils.filter { $0.form == form }, form, date))
    }
    sheets.append(("Codes", [["Code", "Meaning"], ["/", "Present (AM)"], ["N", "No reason yet"]]))
    return MadeBook(sheets: sheets)
  }

  func classSheet(_ pupils: [MadePupil], _ form: String, _ date: (Day) -> MadeBook.Cell) -> [[MadeBook.Cell]]
  {
    let upper: [MadeBook.Cell] =
      ["Pupil", "", ""] + MadeRegister.days.flatMap { [date($0), .none] } + ["% Att"]
    let lower: [MadeBook.Cell] = ["Name", "UPN", "Year"] + MadeRegister.days.flatMap { _ in ["AM", "PM"] }
    var rows: [[MadeBook.Cell]] = [
      ["Mill Lane Primary School"], [.text("Registers of \(form), 08/09/2025 to 26/09/2025")],
      ["Printed on 27/09/2025 at 08:12"], [], upper, lower,
    ]
    for pupil in pupils {
      rows.append(
        [.text("\(pupil.surname), \(pupil.forename)"), .text(pupil.upn), .number("\(pupil.year)")]
          + MadeRegister.sessions.indices.map { MadeBook.Cell(pupil.cell($0)) } + [pupil.percent])
    }
    rows.append(["Total present", "", ""] + MadeRegister.sessions.indices.map { _ in 3 })
    rows.append([])
    rows += [
      ["Key"], ["/", "Present in the morning"], ["I", "Illness", "not a pupil"], ["N", "", "", "/"],
    ]
    return rows
  }
}

extension MadeRegister.MadePupil {
  /// The percentage of possible sessions attended.
  var percent: MadeBook.Cell {
    let possible = marks.count(where: CodeSet.possible.contains)
    let attended = marks.count(where: CodeSet.attendance.contains)
    guard possible > 0 else { return .none }
    return .number("\((1000.0 * Double(attended) / Double(possible)).rounded() / 10)")
  }
}
