import TestSupport

extension HostileFile {
  private static let names = ["UPN", "Date", "Session", "Mark"]

  private static func cell(_ reference: String, _ text: String) -> String {
    "<c r=\"\(reference)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
  }
  private static func value(_ reference: String, _ value: String, type: String = "n") -> String {
    "<c r=\"\(reference)\" t=\"\(type)\"><v>\(value)</v></c>"
  }
  private static func line(_ number: Int, _ cells: [String], more: String = "") -> String {
    let cells = zip("ABCDEFGH", cells).map { cell("\($0)\(number)", $1) }
    return "<row r=\"\(number)\">\(cells.joined())\(more)</row>"
  }
  private static func mark(_ number: Int, _ mark: String = "/", of upn: String = ann) -> String {
    line(number, [upn, "2025-09-08", number % 2 == 0 ? "AM" : "PM", mark])
  }
  private static let good3 = line(1, names) + mark(2) + mark(3, "\\")

  /// Returns a workbook of named sheets, which may be hidden.
  private static func book(_ sheets: [(name: String, rows: String)], isHidden: Bool = false) -> ZipFile {
    var zip = WorkbookFile.zip(rows: "")
    let state = isHidden ? " state=\"hidden\"" : ""
    let list = sheets.indices.map {
      "<sheet name=\"\(sheets[$0].name)\"\(state) sheetId=\"\($0 + 1)\" r:id=\"r\($0)\"/>"
    }
    zip["xl/workbook.xml"] = ZipFile.Part(
      "xl/workbook.xml", WorkbookFile.workbook("<sheets>\(list.joined())</sheets>"))
    zip["xl/_rels/workbook.xml.rels"] = ZipFile.Part(
      "xl/_rels/workbook.xml.rels",
      WorkbookFile.rels(sheets.indices.map { ("r\($0)", "worksheet", "worksheets/s\($0).xml") }))
    for (place, sheet) in sheets.enumerated() {
      let text = "<worksheet xmlns=\"\(WorkbookFile.main)\"><sheetData>\(sheet.rows)</sheetData></worksheet>"
      zip.parts.append(ZipFile.Part("xl/worksheets/s\(place).xml", text))
    }
    return zip
  }

  private static func changed(_ change: (inout ZipFile) -> Void) -> [UInt8] {
    var zip = WorkbookFile.zip(rows: good3)
    change(&zip)
    return zip.bytes
  }
  private static let sheet = "xl/worksheets/sheet1.xml"

  private static func refusedBook(
    _ name: String, _ says: String..., bytes: @escaping @Sendable () -> [UInt8]
  ) -> HostileFile {
    HostileFile(name, "register.xlsx", 2, says, bytes: bytes)
  }
  private static func refusedRows(_ name: String, _ rows: String, shared: String? = nil, _ says: String...)
    -> HostileFile
  {
    HostileFile(name, "register.xlsx", 2, says) { WorkbookFile.zip(rows: rows, shared: shared).bytes }
  }
  private static func warnedBook(
    _ name: String, rows: Int, _ says: String..., bytes: @escaping @Sendable () -> [UInt8]
  ) -> HostileFile {
    HostileFile(name, "register.xlsx", 1, says, bytes: bytes).with { $0.rows = rows }
  }

