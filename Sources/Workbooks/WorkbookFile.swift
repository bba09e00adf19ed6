import CXLSXWriter
import Glibc
import Registers
import ReportModel

private typealias Format = UnsafeMutablePointer<lxw_format>
typealias DrawnChart = UnsafeMutablePointer<lxw_chart>
typealias Workbook = UnsafeMutablePointer<lxw_workbook>

/// A workbook that is being written: with its charts the one place that talks to libxlsxwriter.
///
/// Writing goes to the sheet added last. The file is made beside its path and put in place by `save`.
struct WorkbookFile: ~Copyable {
  /// A row and a column, both counted from 0.
  typealias Place = (row: Int, column: Int)
  typealias Header = (text: String, side: CellStyle.Side)

  private let path: String
  private let partialPath: String
  private var isSaved = false
  /// Missing: nil once libxlsxwriter has freed it.
  private var workbook: Workbook?
  private var sheet: UnsafeMutablePointer<lxw_worksheet>?
  private var sheetName = ""
  private var formats = [Format?](repeating: nil, count: CellStyle.slots)

  init(path: String) throws(WorkbookFailure) {
    self.path = path
    partialPath = path + ".part"
    // Asked first: libxlsxwriter would find out last.
    guard let probe = fopen(partialPath, "wb") else {
      throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
    fclose(probe)
    // Its parts hold names, and are made where nobody else may look.
    workbook = try withCopies(of: [PartsFolder.path(of: path)]) { copies in
      var options = lxw_workbook_options(constant_memory: 0, tmpdir: copies[0], use_zip64: 0)
      return workbook_new_opt(partialPath, &options)
    }
    guard workbook != nil else {
      unlink(partialPath)
      throw .outOfMemory
    }
  }

  deinit {
    if let workbook { lxw_workbook_free(workbook) }
    if !isSaved { unlink(partialPath) }
  }

  consuming func save() throws(WorkbookFailure) {
    errno = 0
    // Closing frees the workbook, whether or not it succeeds.
    let error = workbook_close(workbook)
    workbook = nil
    guard error == LXW_NO_ERROR else {
      let reason = errno == 0 ? String(cString: lxw_strerror(error)) : String(cString: strerror(errno))
      throw .cannotSave(path: path, reason: reason)
    }
    try WrittenParts.check(partialPath, for: path)
    guard rename(partialPath, path) == 0 else {
      throw .cannotSave(path: path, reason: String(cString: strerror(errno)))
    }
    isSaved = true
  }

  /// The document properties; the file counts as made at noon on the day, which is that day in every time zone.
  func describe(title: String, subject: String, author: String, created: Day) throws(WorkbookFailure) {
    let error = try withCopies(of: [title, subject, author]) { copies in
      var properties = lxw_doc_properties()
      properties.title = copies[0]
      properties.subject = copies[1]
      properties.author = copies[2]
      properties.created = (Int(created.number) * 24 + 12) * 3600
      return workbook_set_properties(workbook, &properties)
    }
    try check(error)
  }

  /// Adds a sheet, printed one page wide, and one page high if asked.
  mutating func addSheet(named name: String, isOnePage: Bool) throws(WorkbookFailure) {
    sheetName = name
    try check(workbook_validate_sheet_name(workbook, name))
    sheet = workbook_add_worksheet(workbook, name)
    guard sheet != nil else { throw .outOfMemory }
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, 9)  // A4
    worksheet_fit_to_pages(sheet, 1, isOnePage ? 1 : 0)
    worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    worksheet_set_default_row(sheet, WorkbookFile.height(ofLines: 1), 0)
  }

  mutating func write(_ text: String, at place: Place, _ style: CellStyle) throws(WorkbookFailure) {
    let format = try format(style)
    let (row, column) = WorkbookFile.clamped(place)
    try check(worksheet_write_string(sheet, row, column, text.legible, format), at: place)
  }

  mutating func write(_ number: Double, at place: Place, _ style: CellStyle) throws(WorkbookFailure) {
    let format = try format(style)
    let (row, column) = WorkbookFile.clamped(place)
    try check(worksheet_write_number(sheet, row, column, number, format), at: place)
  }

  /// Writes text that leads to the first cell of another sheet.
  mutating func write(
    _ text: String, at place: Place, linkedTo name: String, _ style: CellStyle
  ) throws(WorkbookFailure) {
    let format = try format(style)
    let (row, column) = WorkbookFile.clamped(place)
    let target = "internal:'\(name)'!A1"
    try check(worksheet_write_url_opt(sheet, row, column, target, format, text.legible, nil), at: place)
  }

  func setWidth(_ pixels: Int, ofColumn column: Int) throws(WorkbookFailure) {
    let column = UInt16(clamping: column)
    try check(worksheet_set_column_pixels(sheet, column, column, UInt32(clamping: pixels), nil))
  }

