import CXLSXWriter
import Glibc
import Registers

/// The content of a workbook of a showcase school.
struct SampleWorkbook {
  let sheets: [SampleSheet]
  /// The creation date in the document properties.
  let creationDate: Day
}

/// The content of a sheet of a workbook. Rows and columns count from 0.
struct SampleSheet {
  let name: String
  private(set) var cells: [Cell] = []
  /// The cells that extend over two columns.
  private(set) var mergedCells: [Cell] = []
  private(set) var columnWidths: [ColumnWidth] = []
  /// The first cell that scrolls. The rows above and the columns before it appear on every printed page.
  var frozenCell = (row: 0, column: 0)
  /// The first columns of printed pages.
  var pageBreakColumns: [Int] = []

  init(name: String) { self.name = name }

  enum Value {
    /// A text. If it is empty, the cell is blank and has a style only.
    case text(String)
    case number(Double)
    case day(Day)
  }

  struct Cell {
    let value: Value
    let row: Int
    let column: Int
    let style: SheetCellStyle
  }

  /// The width of adjacent columns, in widths of a digit.
  struct ColumnWidth {
    let columns: ClosedRange<Int>
    let characters: Double
  }

  mutating func write(
    _ value: Value, _ row: Int, _ column: Int, _ kind: SheetCellStyle.Kind = .plain, startsWeek: Bool = false
  ) {
    let style = SheetCellStyle(kind: kind, startsWeek: startsWeek)
    cells.append(Cell(value: value, row: row, column: column, style: style))
  }

  /// Writes a date across `column` and the next column.
  mutating func writeMerged(_ day: Day, _ row: Int, _ column: Int, startsWeek: Bool) {
    let style = SheetCellStyle(kind: .dayTitle, startsWeek: startsWeek)
    mergedCells.append(Cell(value: .day(day), row: row, column: column, style: style))
  }

  mutating func setWidth(_ characters: Double, of columns: ClosedRange<Int>) {
    columnWidths.append(ColumnWidth(columns: columns, characters: characters))
  }

  /// Sets the widths of the first columns.
  mutating func setWidths(_ characters: [Double]) {
    for (column, width) in characters.enumerated() { setWidth(width, of: column...column) }
  }
}

/// The purpose of a cell, from which its appearance follows.
struct SheetCellStyle: Hashable {
  let kind: Kind
  /// A Boolean value that indicates whether a thick line separates the cell from the previous week.
  let startsWeek: Bool

  enum Kind {
    case plain, date, title, columnTitle, dayTitle, halfTitle, pupil, mark, late, absence, closed, notOnRoll,
      percentage, totalTitle, total
  }
}

private typealias Format = UnsafeMutablePointer<lxw_format>

/// A writer of workbooks, the only code of `Samples` that calls libxlsxwriter.
struct WorkbookWriter: ~Copyable {
  private let name: String
  // libxlsxwriter 1.1.4 can only write to files. A file without a name disappears when the program ends.
  private let file: UnsafeMutablePointer<FILE>
  /// The handle of libxlsxwriter, or `nil` after it is freed.
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private var formats: [SheetCellStyle: Format] = [:]

  /// Returns the bytes of a workbook, which are the same for the same content.
  ///
  /// - Throws: `SampleFailure` if there is not enough memory or space for temporary files.
  static func bytes(of workbook: SampleWorkbook, named name: String) throws(SampleFailure) -> [UInt8] {
    guard let file = tmpfile() else {
      throw .workbook(name: name, reason: String(cString: strerror(errno)))
    }
    guard let handle = workbook_new("/proc/self/fd/\(fileno(file))") else {
      fclose(file)
      throw .workbook(name: name, reason: "out of memory")
    }
    var writer = WorkbookWriter(name: name, file: file, workbook: handle)
    try writer.setCreationDate(workbook.creationDate)
    for sheet in workbook.sheets { try writer.add(sheet) }
    return try writer.close()
  }

  private init(name: String, file: UnsafeMutablePointer<FILE>, workbook: UnsafeMutablePointer<lxw_workbook>) {
    self.name = name
    self.file = file
    self.workbook = workbook
  }

  deinit {
    if let workbook { lxw_workbook_free(workbook) }
    fclose(file)
  }

  /// Sets the creation date to noon, so that it is the same day in most time zones.
  private func setCreationDate(_ day: Day) throws(SampleFailure) {
    var properties = lxw_doc_properties()
    properties.created = (Int(day.number) * 24 + 12) * 3600
    try check(workbook_set_properties(workbook, &properties))
  }

  private consuming func close() throws(SampleFailure) -> [UInt8] {
    // libxlsxwriter frees the workbook even if closing it fails.
    let error = workbook_close(workbook)
    workbook = nil
    try check(error)
    let size = lseek(fileno(file), 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: max(0, size))
    guard size > 0, pread(fileno(file), &bytes, bytes.count, 0) == bytes.count else {
      throw .workbook(name: name, reason: String(cString: strerror(errno)))
    }
    return bytes
  }

