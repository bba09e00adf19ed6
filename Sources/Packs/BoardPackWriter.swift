import BoardReports
import Comparators
import DataFiles
import Measures
import Pages
import Registers
import ReportModel

/// Writes all files under `share/`, from figures without the values that are withheld from a board.
struct BoardPackWriter {
  private let schools: [SchoolFigures]
  private let outputs: [StaffPackWriter.Output]
  private let figures: TrustFigures
  private let disclosure: Disclosure
  private let trust: TrustFile
  private let templates: PageTemplates
  private let benchmarks: Benchmarks

  init(
    _ outputs: [StaffPackWriter.Output], figures: TrustFigures, benchmarks: Benchmarks, trust: TrustFile,
    templates: PageTemplates
  ) {
    let threshold = trust.disclosureThreshold
    let schools = outputs.map(\.figures)
    let withheld = TrustDisclosure(schools: schools, trust: figures, threshold: threshold)
    self.outputs = outputs
    self.benchmarks = benchmarks
    self.schools = zip(schools, withheld.schools).map { $0.withholding($1) }
    self.figures = figures.withholding(withheld.trust)
    disclosure = Disclosure(threshold: threshold)
    self.trust = trust
    self.templates = templates
  }

  func write(to folder: OutputFolder, jobs: Int) async throws -> [OutputFolder.Record] {
    let writer = ReportWriter(
      folder: folder, publisher: trust.name, brand: trust.brand.pageBrand, templates: templates)
    try folder.makeFolder("share/data")
    let governorPacks = try await concurrentMap(Array(zip(schools, outputs)), jobs: jobs) {
      [disclosure, benchmarks] school, output in
      try folder.makeFolder("share/\(school.school.slug)")
      let report = Report.governorPack(
        school, quality: output.quality, commentary: output.commentary, beside: benchmarks)
      return try writer.write(disclosure.protect(report), school: school.school)
    }
    let review = disclosure.protect(
      .trustAttendanceReview(
        figures, schools: schools, commentary: outputs.map(\.commentary), threshold: disclosure.threshold,
        beside: benchmarks, targets: trust.targets, similar: trust.similarSchools))
    var records = governorPacks.flatMap(\.self) + (try writer.write(review, school: nil))
    for (path, bytes) in data { records.append(try folder.write(bytes, to: path)) }
    let package = DataPackage.board(trust: trust.name)
    records.append(try folder.write(try package.json(), to: "share/data/\(DataPackage.fileName)"))
    let page = templates.index(index, brand: trust.brand.pageBrand, version: Manifest.version)
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

  private var index: IndexPage {
    IndexPage(
      title: "Packs for the board", trust: trust.name, period: figures.packPeriod, asAt: figures.asAt,
      sensitivity: Report.Kind.governorPack.sensitivity, isRestricted: false,
      groups: [
        IndexPage.Group(name: "The trust", files: [IndexPage.File(.trustAttendanceReview, in: "")])
      ]
        + schools.map { school in
          IndexPage.Group(
            name: school.school.name, files: [IndexPage.File(.governorPack, in: school.school.slug + "/")])
        } + [
          IndexPage.Group(
            name: "Data",
            files: [
              IndexPage.File(
                path: "data/measures.csv", title: "measures.csv", about: "Every figure, a row for each group."
              ),
              IndexPage.File(
                path: "data/codes.csv", title: "codes.csv", about: "Sessions by attendance code."),
              IndexPage.File(
                path: "data/datapackage.json", title: "datapackage.json",
                about: "What each column holds, and its type, for programs that load the files."),
            ])
        ])
  }
}
