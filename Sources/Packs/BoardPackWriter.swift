import BoardReports
import Comparators
import DataFiles
import Measures
import Pages
import Registers
import ReportModel

/// Makes everything under `share/`, from figures that no longer hold what a board may not see.
struct BoardPackWriter {
  private let schools: [SchoolFigures]
  private let packs: [StaffPackWriter.Written]
  private let figures: TrustFigures
  private let disclosure: Disclosure
  private let trust: TrustFile
  private let templates: PageTemplates
  private let benchmarks: Benchmarks

  init(
    packs: [StaffPackWriter.Written], figures: TrustFigures, beside benchmarks: Benchmarks, trust: TrustFile,
    templates: PageTemplates
  ) {
    let threshold = trust.disclosureThreshold
    let schools = packs.map(\.figures)
    let decided = TrustDisclosure(schools: schools, trust: figures, threshold: threshold)
    self.packs = packs
    self.benchmarks = benchmarks
    self.schools = zip(schools, decided.schools).map { $0.withholding($1) }
    self.figures = figures.withholding(decided.trust)
    disclosure = Disclosure(threshold: threshold)
    self.trust = trust
    self.templates = templates
  }

  func write(to folder: OutputFolder, jobs: Int) async throws -> [OutputFolder.Record] {
    let writer = ReportWriter(
      folder: folder, publisher: trust.name, look: trust.brand.look, templates: templates)
    try folder.makeFolder("share/data")
    let written = try await concurrentMap(Array(zip(schools, packs)), jobs: jobs) {
      [disclosure, benchmarks] school, pack in
      try folder.makeFolder("share/\(school.school.slug)")
      let report = Report.governorPack(
        school, quality: pack.quality, commentary: pack.commentary, beside: benchmarks)
      return try writer.write(disclosure.protect(report), school: school.school)
    }
    let review = disclosure.protect(
      .trustAttendanceReview(
        figures, schools: schools, commentary: packs.map(\.commentary), threshold: disclosure.threshold,
        beside: benchmarks, targets: trust.targets, similar: trust.similarSchools))
    var records = written.flatMap(\.self) + (try writer.write(review, school: nil))
    for (path, bytes) in data { records.append(try folder.write(bytes, to: path)) }
    let package = DataPackage.board(trust: trust.name)
    records.append(try folder.write(try package.json(), to: "share/data/\(DataPackage.fileName)"))
    let page = templates.index(index, look: trust.brand.look, version: Manifest.version)
    records.append(try folder.write(Array(page.utf8), to: "share/index.html"))
    return records
  }

  private var data: [(path: String, bytes: [UInt8])] {
    [
      (
        "share/data/measures.csv",
        MeasuresData.file.header + schools.flatMap { MeasuresData.lines(of: $0) }
          + MeasuresData.lines(of: figures)
      ),
      (
        "share/data/codes.csv",
        CodesData.file.header + schools.flatMap { CodesData.lines(of: $0) } + CodesData.lines(of: figures)
      ),
    ]
  }

  private var index: Index {
    Index(
      title: "Packs for the board", trust: trust.name, period: figures.packPeriod, asAt: figures.asAt,
      sensitivity: Report.Kind.governorPack.sensitivity, isRestricted: false,
      groups: [
        Index.Group(name: "The trust", files: [Index.File(.trustAttendanceReview, in: "")])
      ]
        + schools.map { school in
          Index.Group(
            name: school.school.name, files: [Index.File(.governorPack, in: school.school.slug + "/")])
        } + [
          Index.Group(
            name: "Data",
            files: [
              Index.File(
                path: "data/measures.csv", title: "measures.csv", about: "Every figure, a row for each group."
              ),
              Index.File(path: "data/codes.csv", title: "codes.csv", about: "Sessions by attendance code."),
              Index.File(
                path: "data/datapackage.json", title: "datapackage.json",
                about: "What each column holds, and its type, for programs that load the files."),
            ])
        ])
  }
}