  private mutating func add(_ sheet: SampleSheet) throws(SampleFailure) {
    guard let worksheet = workbook_add_worksheet(workbook, sheet.name) else {
      throw .workbook(name: name, reason: "no sheet can be named \(sheet.name)")
    }
    for width in sheet.columnWidths {
      let (first, last) = (lxw_col_t(width.columns.lowerBound), lxw_col_t(width.columns.upperBound))
      try check(worksheet_set_column(worksheet, first, last, width.characters, nil))
    }
    for cell in sheet.cells { try write(cell, to: worksheet) }
    for cell in sheet.mergedCells {
      let (row, column) = (lxw_row_t(cell.row), lxw_col_t(cell.column))
      try check(worksheet_merge_range(worksheet, row, column, row, column + 1, "", try format(cell.style)))
      try write(cell, to: worksheet)
    }
    try setPageLayout(of: sheet, in: worksheet)
  }

  private mutating func write(
    _ cell: SampleSheet.Cell, to sheet: UnsafeMutablePointer<lxw_worksheet>
  ) throws(SampleFailure) {
    let format = try format(cell.style)
    let (row, column) = (lxw_row_t(cell.row), lxw_col_t(cell.column))
    switch cell.value {
    case .text(""): try check(worksheet_write_blank(sheet, row, column, format))
    case .text(let text): try check(worksheet_write_string(sheet, row, column, text, format))
    case .number(let number): try check(worksheet_write_number(sheet, row, column, number, format))
    case .day(let day):
      try check(worksheet_write_number(sheet, row, column, Double(day.spreadsheetSerial), format))
    }
  }

  private func setPageLayout(
    of content: SampleSheet, in sheet: UnsafeMutablePointer<lxw_worksheet>
  ) throws(SampleFailure) {
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, 9)  // 9 is A4.
    worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6)
    try check(worksheet_set_footer(sheet, "&L&A&RPage &P of &N"))
    let (row, column) = (content.frozenCell.row, content.frozenCell.column)
    guard row > 0 else { return }
    worksheet_freeze_panes(sheet, lxw_row_t(row), lxw_col_t(column))
    try check(worksheet_repeat_rows(sheet, 0, lxw_row_t(row - 1)))
    guard column > 0 else { return worksheet_fit_to_pages(sheet, 1, 0) }
    try check(worksheet_repeat_columns(sheet, 0, lxw_col_t(column - 1)))
    worksheet_set_print_scale(sheet, 62)
    // A column of 0 ends the list.
    var breaks = content.pageBreakColumns.map { lxw_col_t($0) } + [0]
    try check(worksheet_set_v_pagebreaks(sheet, &breaks))
  }

  /// Returns the format of a style, which it creates on first use.
  private mutating func format(_ style: SheetCellStyle) throws(SampleFailure) -> Format {
    if let format = formats[style] { return format }
    guard let format = workbook_add_format(workbook) else {
      throw .workbook(name: name, reason: "out of memory")
    }
    style.apply(to: format)
    formats[style] = format
    return format
  }

  private func check(_ error: lxw_error) throws(SampleFailure) {
    guard error == LXW_NO_ERROR else {
      throw .workbook(name: name, reason: String(cString: lxw_strerror(error)))
    }
  }
}

extension Day {
  /// The serial number of the day in a spreadsheet: the number of days since 30 December 1899.
  fileprivate var spreadsheetSerial: Int { Int(number) + 25_569 }
}

extension SheetCellStyle {
  fileprivate func apply(to format: UnsafeMutablePointer<lxw_format>) {
    format_set_font_name(format, "Arial")
    format_set_font_size(format, kind == .title ? 14 : kind == .plain || kind == .date ? 10 : 9)
    if isBold { format_set_bold(format) }
    if let fill { format_set_bg_color(format, fill) }
    if kind == .absence { format_set_font_color(format, 0xB00020) }
    if isCentred { format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue)) }
    switch kind {
    case .date: format_set_num_format(format, "dd/mm/yyyy")
    case .dayTitle: format_set_num_format(format, "dd/mm")
    case .percentage: format_set_num_format(format, "0.0")
    case .pupil, .plain: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
    case .title, .columnTitle, .halfTitle, .mark, .late, .absence, .closed, .notOnRoll, .totalTitle, .total:
      break
    }
    guard hasBorder else { return }
    format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    format_set_border_color(format, 0xA6A6A6)
    guard startsWeek else { return }
    format_set_left(format, UInt8(LXW_BORDER_MEDIUM.rawValue))
    format_set_left_color(format, 0x404040)
  }

  private var isBold: Bool { [.title, .columnTitle, .dayTitle, .absence, .totalTitle].contains(kind) }
  private var hasBorder: Bool { ![.plain, .date, .title].contains(kind) }
  private var isCentred: Bool {
    [.dayTitle, .halfTitle, .mark, .late, .absence, .closed, .total].contains(kind)
  }

  /// The background colour as RGB, or `nil` for white.
  private var fill: UInt32? {
    switch kind {
    case .columnTitle, .dayTitle, .halfTitle, .totalTitle, .total: 0xE8EEF4
    case .late: 0xFFF3CD
    case .closed: 0xD9D9D9
    case .notOnRoll: 0xF2F2F2
    case .plain, .date, .title, .pupil, .mark, .absence, .percentage: nil
    }
  }
}
