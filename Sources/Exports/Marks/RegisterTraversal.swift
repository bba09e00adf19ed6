import Registers
import Tabular

/// Takes what the places for marks of a file hold, one after the other.
protocol MarkSink {
  /// Rows are only looked at; borrowed they would be copied for each mark.
  mutating func take<Rows: MarkRows & ~Copyable>(_ reading: MarkReading, from rows: inout Rows)
  /// A table is read to its end.
  mutating func close<Rows: MarkRows & ~Copyable>(_ rows: borrowing Rows)
  mutating func take(totals: [PupilTotal], rows: Int)
  mutating func take(codeListRows: Int)
  mutating func skip(sheet: String, isHidden: Bool)
  /// Leaves out a sheet that looks like a register, and lacks a column.
  mutating func skip(sheet: String, lacking column: String)
}

extension MarkSink {
  mutating func close<Rows: MarkRows & ~Copyable>(_ rows: borrowing Rows) {}
  mutating func take(totals: [PupilTotal], rows: Int) {}
  mutating func take(codeListRows: Int) {}
  mutating func skip(sheet: String, isHidden: Bool) {}
  mutating func skip(sheet: String, lacking column: String) {}
}

/// The way through the tables of a register file: each is told what it is and read as that.
struct RegisterTraversal<Sink: MarkSink>: TableVisitor {
  let file: ExportFile
  let schools: [RegisterBuilder]
  /// The school year of dates that give none. Missing: nil when it is not known.
  let schoolYear: SchoolYear?
  /// The code of each id of a mark, as lists of codes read before have it.
  private(set) var codes: [String: String]
  /// Whether lists of codes may still come.
  let mayWaitForCodes: Bool
  var sink: Sink

  private(set) var decisions: [TableDecision] = []
  /// Whether the file needs a list of codes that is not read yet.
  private(set) var waitsForCodes = false
  /// Why a table could not be read as a register, of a file that has others.
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

  /// Walks through the file.
  ///
  /// Throws: where the file cannot be read, or no table of it is a register.
  mutating func run() throws(TableFailure) {
    try file.visitTables(for: .register, &self)
    if decisions.isEmpty, !waitsForCodes, let unread { throw unread }
  }

  mutating func skip(sheet: String, isHidden: Bool) { sink.skip(sheet: sheet, isHidden: isHidden) }

  mutating func visit<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>
  ) throws(TableFailure) {
    let kind = TableKind(table.header, first: table.first, layout: file.profile.layout)
    // A file that waits is read again from its start: of the rest of it only a list of codes is wanted now.
    guard !waitsForCodes || kind == .codeList else { return }
    let sheet = table.facts.sheet
    let looksLikeRegister = kind.isRegister || table.header.has(.date) || table.header.has(.session)
    do throws(TableFailure) { try read(table, as: kind) } catch {
      // One sheet of several that lacks a column takes nothing from the others.
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
      sink.take(codeListRows: found.count)
    case .totals:
      let found = try PupilTotal.read(table, schools: schools, profile: file.profile)
      sink.take(totals: found.totals, rows: found.rows)
    case .register(.long), .pupils, .unknown:
      if table.header.has(.codeID), !table.header.has(.mark), codes.isEmpty, mayWaitForCodes,
        decisions.isEmpty
      {
        waitsForCodes = true
        return
      }
      // Of a table that is no register this says which column it lacks.
      var rows = try LongRows(table, profile: file.profile, schools: schools, codes: codes)
      while let reading = try rows.next() { sink.take(reading, from: &rows) }
      decision.dates = rows.datesRead.order
      sink.close(rows)
    case .register(let layout):
      var rows = try GridRows(
        table, layout: layout, profile: file.profile, schools: schools, schoolYear: schoolYear)
      while let reading = try rows.next() { sink.take(reading, from: &rows) }
      decision.dates = rows.datesRead.order
      sink.close(rows)
    }
    decisions.append(decision)
  }
}
