import BoardReports
import DataFiles
import Exports
import Measures
import Pages
import Registers
import ReportModel
import StaffReports
import Workbooks

/// Makes the packs of one school and its rows of the data files.
struct StaffPackWriter {
  private let figures: SchoolFigures
  private let entry: TrustFile.Entry
  private let reading: Reading
  private let commentary: Prose?
  private let trust: TrustFile
  private let templates: PageTemplates
  private let writesLetters: Bool

  init(
    _ figures: SchoolFigures, entry: TrustFile.Entry, reading: Reading, commentary: Prose?,
    trust: TrustFile, templates: PageTemplates, writesLetters: Bool
  ) {
    self.figures = figures
    self.entry = entry
    self.reading = reading
    self.commentary = commentary
    self.trust = trust
    self.templates = templates
    self.writesLetters = writesLetters
  }

  /// What a school leaves for the trust's files once its own are written.
  struct Written: Sendable {
    let figures: SchoolFigures
    let quality: RegisterQuality
    let commentary: Prose?
    let records: [OutputFolder.Record]
    let data: SchoolData
    /// Missing: nil where letters were not asked for.
    let letters: LetterWriter.Written?
  }

  /// The school's rows of the data files.
  struct SchoolData: Sendable {
    let measures, codes, pupils: [UInt8]
  }

  func write(to folder: OutputFolder) throws -> Written {
    let school = figures.school
    let writer = ReportWriter(
      folder: folder, publisher: trust.name, look: trust.brand.look, templates: templates)
    try folder.makeFolder("restricted/\(school.slug)")
    let findings = reading.findings.filter { $0.school == school.label }
    let files = Set(entry.registers.map(\.relative))
    let accounts = reading.accounts.filter { files.contains($0.file) }
    let reports: [Report] = [
      .sencoReport(figures), .lookedAfterReport(figures),
      .disadvantagedReport(figures), .attendanceActions(figures),
      .dataQuality(
        figures,
        files: accounts.map { FileRows($0, decisions: reading.decisions) },
        findings: findings),
    ]
    let records = try reports.flatMap { try writer.write($0, school: school) }
    let letters =
      writesLetters
      ? try LetterWriter(figures).write(to: folder, publisher: trust.name, templates: templates) : nil
    return Written(
      figures: figures.withoutPupils,
      quality: RegisterQuality(
        read: accounts.reduce(0) { $0 + $1.places }, refused: accounts.reduce(0) { $0 + $1.refused },
        corrections: findings.count { $0.rule.severity != .informs }),
      commentary: commentary, records: records + (letters?.records ?? []),
      data: SchoolData(
        measures: MeasuresData.lines(of: figures), codes: CodesData.lines(of: figures),
        pupils: PupilsData.lines(of: figures)), letters: letters)
  }
}

extension FileRows {
  init(_ account: FileAccount, decisions: [TableDecision]) {
    self.init(
      file: account.file, reading: decisions.formatted(of: account.file), rows: account.rows,
      otherRows: account.otherRows, places: account.places, marks: account.marks,
      withoutMark: account.withoutMark, duplicates: account.duplicates, refused: account.refused,
      afterAsAt: account.afterAsAt, notOnRoll: account.notOnRoll, lessons: account.lessons)
  }
}

extension [TableDecision] {
  /// What a file was taken for: its sheets together where they were taken for the same.
  func formatted(of file: String) -> String {
    var words: [(words: String, sheets: [String])] = []
    for decision in self where decision.file == file {
      let sheets = [decision.sheet].compactMap(\.self)
      if let place = words.firstIndex(where: { $0.words == decision.words }) {
        words[place].sheets += sheets
      } else {
        words.append((decision.words, sheets))
      }
    }
    return words.map { words, sheets in
      sheets.isEmpty
        ? words : "\(sheets.count == 1 ? "sheet" : "sheets") \(sheets.joined(separator: ", ")): \(words)"
    }.joined(separator: ". ")
  }
}

/// Writes a report as a page and as a workbook, side by side.
struct ReportWriter {
  let folder: OutputFolder
  let publisher: String
  let look: Look
  let templates: PageTemplates

  func write(_ report: Report, school: School?) throws -> [OutputFolder.Record] {
    let place = [report.kind.mayBeShared ? "share" : "restricted", school?.slug].compactMap(\.self)
    let stem = (place + [report.kind.rawValue]).joined(separator: "/")
    let page = templates.page(
      report, publisher: publisher, look: look, workbook: "\(report.kind.rawValue).xlsx",
      version: Manifest.version)
    let written = try folder.write(Array(page.utf8), to: "\(stem).html")
    try report.writeWorkbook(to: folder.path(of: "\(stem).xlsx"), publisher: publisher)
    return [written, try folder.record(of: "\(stem).xlsx")]
  }
}