  /// Files that are not workbooks, or that cannot be opened.
  static let damagedWorkbooks: [HostileFile] = [
    refusedBook("a workbook cut short", ": the workbook ends early") {
      Array(WorkbookFile.zip(rows: good3).bytes.prefix(700))
    },
    refusedBook("a wrong sum", ": sheet Marks: the workbook is damaged") { changed { $0[sheet]?.sum ^= 1 } },
    refusedBook("a password inside", ": sheet Marks: the workbook is protected with a password") {
      changed { $0[sheet]?.flags = 1 }
    },
    refusedBook("a password around", ": the workbook is protected with a password") {
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 600)
        + wide("EncryptedPackage")
    },
    HostileFile("an old workbook", "register.xls", 2, [": it is an old Excel file (.xls)"]) {
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 600)
    },
    HostileFile("a binary workbook", "register.xlsb", 2, [": it is a binary workbook (.xlsb)"]) {
      changed { $0.parts.append(ZipFile.Part("xl/workbook.bin", "x")) }
    },
    HostileFile("an OpenDocument file", "register.ods", 2, [": it is an OpenDocument file (.ods)"]) {
      ZipFile(parts: [ZipFile.Part("mimetype", "application/vnd.oasis"), ZipFile.Part("content.xml", "<a/>")])
        .bytes
    },
    HostileFile("a page as a workbook", "register.xlsx", 2, [": looks like a web page"]) {
      Array("\n <table><tr><td>Quillfeather".utf8)
    },
    HostileFile("a page as an old workbook", "register.xls", 2, [": looks like a web page"]) {
      Array("<html><body>".utf8)
    },
    HostileFile("a zip file of something else", "register.xlsx", 2, [": it is a zip file, not a workbook"]) {
      ZipFile(parts: [ZipFile.Part("../../quillfeather.csv", head + good)]).bytes
    },
    refusedBook("a bomb", ": sheet Marks: the workbook is too large when it is extracted") {
      changed {
        var bomb = ZipFile.Part(sheet, DeflatedSpaces.bytes(after: "<worksheet><sheetData>", runs: 400_000))
        bomb.method = 8
        bomb.size = 1000
        $0[sheet] = bomb
      }
    },
    refusedBook("60,000 parts", ": the workbook has too many parts") {
      ZipFile(parts: (0..<60_000).map { ZipFile.Part("\($0)", [UInt8]()) }).bytes
    },
    warnedBook("parts with paths out", rows: 2, "") {
      changed { $0.parts += ["../../x", "/etc/x"].map { ZipFile.Part($0, "x") } }
    }.with { $0.also = "exports/pupils.csv:3: a pupil with no mark" },
    refusedBook("a malformed sheet", ": sheet Marks: it is not well-formed XML") {
      changed { $0[sheet] = ZipFile.Part(sheet, "<worksheet><sheetData><row></sheetData>") }
    },
    refusedBook("a document type in a sheet", ": sheet Marks: it declares a document type") {
      changed {
        $0[sheet] = ZipFile.Part(
          sheet, "<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet>&a;</worksheet>")
      }
    },
    refusedBook("a document type in the list of parts", ": _rels/.rels: it declares a document type") {
      changed {
        $0["_rels/.rels"] = ZipFile.Part("_rels/.rels", "<!DOCTYPE w [<!ENTITY a 'b'>]><Relationships/>")
      }
    },
    refusedRows(
      "a deep sheet", String(repeating: "<a>", count: 10_000),
      ": sheet Marks: its elements are nested more than 64 deep"),
    refusedBook("a missing sheet", ": sheet Marks: the workbook is damaged: this part of it is missing") {
      changed { $0[sheet] = nil }
    },
  ]

  /// Cells and rows that no program writes.
  static let cellsOfWorkbooks: [HostileFile] = [
    refusedRows(
      "a cell beyond the last column", good3 + line(4, [bob], more: value("XFE4", "1")),
      ": sheet Marks: row 4 has a cell that is out of order"),
    refusedRows(
      "a cell of no column", good3 + line(4, [bob], more: value("??", "1")),
      ": sheet Marks: row 4 has a cell that is out of order"),
    refusedRows(
      "a row beyond the last", good3 + line(1_048_577, [ann]),
      ": sheet Marks: the row after row 3 has a number"),
    refusedRows(
      "a row of a negative number", good3 + line(-4, [ann]),
      ": sheet Marks: the row after row 3 has a number"),
    refusedRows(
      "the last row and one behind it", good3 + line(1_048_576, [ann]) + "<row/>",
      ": sheet Marks: the row after row 1048576"),
    refusedRows(
      "rows from the last to the first", line(9, names) + mark(5) + mark(3),
      ": sheet Marks: the row after row 9 has a number"),
    refusedRows(
      "a cell twice", line(1, names) + line(2, [ann, "2025-09-08", "AM", "/"], more: cell("D2", "N")),
      ": sheet Marks: row 2 has a cell that is out of order, repeated"),
    refusedRows(
      "sessions beyond the columns that are read",
      line(1, ["UPN", "08/09/2025 AM"], more: cell("XFD1", "09/09/2025 AM"))
        + line(2, [ann, "/"], more: cell("XFD2", "N")),
      ": sheet Marks: row 1 has 4096 columns or more"),
    refusedRows(
      "a text that is not there",
      line(1, names) + line(2, [ann, "2025-09-08", "AM"], more: value("D2", "7", type: "s")),
      shared: "<si><t>/</t></si>",
      ": sheet Marks: row 2 refers to a text that the workbook does not have"),
    refusedRows(
      "a text of a negative number",
      line(1, names) + line(2, [ann, "2025-09-08", "AM"], more: value("D2", "-1", type: "s")),
      shared: "<si><t>/</t></si>",
      ": sheet Marks: row 2 refers to a text"),
    refusedRows(
      "no texts at all",
      line(1, names) + line(2, [ann, "2025-09-08", "AM"], more: value("D2", "0", type: "s")),
      ": sheet Marks: row 2 refers to a text"),
    refusedRows("an empty sheet", "", ":1: no column \"Mark\""),
    warnedBook(
      "numbers that are no dates", rows: 5, ":4: \"1e308\" is not a date", ":5: \"-5\" is not a date",
      ":6: \"99999999\" is not a date"
    ) {
      WorkbookFile.zip(
        rows: good3
          + ["1e308", "-5", "99999999"].enumerated().map { place, number in
            let row = place + 4
            return "<row r=\"\(row)\">" + cell("A\(row)", ann) + value("B\(row)", number)
              + cell("C\(row)", "AM") + cell("D\(row)", "/") + "</row>"
          }.joined()
      ).bytes
    },
    warnedBook("errors for marks", rows: 3, ":4: \"#N/A\" is not an attendance code") {
      WorkbookFile.zip(
        rows: good3 + line(4, [bob, "2025-09-08", "AM"], more: value("D4", "#N/A", type: "e"))
      ).bytes
    },
  ]

  /// Workbooks with unexpected sheets.
  static let workbooks: [HostileFile] = [
    refusedBook("no sheet", ": the workbook has no sheet") { book([]).bytes },
    refusedBook("hidden sheets only", ": every sheet is hidden. Its sheets are Marks, 7B") {
      book([("Marks", good3), ("7B", good3)], isHidden: true).bytes
    },
    refusedBook("a legend alone", ":1: no column \"Date\"; found 2 columns with unknown names") {
      book([("Key", line(1, ["Code", "Meaning"]) + line(2, ["/", "Present"]))]).bytes
    },
    warnedBook(
      "sheets with other headers", rows: 3, ": sheet Late has no column \"Session\" and is left out",
      ": sheet Key has no table of pupils",
      ":2: sheet 7B, cell B2: \"?\" is not an attendance code"
    ) {
      book([
        ("7A", good3), ("7B", line(1, ["UPN", "08/09/2025 AM"]) + line(2, [bob, "?"])),
        ("Key", line(1, ["Code", "Meaning"]) + line(2, ["/", "Present"])),
        (
          "Late",
          line(1, ["UPN", "Surname", "Date", "Minutes Late"])
            + line(2, [bob, "Quillfeather", "2025-09-08", "5"])
        ),
      ]).bytes
    },
    warnedBook(
      "a sheet whose name steers the terminal", rows: 2,
      ": sheet Key\\u{85}\\u{A}halfterm: fine has no table of pupils"
    ) {
      book([("7\u{7F}A", good3), ("Key&#133;&#10;halfterm: fine", line(1, ["Key", "Meaning"]))]).bytes
    },
  ]
}
