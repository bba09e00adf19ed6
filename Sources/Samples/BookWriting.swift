import CXLSXWriter
import Glibc
import Registers

private typealias Format = UnsafeMutablePointer<lxw_format>

/// A workbook on its way to its bytes: the one place of the samples that talks to libxlsxwriter.
struct BookWriting: ~Copyable {
  private let name: String
  // libxlsxwriter 1.1.4 writes to files only; nothing is left of one without a name when the program ends.
  private let file: UnsafeMutablePointer<FILE>
  /// Missing: nil once libxlsxwriter has freed it.
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private var formats: [SheetStyle: Format] = [:]

  /// The bytes of a workbook, the same every time.
  ///
  /// Throws: when there is not enough memory, or no room for libxlsxwriter's temporary files.
  static func bytes(of book: SheetBook, named name: String) throws(SampleFailure) -> [UInt8] {
    guard let file = tmpfile() else {
      throw .workbook(name: name, reason: String(cString: strerror(errno)))
    }
    guard let workbook = workbook_new("/proc/self/fd/\(fileno(file))") else {
      fclose(file)
      throw .workbook(name: name, reason: "out of memory")
    }
    var writing = BookWriting(name: name, file: file, workbook: workbook)
    try writing.setDate(book.made)
    for sheet in book.sheets { try writing.add(sheet) }
    return try writing.close()
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

  /// The workbook counts as made at noon, which is the same day in every time zone.
  private func setDate(_ day: Day) throws(SampleFailure) {
    var properties = lxw_doc_properties()
    properties.created = (Int(day.number) * 24 + 12) * 3600
    try check(workbook_set_properties(workbook, &properties))
  }

  private consuming func close() throws(SampleFailure) -> [UInt8] {
    // Closing frees the workbook, whether or not it succeeds.
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

  private mutating func add(_ plan: Sheet) throws(SampleFailure) {
    guard let sheet = workbook_add_worksheet(workbook, plan.name) else {
      throw .workbook(name: name, reason: "no sheet can be named \(plan.name)")
    }
    for width in plan.widths {
      let (first, last) = (lxw_col_t(width.columns.lowerBound), lxw_col_t(width.columns.upperBound))
      try check(worksheet_set_column(sheet, first, last, width.characters, nil))
    }
    for cell in plan.cells { try write(cell, on: sheet) }
    for cell in plan.days {
      let (row, column) = (lxw_row_t(cell.row), lxw_col_t(cell.column))
      try check(worksheet_merge_range(sheet, row, column, row, column + 1, "", try format(cell.style)))
      try write(cell, on: sheet)
    }
    try setPages(of: plan, on: sheet)
  }

  private mutating func write(
    _ cell: Sheet.Cell, on sheet: UnsafeMutablePointer<lxw_worksheet>
  ) throws(SampleFailure) {
    let format = try format(cell.style)
    let (row, column) = (lxw_row_t(cell.row), lxw_col_t(cell.column))
    switch cell.value {
    case .text(""): try check(worksheet_write_blank(sheet, row, column, format))
    case .text(let text): try check(worksheet_write_string(sheet, row, column, text, format))
    case .number(let number): try check(worksheet_write_number(sheet, row, column, number, format))
    case .day(let day):
      try check(worksheet_write_number(sheet, row, column, Double(day.spreadsheetNumber), format))
    }
  }

  private func setPages(
    of plan: Sheet, on sheet: UnsafeMutablePointer<lxw_worksheet>
  ) throws(SampleFailure) {
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, 9)  // A4
    worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6)
    try check(worksheet_set_footer(sheet, "&L&A&RPage &P of &N"))
    let (row, column) = (plan.frozen.row, plan.frozen.column)
    guard row > 0 else { return }
    worksheet_freeze_panes(sheet, lxw_row_t(row), lxw_col_t(column))
    try check(worksheet_repeat_rows(sheet, 0, lxw_row_t(row - 1)))
    guard column > 0 else { return worksheet_fit_to_pages(sheet, 1, 0) }
    try check(worksheet_repeat_columns(sheet, 0, lxw_col_t(column - 1)))
    worksheet_set_print_scale(sheet, 62)
    var breaks = plan.pageStarts.map { lxw_col_t($0) } + [0]
    try check(worksheet_set_v_pagebreaks(sheet, &breaks))
  }

  /// The format of a style, made when it is first asked for.
  private mutating func format(_ style: SheetStyle) throws(SampleFailure) -> Format {
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
  /// The day as a spreadsheet counts it. Unit: days since 30 December 1899.
  fileprivate var spreadsheetNumber: Int { Int(number) + 25_569 }
}

extension SheetStyle {
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

  /// Missing: nil for white.
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
