extension HostileFile {
  private static let cp1252: [UInt8] = [0x5A, 0x6F, 0xEB]

  /// Text files in a broken form.
  static let broken: [HostileFile] = [
    refused("empty", "", ": the file is empty"),
    refused("only a byte order mark", "\u{FEFF}", ": the file is empty"),
    refused("only a header", head, ": no mark of One School was read"),
    warned(
      "header twice", rows: 6, head + good + head + row(bob, "2025-09-09", "?"),
      ":7: \"?\" is not an attendance code"),
    refused("no header", good, ":1: no column \"Date\"; found 6 columns with unknown names"),
    refused(
      "no header, no digits", "Quillfeather,Marigold\nQuillfeather,Peregrine\n",
      ":1: no column \"Mark\"; found 2 columns with unknown names"),
    refused(
      "a pupil called Mark", "Quillfeather,Mark,4A\n",
      ":1: no column \"Date\"; found 3 columns with unknown names"),
    warned(
      "zeros in a row", rows: 5, head + good + "\0\0\0,\0\n", ":6: the row has 2 fields but the header has 6"),
    refused(
      "nothing but zeros", String(repeating: "\0", count: 5000),
      ":1: no column \"Mark\"; found 1 column with unknown names"),
    refused(
      "10,000 columns", head.dropLast() + (0..<10_000).map { ",x\($0)" }.joined() + "\n" + good,
      ": row 1: the row has 4096 columns or more"),
    refused(
      "5,000 columns of one name", head.dropLast() + String(repeating: ",Mark", count: 5000) + "\n" + good,
      ": row 1: the row has 4096 columns or more"),
    refused(
      "4,000 columns of one name", head.dropLast() + String(repeating: ",Mark", count: 4000) + "\n" + good,
      ":2: the row has 6 fields but the header has 4006"),
    warned(
      "too few and too many fields", rows: 6,
      head + good + "\(ann),Quillfeather,2025-09-09,AM,/\n" + row(bob, "x,x,x"),
      ":6: the row has 5 fields but the header has 6", ":7: the row has 8 fields but the header has 6"),
    warned(
      "bytes that are no text", rows: 5,
      bytes: {
        Array((head + good + "\(ann),").utf8) + [0xFF, 0xC0, 0x80] + Array(",x,2025-09-09,AM,".utf8) + [
          0xFF, 0x0A,
        ]
      },
      ":6: \"\u{FF}\" is not an attendance code"),
    warned(
      "two encodings", rows: 6,
      bytes: {
        Array((head + good + "\(ann),Quillfeather,").utf8) + cp1252
          + Array(",2025-09-09,AM,?\n\(ann),Quillfeather,Zo\u{EB},2025-09-09,PM,?\n".utf8)
      }, ":6: \"?\" is not an attendance code", ":7: \"?\" is not an attendance code"
    )
    .with { $0.also = "CSV, Windows-1252" },
    warned(
      "UTF-16 without a mark", rows: 5, bytes: { wide(head + good + row(ann, "2025-09-09", "?")) },
      ":6: \"?\" is not an attendance code"
    )
    .with { $0.also = "UTF-16 (little endian)" },
    warned(
      "UTF-16 cut in a character", rows: 5, bytes: { wide(head + good) + [0x41] },
      ":6: the row has 1 fields but the header has 6"),
    warned(
      "UTF-16 with half a pair", rows: 5,
      bytes: { [0xFF, 0xFE] + wide(head + good) + [0x00, 0xD8, 0x2C, 0x00] },
      ":6: the row has 2 fields but the header has 6"),
    warned(
      "lines that end in carriage returns", rows: 5,
      (head + good + row(ann, "2025-09-09", "?")).replacing("\n", with: "\r"),
      ":6: \"?\" is not an attendance code"),
    warned(
      "a quote that never closes", rows: 6,
      head + good + "\(ann),\"Quillfeather,x,2025-09-09,AM,/\n" + row(ann, "2025-09-10"),
      ":6: a quotation mark opens and does not close"),
    warned(
      "a quote that closes rows below", rows: 5,
      head + good + "\(ann),\"Quillfeather\n" + row(ann, "2025-09-10") + "Quill\"feather,x,2025-09-09,AM,/\n",
      ":6: a quotation mark opens and closes only in a later row"),
    refused(
      "a header of tabs over commas", head.replacing(",", with: "\t") + good,
      ":2: the row has 1 fields but the header has 6"),
    refused("a PDF", "%PDF-1.7 Quillfeather", ": looks like a PDF"),
    refused("a web page", "<html><table><tr><td>Quillfeather", ": looks like a web page"),
    refused(
      "a header that steers the terminal", "UPN,\"\u{1B}[2J\nhalfterm: fine\",Date,Session\n",
      ":1: no column \"Mark\"; found UPN, \\u{1B}"),
  ]

