import Registers
import Tabular

/// The content of a file, derived from the file alone, for folders with no trust file.
package struct ExportSurvey: TableVisitor {
  package enum Kind: Sendable {
    case register, pupils
    /// A list of codes, or totals, which are useful only beside a register.
    case besideRegisters
    case neither
  }

  /// A school as an export names it.
  package struct Named: Hashable, Sendable {
    package init(name: String, urn: String? = nil) {
      self.name = name
      self.urn = urn
    }

    /// The name, or an empty text if only a URN is given.
    package var name: String
    package var urn: String?
  }

  package private(set) var kind = Kind.neither
  /// The schools that the rows, sheets or titles name, in order; empty if none is named.
  package private(set) var schools: [Named] = []
  /// The reason the file is neither a register nor pupil details.
  package private(set) var reason = "has neither marks nor pupil details"

  /// The reason the file by itself is not a register.
  package var reasonNoRegister: String {
    switch kind {
    case .pupils:
      "is not a register: it lists pupils, without a column for the date, the session and the mark"
    case .besideRegisters:
      "is not a register: it has totals or a list of codes, without the date and the session of each mark"
    case .register, .neither: reason
    }
  }

  /// Reads a file.
  ///
  /// - Throws: A failure if it cannot be read.
  package init(_ file: ExportFile) throws(TableFailure) {
    try file.visitTables(for: .register, &self)
  }

  mutating func skip(sheet: String, isHidden: Bool) {}

  mutating func visit<Rows: RowReader & ~Copyable>(
    _ table: consuming ExportTable<Rows>
  ) throws(TableFailure) {
    var table = table
    let header = table.header
    let names = (header.headers + header.titles).map(\.reducedToLettersAndDigits)
    guard !(names.contains("timeperiod") && names.contains("geographiclevel")) else {
      reason = "has figures that DfE publishes: list it under benchmarks in a trust.yaml"
      return
    }
    switch TableKind(header, first: table.first, layout: nil) {
    case .register: kind = .register
    case .codeList, .totals: if kind == .neither { kind = .besideRegisters }
    case .unknown where header.has(.date) && header.has(.session): kind = .register
    case .pupils, .unknown:
      let details = Column.allCases.filter { header.has($0) && $0.home == .pupilDetails }
      guard header.first(of: Column.identifiers) != nil,
        !details.isEmpty || header.first(of: Column.names + [.year, .form]) != nil
      else {
        reason =
          "is not a register: no column for the date, the session and the mark; found "
          + header.quotable.joined(separator: ", ")
        return
      }
      if kind == .neither { kind = .pupils }
    }
    if let index = header.index(of: .school) {
      try readSchools(&table, index)
    } else if let name = ([table.facts.sheetName].compactMap(\.self) + header.titles).lazy.compactMap(
      SchoolName.find
    ).first {
      add(Named(name: name))
    }
  }

  private mutating func readSchools<Rows: RowReader & ~Copyable>(
    _ table: inout ExportTable<Rows>, _ index: Int
  ) throws(TableFailure) {
    let nameIndex = table.header.headers.indices.first {
      $0 != index
        && ["school", "schoolname", "establishmentname"].contains(
          table.header.headers[$0].reducedToLettersAndDigits)
    }
    var last: [UInt8] = []
    while try table.rows.next() {
      let bytes = table.rows.bytes(index)
      guard !bytes.elementsEqual(last), !bytes.trimmed.isEmptyValue, table.rowIssue == nil else { continue }
      last = Array(bytes)
      let written = table.rows.text(index)
      let digits = written.split { !($0.isASCII && $0.isNumber) }.last.map(String.init)
      let urn = digits.flatMap { $0.count == 6 ? $0 : nil }
      add(Named(name: nameIndex.map { table.rows.text($0) } ?? (urn == nil ? written : ""), urn: urn))
    }
  }

  private mutating func add(_ school: Named) {
    if !schools.contains(school) { schools.append(school) }
  }
}
