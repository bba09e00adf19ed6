import DataFiles
import Exports
import Measures
import Pages
import Registers
import Release
import ReportModel
import StaffReports
import Workbooks

/// Writes the restricted pack of one school and makes its rows of the data files.
struct StaffPackWriter {
  private let figures: SchoolFigures
  private let listed: TrustFile.ListedSchool
  private let reading: Reading
  private let commentary: SchoolCommentary
  private let trust: TrustFile
  private let templates: PageTemplates
  private let writesLetters: Bool

  init(
    _ figures: SchoolFigures, listed: TrustFile.ListedSchool, reading: Reading, commentary: SchoolCommentary,
    trust: TrustFile, templates: PageTemplates, writesLetters: Bool
  ) {
    self.figures = figures
    self.listed = listed
    self.reading = reading
    self.commentary = commentary
    self.trust = trust
    self.templates = templates
    self.writesLetters = writesLetters
  }

  /// The results of a school that the files of the trust need.
  struct Output: Sendable {
    let figures: SchoolFigures
    /// The exact figures from which those for the board are made.
    let facts: SchoolFacts
    let quality: RegisterQuality
    let commentary: Prose?
    /// A Boolean value that indicates whether the trust file accepts many refused marks.
    let hasManyRefusedMarks: Bool
    /// Sentences of the commentary that may give a small number away.
    let doubtfulSentences: [String]
    let records: [OutputFolder.Record]
    let data: SchoolData
    /// The letters, or `nil` if letters are not wanted.
    let letters: LetterWriter.Output?
  }

  /// A school's rows of the data files.
  struct SchoolData: Sendable {
    let measures, codes, pupils: [UInt8]
  }

  func write(to folder: OutputFolder) throws -> Output {
    let school = figures.school
    let writer = ReportWriter(
      folder: folder, publisher: trust.name, brand: trust.brand.pageBrand, templates: templates)
    try folder.makeFolder("restricted/\(school.slug)")
    let findings = reading.findings.filter { $0.school == school.label }
    let files = Set(listed.registers.map(\.relative))
    let accounts = reading.accounts.filter { files.contains($0.file) }
    let reports: [Report] = [
      .sencoReport(figures), .lookedAfterReport(figures),
      .disadvantagedReport(figures), .attendanceActions(figures),
      .dataQuality(
        figures,
        files: accounts.map { FileRows($0, reading: reading.decisions.summary(of: $0.file)) },
        findings: findings),
    ]
    let hasManyRefusedMarks = findings.contains { $0.rule == .refusedMarksAccepted }
    let records = try reports.flatMap {
      try writer.write(
        $0.beginning(with: hasManyRefusedMarks ? .manyRefusedMarks : nil), school: school)
    }
    let letters =
      writesLetters
      ? try LetterWriter(figures).write(to: folder, publisher: trust.name, templates: templates) : nil
    return Output(
      figures: figures.withoutPupils, facts: SchoolFacts(figures),
      quality: RegisterQuality(
        read: accounts.reduce(0) { $0 + $1.places }, refused: accounts.reduce(0) { $0 + $1.refused }),
      commentary: commentary.prose, hasManyRefusedMarks: hasManyRefusedMarks,
      doubtfulSentences: commentary.doubtfulSentences,
      records: records + (letters?.records ?? []),
      data: SchoolData(
        measures: MeasuresData.lines(of: figures), codes: CodesData.lines(of: figures),
        pupils: PupilsData.lines(of: figures)), letters: letters)
  }
}

extension FileRows {
  fileprivate init(_ account: FileAccount, reading: String) {
    self.init(
      file: account.file, reading: reading, rows: account.rows,
      otherRows: account.otherRows, places: account.places, marks: account.marks,
      withoutMark: account.withoutMark, duplicates: account.duplicates, refused: account.refused,
      afterAsAt: account.afterAsAt, outsideSchoolTime: account.outsideSchoolTime,
      notOnRoll: account.notOnRoll, lessons: account.lessons)
  }
}

/// Writes a report as a page and as a workbook in the same folder.
struct ReportWriter {
  let folder: OutputFolder
  let publisher: String
  let brand: PageBrand
  let templates: PageTemplates

  func write(_ report: Report, school: School?) throws -> [OutputFolder.Record] {
    let folders = [report.kind.mayBeShared ? "share" : "restricted", school?.slug].compactMap(\.self)
    let stem = (folders + [report.kind.rawValue]).joined(separator: "/")
    let page = templates.page(
      report, publisher: publisher, brand: brand, workbook: "\(report.kind.rawValue).xlsx",
      version: Manifest.version)
    let record = try folder.write(Array(page.utf8), to: "\(stem).html")
    try report.writeWorkbook(to: folder.path(of: "\(stem).xlsx"), publisher: publisher)
    return [record, try folder.record(of: "\(stem).xlsx")]
  }
}

extension Sentence {
  /// The first sentence of a school's reports where the trust file accepts many refused marks.
  static let manyRefusedMarks: Sentence =
    "Many marks in the school's files could not be used, so the figures may be wrong."

  /// Returns the first sentence of a trust's reports, or `nil` if no school's refused marks are accepted.
  static func manyRefusedMarks(at schools: [String]) -> Sentence? {
    schools.isEmpty
      ? nil
      : "Many marks could not be used, so the figures may be wrong, at \(schools.joined(separator: ", "))."
  }
}
