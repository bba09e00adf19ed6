import DataFiles
import Measures
import Pages
import Registers
import ReportModel

/// Writes the files of the whole trust under `restricted/`: the data files, which are exact, and the index.
struct RestrictedFilesWriter {
  let schools: [StaffPackWriter.Output]
  let figures: TrustFigures
  let reading: Reading
  let trust: TrustFile
  let templates: PageTemplates

  func write(to folder: OutputFolder) throws -> [OutputFolder.Record] {
    try folder.makeFolder("restricted/data")
    var records: [OutputFolder.Record] = []
    for (path, bytes) in data { records.append(try folder.write(bytes, to: path)) }
    let package = DataPackage.restricted(trust: trust.name)
    records.append(try folder.write(try package.json(), to: "restricted/data/\(DataPackage.fileName)"))
    let page = templates.index(index, brand: trust.brand.pageBrand, version: Manifest.version)
    records.append(try folder.write(Array(page.utf8), to: "restricted/index.html"))
    return records
  }

  private var data: [(path: String, bytes: [UInt8])] {
    func file(
      _ header: [UInt8], _ rows: KeyPath<StaffPackWriter.SchoolData, [UInt8]>, _ trustRows: [UInt8] = []
    ) -> [UInt8] {
      header + schools.flatMap { $0.data[keyPath: rows] } + trustRows
    }
    return [
      (
        "restricted/data/measures.csv",
        file(MeasuresData.file.header, \.measures, MeasuresData.lines(of: figures))
      ),
      ("restricted/data/codes.csv", file(CodesData.file.header, \.codes, CodesData.lines(of: figures))),
      ("restricted/data/pupils.csv", file(PupilsData.file.header, \.pupils)),
      (
        "restricted/data/intake.csv",
        CaseMixData.file.header + CaseMixData.lines(of: schools.map(\.figures), in: figures)
      ),
      (
        "restricted/data/findings.csv",
        FindingsData.file.header + FindingsData.file.lines(reading.findings)
      ),
    ]
  }
}

extension RestrictedFilesWriter {
  private var index: IndexPage {
    IndexPage(
      title: "Working reports", trust: trust.name, period: figures.packPeriod, asAt: figures.asAt,
      sensitivity: Report.Kind.sencoReport.sensitivity, isRestricted: true,
      groups: schools.map { school in
        IndexPage.Group(
          name: school.figures.school.name,
          files: [
            Report.Kind.attendanceActions, .sencoReport, .lookedAfterReport, .disadvantagedReport,
            .governorPackExact, .dataQuality,
          ].map {
            IndexPage.File($0, in: school.figures.school.slug + "/")
          } + (school.letters?.files(in: school.figures.school.slug + "/") ?? []))
      } + [
        IndexPage.Group(name: "The trust", files: [IndexPage.File(.trustAttendanceReviewExact, in: "")]),
        IndexPage.Group(
          name: "Exact data",
          files: [
            IndexPage.File(path: "data/pupils.csv", title: "pupils.csv", about: "A row for each pupil."),
            IndexPage.File(
              path: "data/measures.csv", title: "measures.csv", about: "Every figure, a row for each group."),
            IndexPage.File(path: "data/codes.csv", title: "codes.csv", about: "Sessions by attendance code."),
            IndexPage.File(
              path: "data/intake.csv", title: "intake.csv",
              about: "Sessions missed by each school, and expected for its pupils."),
            IndexPage.File(
              path: "data/findings.csv", title: "findings.csv", about: "Findings in the exports."),
          ]),
      ])
  }
}

extension IndexPage.File {
  /// Creates the entry of a report's page and its workbook.
  init(_ kind: Report.Kind, in folder: String) {
    let about =
      switch kind {
      case .governorPack: "One page for the meeting, then the figures behind it."
      case .trustAttendanceReview: "The schools side by side."
      case .governorPackExact: "The governor pack with exact figures, for the board's confidential business."
      case .trustAttendanceReviewExact:
        "The review with exact figures, for the board's confidential business."
      case .sencoReport: "Pupils with SEN: attendance, concerns and next steps."
      case .lookedAfterReport:
        "Looked-after and previously looked-after children, for the designated teacher."
      case .disadvantagedReport: "Disadvantaged pupils, for the pupil premium lead."
      case .attendanceActions: "Pupils who need action today, then a list for each rule."
      case .dataQuality: "What happened to every row, and what to correct."
      }
    let stem = folder + kind.rawValue
    self.init(path: "\(stem).html", title: kind.title, about: about, workbook: "\(stem).xlsx")
  }
}

extension LetterWriter.Output {
  /// Returns the entries of a school's letters for the index page.
  func files(in folder: String) -> [IndexPage.File] {
    guard !stages.isEmpty else { return [] }
    return stages.map { stage in
      let leavers = stage.leaverCount == 0 ? "" : " None for \(counted(stage.leaverCount, "pupil")) who left."
      return IndexPage.File(
        path: folder + stage.file, title: "Letters to parents: \(stage.name)",
        about: "\(counted(stage.letterCount, "letter")), each one A4 page.\(leavers)")
    } + [
      IndexPage.File(
        path: folder + LetterWriter.Output.mailMerge, title: "Letters to parents: mail-merge.xlsx",
        about: "A row for each letter, for a mail merge.")
    ]
  }
}
