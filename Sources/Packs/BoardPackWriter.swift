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
  let outputs: [StaffPackWriter.Output]
  let figures: TrustFigures
  let benchmarks: Benchmarks
  let trust: TrustFile
  let templates: PageTemplates

  /// Writes both editions one after the other, so that the figures of one are in memory at a time.
  ///
  /// - Returns: The records of the files, and the result of the audit of the figures for the board.
  /// - Throws: `ReleaseFailure` if a small count would follow from the figures for the board.
  func write(
    to folder: OutputFolder, jobs: Int
  ) async throws -> (records: [OutputFolder.Record], audit: AuditSummary) {
    let shown = try await writeShown(to: folder, jobs: jobs)
    let exact = try await write(
      try compared(.exact), as: (.governorPackExact, .trustAttendanceReviewExact), to: folder, jobs: jobs)
    return (shown.records + exact, shown.audit)
  }

  private func writeShown(
    to folder: OutputFolder, jobs: Int
  ) async throws -> (records: [OutputFolder.Record], audit: AuditSummary) {
    let shown = try compared(.board(maxSmall: trust.disclosureThreshold))
    try folder.makeFolder("share/data")
    for output in outputs { try folder.makeFolder("share/\(output.figures.school.slug)") }
    var records = try await write(shown, as: (.governorPack, .trustAttendanceReview), to: folder, jobs: jobs)
    records.append(
      try folder.write(
        FiguresData.file.header + shown.owners.flatMap { FiguresData.lines(of: $0) },
        to: "share/data/\(FiguresData.file.name)"))
    let package = DataPackage.board(trust: trust.name)
    records.append(try folder.write(try package.json(), to: "share/data/\(DataPackage.fileName)"))
    let page = templates.index(
      index(of: shown.published.trust), brand: trust.brand.pageBrand, version: Manifest.version)
    records.append(try folder.write(Array(page.utf8), to: "share/index.html"))
    return (records, shown.published.audit)
  }

  private func compared(_ rules: DisclosureRules) throws(ReleaseFailure) -> ComparedTrust {
    ComparedTrust(
      try PublishedTrust(
        outputs.map(\.facts), name: trust.name, schoolYear: figures.schoolYear, asAt: figures.asAt,
        quality: outputs.map(\.quality), rules: rules), beside: benchmarks, targets: trust.targets,
      similar: trust.similarSchools)
  }

  private func write(
    _ compared: ComparedTrust, as kinds: (pack: Report.Kind, review: Report.Kind), to folder: OutputFolder,
    jobs: Int
  ) async throws -> [OutputFolder.Record] {
    let writer = ReportWriter(
      folder: folder, publisher: trust.name, brand: trust.brand.pageBrand, templates: templates)
    let packs = try await concurrentMap(Array(outputs.enumerated()), jobs: jobs) { index, output in
      try writer.write(
        .governorPack(compared.schools[index], kind: kinds.pack, commentary: output.commentary)
          .beginning(with: output.hasManyRefusedMarks ? .manyRefusedMarks : nil),
        school: output.figures.school)
    }
    let refused = outputs.filter(\.hasManyRefusedMarks).map(\.figures.school.name)
    let review = try writer.write(
      .trustAttendanceReview(compared, kind: kinds.review, commentary: outputs.map(\.commentary))
        .beginning(with: .manyRefusedMarks(at: refused)),
      school: nil)
    return packs.flatMap(\.self) + review
  }

  private func index(of figures: PublishedFigures) -> IndexPage {
    IndexPage(
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