  static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }

  private static func marked(_ marks: [String]) -> String {
    head + good + marks.enumerated().map { row(ann, "2025-10-\($0 + 10)", $1) }.joined()
  }
  private static func late(_ minutes: [String]) -> String {
    "UPN,Date,Session,Mark,Minutes Late\n"
      + minutes.enumerated().map { "\(ann),2025-09-\($0 + 15),AM,L,\($1)\n" }.joined()
  }

  /// Cells with contents that no register has.
  static let cells: [HostileFile] = [
    warned(
      "codes that are none", rows: 11, marked(["ABS", "A1", "C9", "?", "//", "Quillfeather", "\u{1F600}"]),
      ":6: \"ABS\" is not", ":7: \"A1\" is not", ":8: \"C9\" is not", ":9: \"?\" is not",
      ":10: \"//\" is not",
      ":11: a text of 12 characters is not", ":12: \"\u{1F600}\" is not"),
    warned(
      "two marks in a cell", rows: 5, head + good + row(bob, "2025-09-09", "/\\L"),
      ":6: \"/\\L\" is not an attendance code"),
    warned(
      "marks that steer the terminal", rows: 8, marked(["\u{1B}[2", "\u{7}", "\u{9B}2J", "\u{202E}1"]),
      ":6: \"\\u{1B}[2\" is not", ":7: \"\\u{7}\" is not", ":8: \"\\u{9B}2J\" is not",
      ":9: \"\\u{202E}1\" is not"
    ),
    warned(
      "minutes that are none", rows: 8,
      late(["99999", "-5", "1000000000", "1e9", "5.5", "NaN", "=1+1", "Quillfeather"]),
      ":2: \"99999\" is not a number of minutes late from 0 to 300", ":3: \"-5\" is not a number of minutes",
      ":4: \"1000000000\" is not a number of minutes", ":5: \"1e9\" is not a number of minutes",
      ":9: a text of 12 characters is not a number of minutes"),
    warned(
      "weekend marks", rows: 6, head + good + row(ann, "2025-09-13") + row(ann, "2025-09-14", "L"),
      ": 2 marks on 13 September 2025, 14 September 2025, when few pupils have one"),
    warned(
      "sessions that are none", rows: 7,
      head + good + row(session: "NOON") + row(session: "Quillfeather") + row(session: ""),
      ":6: \"NOON\" is neither the morning nor the afternoon", ":7: a text of 12",
      ":8: \"\" is neither"),
    warned(
      "rows of no pupil", rows: 6, head + good + row("") + row("NULL"),
      ":6: rows with no UPN, pupil id or admission number: 2 times"),
    refused(
      "no column of pupils", "Surname,Date,Session,Mark\nQuillfeather,2025-09-08,AM,/\n",
      ":1: no column \"UPN\"; found Surname, Date"),
    warned(
      "ids with leading zeros are one pupil", rows: 3,
      "Adm No,Date,Session,Mark\n004512,2025-09-08,AM,/\n4512,2025-09-08,PM,\\\n0004512,2025-09-08,PM,/\n",
      ":2: a pupil with marks from this row on is not in the pupil details",
      ":4: two marks for one session: \\ in row 3, and / here"),
    warned(
      "a UPN that is none", rows: 5, head + good + row("Quillfeather"),
      ":6: the UPN (12 characters) is not a letter"),
    warned(
      "two marks for a session", rows: 5, head + good + row("\(ann)", "2025-09-08", "N"),
      ":6: two marks for one session: / in row 2, and N here"),
    warned(
      "formulas for names and comments", rows: 2,
      "UPN,Surname,Date,Session,Mark,Comments\n"
        + ["?", "/"].map {
          "\(ann),=cmd|' /C calc'!A0,2025-09-08,AM,\($0),\"=HYPERLINK(\"\"http://x\"\")\"\n"
        }.joined(),
      ":2: \"?\" is not"),
  ]
}
