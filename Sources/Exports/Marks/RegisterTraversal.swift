import Registers
import Tabular

/// A receiver of the cells for marks of a file, in order.
protocol MarkSink {
  /// Receives a cell. The rows are not changed, but borrowing them would copy them for each mark.
  mutating func receive<Rows: MarkRows & ~Copyable>(_ input: MarkInput, from rows: inout Rows)
  /// Ends a table that was read to its end.
  mutating func close<Rows: MarkRows & ~Copyable>(_ rows: borrowing Rows)
  mutating func receive(totals: [PupilTotal], rows: Int)
  mutating func receive(codeListRows: Int)
  mutating func skip(sheet: String, isHidden: Bool)
  /// Skips a sheet that looks like a register but lacks a column.
  mutating func skip(sheet: String, lacking column: String)
}

extension MarkSink {
  mutating func close<Rows: MarkRows & ~Copyable>(_ rows: borrowing Rows) {}
  mutating func receive(totals: [PupilTotal], rows: Int) {}
  mutating func receive(codeListRows: Int) {}
  mutating func skip(sheet: String, isHidden: Bool) {}
  mutating func skip(sheet: String, lacking column: String) {}
}

/// A pass through the tables of a register file, which decides what each table is and reads it as that.
struct RegisterTraversal<Sink: MarkSink>: TableVisitor {
  let file: ExportFile
  let schools: [RegisterBuilder]
  /// The school year of dates without a year, or `nil` if it is not known.
  let schoolYear: SchoolYear?
  /// The code of each mark id, from the lists of codes read so far.
  private(set) var codes: [String: String]
  /// A Boolean value that indicates whether lists of codes may still be read.
  let mayWaitForCodes: Bool
  var sink: Sink

  private(set) var decisions: [TableDecision] = []
  /// A Boolean value that indicates whether the file needs a list of codes that has not been read.
  private(set) var isWaitingForCodes = false
  /// The first failure to read a table as a register, kept for a file in which no other table is one.
  private var unread: TableFailure?

  init(
    _ file: ExportFile, schools: [RegisterBuilder], schoolYear: SchoolYear?, codes: [String: String],
    mayWaitForCodes: Bool = false, sink: Sink
  ) {
    self.file = file
    self.schools = schools
    self.schoolYear = schoolYear
    self.codes = codes
    self.mayWaitForCodes = mayWaitForCodes
    self.sink = sink
  }

  /// Reads the file.
  ///
  /// - Throws: A failure if the file cannot be read or has no register.
  mutating func run() throws(TableFailure) {
    try file.visitTables(for: .register, &self)
    if decisions.isEmpty, !isWaitingForCodes, let unread { throw unread }
  }

  mutating func skip(sheet: String, isHidden: Bool) { sink.skip(sheet: sheet, isHidden: isHidden) }

  mutating func visit<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>
  ) throws(TableFailure) {
    let kind = TableKind(table.header, first: table.first, layout: file.profile.layout)
    // A waiting file is read again from its start, so that only lists of codes are needed from the rest of
    // it.
    guard !isWaitingForCodes || kind == .codeList else { return }
    let sheet = table.facts.sheet
    let looksLikeRegister = kind.isRegister || table.header.has(.date) || table.header.has(.session)
    do throws(TableFailure) { try read(table, as: kind) } catch {
      // A sheet that lacks a column does not stop the other sheets from being read.
      guard let sheet, case .missingColumn(_, _, let column, _, _) = error else { throw error }
      unread = unread ?? error
      if looksLikeRegister {
        sink.skip(sheet: sheet, lacking: column)
      } else {
        sink.skip(sheet: sheet, isHidden: false)
      }
    }
  }

  private mutating func read<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>, as kind: TableKind
  ) throws(TableFailure) {
    var decision = TableDecision(table, kind: kind, file: file.name)
    switch kind {
    case .codeList:
      let found = try CodeList.read(table)
      codes.merge(found) { first, _ in first }
      sink.receive(codeListRows: found.count)
    case .totals:
      let found = try PupilTotal.read(table, schools: schools, profile: file.profile)
      sink.receive(totals: found.totals, rows: found.rows)
    case .register(.long), .pupils, .unknown:
      if table.header.has(.codeID), !table.header.has(.mark), codes.isEmpty, mayWaitForCodes,
        decisions.isEmpty
      {
        isWaitingForCodes = true
        return
      }
      // For a table that is not a register, this reports the column it lacks.
      var rows = try LongRows(table, profile: file.profile, schools: schools, codes: codes)
      while let input = try rows.next() { sink.receive(input, from: &rows) }
      try rows.dateReader.refuseOrder(file: file.name, sheet: decision.sheet, profile: file.profile)
      decision.dates = rows.dateReader.order
      sink.close(rows)
    case .register(let layout):
      var rows = try GridRows(
        table, layout: layout, profile: file.profile, schools: schools, schoolYear: schoolYear)
      while let input = try rows.next() { sink.receive(input, from: &rows) }
      try rows.dateReader.refuseOrder(file: file.name, sheet: decision.sheet, profile: file.profile)
      decision.dates = rows.dateReader.order
      sink.close(rows)
    }
    decisions.append(decision)
  }
}

/// A list of a system's attendance codes, each with the id that its registers use.
enum CodeList {
  static func read<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>
  ) throws(TableFailure) -> [String: String] {
    var table = table
    let id = try table.require(table.header.has(.codeID) ? .codeID : .pupilID)
    let code = try table.require(.mark)
    var codes: [String: String] = [:]
    while try table.rows.next() {
      let written = table.rows.text(id)
      if !written.isEmpty { codes[written] = table.rows.text(code) }
    }
    return codes
  }
}
