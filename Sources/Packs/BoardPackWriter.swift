import BoardReports
import Comparators
import DataFiles
import Measures
import Pages
import Registers
import Release
import ReportModel

/// Writes the reports for the board: under `share/` by the rules of release, and exact under `restricted/`.
struct BoardPackWriter {
  private let outputs: [StaffPackWriter.Output]
  private let trust: TrustFile
  private let templates: PageTemplates
  private let shown: ComparedTrust
  private let exact: ComparedTrust

  /// - Throws: `ReleaseFailure` if a small count would follow from the figures for the board.
  init(
    _ outputs: [StaffPackWriter.Output], figures: TrustFigures, benchmarks: Benchmarks, trust: TrustFile,
    templates: PageTemplates
  ) throws(ReleaseFailure) {
    func compared(_ rules: DisclosureRules) throws(ReleaseFailure) -> ComparedTrust {
      ComparedTrust(
        try PublishedTrust(
          outputs.map(\.facts), name: trust.name, schoolYear: figures.schoolYear, asAt: figures.asAt,
          quality: outputs.map(\.quality), rules: rules), beside: benchmarks, targets: trust.targets,
        similar: trust.similarSchools)
    }
    self.outputs = outputs
    self.trust = trust
    self.templates = templates
    shown = try compared(.board(maxSmall: trust.disclosureThreshold))
    exact = try compared(.exact)
  }

  /// The result of the audit of the figures for the board.
  var audit: AuditSummary { shown.published.audit }

  func write(to folder: OutputFolder, jobs: Int) async throws -> [OutputFolder.Record] {
    let writer = ReportWriter(
      folder: folder, publisher: trust.name, brand: trust.brand.pageBrand, templates: templates)
    try folder.makeFolder("share/data")
    let governorPacks = try await concurrentMap(Array(outputs.enumerated()), jobs: jobs) {
      [shown, exact] index, output in
      try folder.makeFolder("share/\(output.figures.school.slug)")
      return try [(shown, Report.Kind.governorPack), (exact, .governorPackExact)].flatMap { trust, kind in
        try writer.write(
          .governorPack(trust.schools[index], kind: kind, commentary: output.commentary)
            .beginning(
              with: output.hasManyRefusedMarks ? .manyRefusedMarks : nil),
          school: output.figures.school)
      }
    }
    let commentary = outputs.map(\.commentary)
    var records = governorPacks.flatMap(\.self)
    let refused = outputs.filter(\.hasManyRefusedMarks).map(\.figures.school.name)
    for (trust, kind) in [(shown, Report.Kind.trustAttendanceReview), (exact, .trustAttendanceReviewExact)] {
      records += try writer.write(
        .trustAttendanceReview(trust, kind: kind, commentary: commentary).beginning(
          with: .manyRefusedMarks(at: refused)),
        school: nil)
    }
    records.append(
      try folder.write(
        FiguresData.file.header + shown.owners.flatMap { FiguresData.lines(of: $0) },
        to: "share/data/\(FiguresData.file.name)"))
    let package = DataPackage.board(trust: trust.name)
    records.append(try folder.write(try package.json(), to: "share/data/\(DataPackage.fileName)"))
    let page = templates.index(index, brand: trust.brand.pageBrand, version: Manifest.version)
    records.append(try folder.write(Array(page.utf8), to: "share/index.html"))
    return records
  }

  private var index: IndexPage {
    let figures = shown.published.trust
    return IndexPage(
      title: "Packs for the board", trust: trust.name, period: figures.packPeriod, asAt: figures.asAt,
      sensitivity: Report.Kind.governorPack.sensitivity, isRestricted: false,
      groups: [
        IndexPage.Group(name: "The trust", files: [IndexPage.File(.trustAttendanceReview, in: "")])
      ]
        + outputs.map(\.figures.school).map { school in
          IndexPage.Group(name: school.name, files: [IndexPage.File(.governorPack, in: school.slug + "/")])
        } + [
          IndexPage.Group(
            name: "Data",
            files: [
              IndexPage.File(
                path: "data/figures.csv", title: "figures.csv",
                about: "Every figure of these reports, as shown."
              ),
              IndexPage.File(
                path: "data/datapackage.json", title: "datapackage.json",
                about: "The contents and type of each column, for programs that load the files."),
            ])
        ])
  }
}