  /// Unit: points.
  func setHeight(_ points: Double, ofRow row: Int) throws(WorkbookFailure) {
    try check(worksheet_set_row(sheet, UInt32(clamping: row), points, nil))
  }

  /// Marks the cells up as a table and writes its header row, which each printed page repeats.
  ///
  /// A working list can be filtered, and its headers and first column stay in sight.
  mutating func addTable(
    named name: String, headers: [Header], headerRow: Int, rows: Int, isWorkingList: Bool
  ) throws(WorkbookFailure) {
    var formats: [Format] = []
    for header in headers { formats.append(try format(.header(header.side, hasButton: isWorkingList))) }
    let error = try withCopies(of: [name] + headers.map(\.text.legible)) { copies in
      var columns = headers.indices.map { place in
        var column = lxw_table_column()
        column.header = copies[place + 1]
        column.header_format = formats[place]
        return column
      }
      return columns.withUnsafeMutableBufferPointer { columns in
        // A null pointer ends the list.
        var pointers = columns.indices.map { columns.baseAddress?.advanced(by: $0) } + [nil]
        return pointers.withUnsafeMutableBufferPointer { pointers in
          var options = lxw_table_options()
          options.name = copies[0]
          options.no_autofilter = isWorkingList ? 0 : 1
          options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_LIGHT.rawValue)
          options.style_type_number = 1
          options.columns = pointers.baseAddress
          return worksheet_add_table(
            sheet, UInt32(clamping: headerRow), 0, UInt32(clamping: headerRow + rows),
            UInt16(clamping: headers.count - 1), &options)
        }
      }
    }
    try check(error, at: (headerRow, 0))
    try check(worksheet_repeat_rows(sheet, lxw_row_t(clamping: headerRow), lxw_row_t(clamping: headerRow)))
    if isWorkingList { worksheet_freeze_panes(sheet, lxw_row_t(clamping: headerRow + 1), 1) }
  }

  func insertChart(_ drawing: ChartDrawing, atRow row: Int) throws(WorkbookFailure) {
    let error = try withCopies(of: [drawing.description, "Arial"]) { copies in
      guard let chart = drawing.added(to: workbook, font: copies[1]) else {
        return LXW_ERROR_MEMORY_MALLOC_FAILED
      }
      var options = lxw_chart_options()
      options.description = copies[0]
      // A chart is 480 by 288 pixels unless it is scaled.
      options.x_scale = Double(ChartSheet.chartWidth) / 480
      options.y_scale = Double(drawing.height) / 288
      options.object_position = UInt8(LXW_OBJECT_MOVE_DONT_SIZE.rawValue)
      return worksheet_insert_chart_opt(sheet, UInt32(clamping: row), 0, chart, &options)
    }
    try check(error, at: (row, 0))
  }

  /// Beyond its limits libxlsxwriter refuses a place, as it does beyond Excel's.
  private static func clamped(_ place: Place) -> (lxw_row_t, lxw_col_t) {
    (lxw_row_t(clamping: place.row), lxw_col_t(clamping: place.column))
  }

  private func check(_ error: lxw_error, at place: Place? = nil) throws(WorkbookFailure) {
    switch error {
    case LXW_NO_ERROR: return
    case LXW_ERROR_MEMORY_MALLOC_FAILED: throw .outOfMemory
    default:
      throw .notAllowed(
        sheet: sheetName, row: place.map { $0.row + 1 }, column: place.map { $0.column + 1 },
        reason: String(cString: lxw_strerror(error)))
    }
  }

  /// The format of a style, made when it is first asked for.
  private mutating func format(_ style: CellStyle) throws(WorkbookFailure) -> Format {
    if let format = formats[style.slot] { return format }
    guard let format = workbook_add_format(workbook) else { throw .outOfMemory }
    style.look.apply(to: format)
    formats[style.slot] = format
    return format
  }
}

extension CellStyle.Look {
  fileprivate func apply(to format: Format) {
    format_set_font_name(format, "Arial")
    format_set_font_size(format, size)
    if isBold { format_set_bold(format) }
    if wraps { format_set_text_wrap(format) }
    if let numberFormat { format_set_num_format(format, numberFormat) }
    format_set_align(format, UInt8((side == .right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT).rawValue))
    format_set_indent(format, indent)
    let vertical = sitsAtBottom ? LXW_ALIGN_VERTICAL_BOTTOM : LXW_ALIGN_VERTICAL_TOP
    format_set_align(format, UInt8(vertical.rawValue))
    if isLink {
      format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
      format_set_font_color(format, CellStyle.Look.blue)
    }
    if let rule {
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_bottom_color(format, rule == .strong ? CellStyle.Look.blue : CellStyle.Look.grey)
    }
  }
}

/// The messages that libxlsxwriter prints itself.
package enum LibraryDiagnostics {
  /// Discards everything written to the C library's standard error, for the whole process: errors are reported in the
  /// program's own words, which do not go through that stream.
  package static func silence() { halfterm_keep_quiet() }
}
