import CXLSXWriter
import Glibc
import Registers
import ReportModel

private typealias Format = UnsafeMutablePointer<lxw_format>
typealias ChartPointer = UnsafeMutablePointer<lxw_chart>
typealias Workbook = UnsafeMutablePointer<lxw_workbook>

/// A workbook that is being written by libxlsxwriter.
///
/// Only this type and its charts call the library. Cells are written to the sheet that was added last. The file is written
/// beside its path, and `save` renames it.
struct WorkbookFile: ~Copyable {
  /// A row and a column, both counted from 0.
  typealias Position = (row: Int, column: Int)
  typealias Header = (text: String, side: CellStyle.Side)

  private let path: String
  private let partialPath: String
  private var isSaved = false
  /// The workbook, or `nil` after libxlsxwriter has freed it.
  private var workbook: Workbook?
  private var sheet: UnsafeMutablePointer<lxw_worksheet>?
  private var sheetName = ""
  private var formats = [Format?](repeating: nil, count: CellStyle.count)

  init(path: String) throws(WorkbookFailure) {
    self.path = path
    partialPath = path + ".part"
    // libxlsxwriter would report a file that cannot be written only at the end.
    guard let probe = fopen(partialPath, "wb") else {
      throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
    fclose(probe)
    // The temporary files have names of pupils, so they are written where only their owner can read them.
    workbook = try withCopies(of: [PartsFolder.path(for: path)]) { copies in
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

  /// Completes the file and renames it to its path.
  consuming func save() throws(WorkbookFailure) {
    errno = 0
    // Closing frees the workbook even if it fails.
    let error = workbook_close(workbook)
    workbook = nil
    guard error == LXW_NO_ERROR else {
      let reason = errno == 0 ? String(cString: lxw_strerror(error)) : String(cString: strerror(errno))
      throw .cannotSave(path: path, reason: reason)
    }
    try PartsCheck.check(partialPath, for: path)
    guard rename(partialPath, path) == 0 else {
      throw .cannotSave(path: path, reason: String(cString: strerror(errno)))
    }
    isSaved = true
  }

  /// Sets the document properties, with noon on a day as the time of creation, which is that day in every time zone.
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

  /// Adds a sheet that is printed one page wide and, if wanted, one page high.
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

  mutating func write(_ text: String, at position: Position, _ style: CellStyle) throws(WorkbookFailure) {
    let format = try format(style)
    let (row, column) = WorkbookFile.clamped(position)
    try check(
      worksheet_write_string(sheet, row, column, text.withoutInvalidXML, format), at: position)
  }

  mutating func write(_ number: Double, at position: Position, _ style: CellStyle) throws(WorkbookFailure) {
    let format = try format(style)
    let (row, column) = WorkbookFile.clamped(position)
    try check(worksheet_write_number(sheet, row, column, number, format), at: position)
  }

  /// Writes text with a link to the first cell of another sheet.
  mutating func write(
    _ text: String, at position: Position, linkedTo name: String, _ style: CellStyle
  ) throws(WorkbookFailure) {
    let format = try format(style)
    let (row, column) = WorkbookFile.clamped(position)
    let target = "internal:'\(name)'!A1"
    try check(
      worksheet_write_url_opt(sheet, row, column, target, format, text.withoutInvalidXML, nil), at: position)
  }

  /// Sets the width of a column in pixels.
  func setWidth(_ pixels: Int, ofColumn column: Int) throws(WorkbookFailure) {
    let column = UInt16(clamping: column)
    try check(worksheet_set_column_pixels(sheet, column, column, UInt32(clamping: pixels), nil))
  }

  /// Sets the height of a row in points.
  func setHeight(_ points: Double, ofRow row: Int) throws(WorkbookFailure) {
    try check(worksheet_set_row(sheet, UInt32(clamping: row), points, nil))
  }

  /// Adds an Excel table and writes its header row, which is repeated on each printed page.
  ///
  /// A working list has filters, and its header row and first column are frozen.
  mutating func addTable(
    named name: String, headers: [Header], headerRow: Int, rows: Int, isWorkingList: Bool
  ) throws(WorkbookFailure) {
    var formats: [Format] = []
    for header in headers { formats.append(try format(.header(header.side, hasButton: isWorkingList))) }
    let error = try withCopies(of: [name] + headers.map(\.text.withoutInvalidXML)) { copies in
      var columns = headers.indices.map { index in
        var column = lxw_table_column()
        column.header = copies[index + 1]
        column.header_format = formats[index]
        return column
      }
      return columns.withUnsafeMutableBufferPointer { columns in
        // The list ends with a null pointer.
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

  /// Inserts a chart whose top left corner is in the first cell of a row.
  func insertChart(_ drawing: ChartDrawing, atRow row: Int) throws(WorkbookFailure) {
    let error = try withCopies(of: [drawing.description, "Arial"]) { copies in
      guard let chart = drawing.makeChart(in: workbook, font: copies[1]) else {
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

  /// Returns a position within the limits of the library's types, which are beyond those that it accepts.
  private static func clamped(_ position: Position) -> (lxw_row_t, lxw_col_t) {
    (lxw_row_t(clamping: position.row), lxw_col_t(clamping: position.column))
  }

  private func check(_ error: lxw_error, at position: Position? = nil) throws(WorkbookFailure) {
    switch error {
    case LXW_NO_ERROR: return
    case LXW_ERROR_MEMORY_MALLOC_FAILED: throw .outOfMemory
    default:
      throw .notAllowed(
        sheet: sheetName, row: position.map { $0.row + 1 }, column: position.map { $0.column + 1 },
        reason: String(cString: lxw_strerror(error)))
    }
  }

  /// Returns the format of a style, which is created on first use.
  private mutating func format(_ style: CellStyle) throws(WorkbookFailure) -> Format {
    if let format = formats[style.index] { return format }
    guard let format = workbook_add_format(workbook) else { throw .outOfMemory }
    style.appearance.apply(to: format)
    formats[style.index] = format
    return format
  }
}

extension CellStyle.Appearance {
  fileprivate func apply(to format: Format) {
    format_set_font_name(format, "Arial")
    format_set_font_size(format, size)
    if isBold { format_set_bold(format) }
    if isWrapped { format_set_text_wrap(format) }
    if let numberFormat { format_set_num_format(format, numberFormat) }
    format_set_align(format, UInt8((side == .right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT).rawValue))
    format_set_indent(format, indent)
    let vertical = isAtBottom ? LXW_ALIGN_VERTICAL_BOTTOM : LXW_ALIGN_VERTICAL_TOP
    format_set_align(format, UInt8(vertical.rawValue))
    if isLink {
      format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
      format_set_font_color(format, CellStyle.Appearance.blue)
    }
    if let border {
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_bottom_color(
        format, border == .strong ? CellStyle.Appearance.blue : CellStyle.Appearance.grey)
    }
  }
}

/// The messages that libxlsxwriter prints.
package enum LibraryDiagnostics {
  /// Discards everything that the process writes to the C library's standard error.
  ///
  /// The program reports errors itself, without that stream.
  package static func silence() { halfterm_keep_quiet() }
}

// Row heights are set, because some programs do not derive them from wrapped text.
extension WorkbookFile {
  /// Adds a sheet with its title in the first row.
  mutating func addSheet(
    named name: String, title: String, isOnePage: Bool = false
  ) throws(WorkbookFailure) {
    try addSheet(named: name, isOnePage: isOnePage)
    try write(title, at: (0, 0), .title)
    try setHeight(28, ofRow: 0)
  }

  /// Writes wrapped text in the first column, whose width is given in pixels.
  mutating func writeParagraph(_ text: String, atRow row: Int, width: Int) throws(WorkbookFailure) {
    try write(text, at: (row, 0), .paragraph)
    try setLineCount(TextWidth.lineCount(of: text, within: width - 8), ofRow: row)
  }

  /// Sets the height of a row to that of a number of lines.
  func setLineCount(_ lines: Int, ofRow row: Int) throws(WorkbookFailure) {
    // The maximum height of a row in Excel is 409 points.
    try setHeight(min(WorkbookFile.height(ofLines: lines), 409), ofRow: row)
  }

  /// Returns the height of lines in points.
  static func height(ofLines lines: Int) -> Double { Double(lines) * 15.5 + 2.5 }
}

/// Calls a closure with C copies of texts, which are freed afterwards.
func withCopies<Result>(
  of texts: [String], _ body: ([UnsafeMutablePointer<CChar>]) -> Result
) throws(WorkbookFailure) -> Result {
  var copies: [UnsafeMutablePointer<CChar>] = []
  defer { for copy in copies { free(copy) } }
  for text in texts {
    guard let copy = strdup(text) else { throw .outOfMemory }
    copies.append(copy)
  }
  return body(copies)
}

extension String {
  /// The text without the characters that XML does not allow, including the zero that ends a text in C.
  var withoutInvalidXML: String {
    guard utf8.contains(where: { $0 == 0 || $0 == 0xEF }) else { return self }
    let forbidden: Set<UInt32> = [0, 0xFFFE, 0xFFFF]
    return String(String.UnicodeScalarView(unicodeScalars.filter { !forbidden.contains($0.value) }))
  }
}
