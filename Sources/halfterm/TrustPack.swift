import Measures
import Pages
import Registers
import Reports

/// Makes what is of the trust as a whole: the review, the data files and the index pages.
struct TrustPack {
  private let packs: [SchoolPack.Written]
  private let figures: TrustFigures
  private let reading: Reading
  private let trust: TrustFile
  private let templates: PageTemplates

  init(
    packs: [SchoolPack.Written], asAt: Day, reading: Reading, trust: TrustFile, templates: PageTemplates
  ) {
    self.packs = packs
    var figures = TrustFigures(name: trust.name, asAt: asAt, schoolYear: packs.first?.figures.schoolYear)
    for pack in packs { figures.add(pack.figures) }
    self.figures = figures
    self.reading = reading
    self.trust = trust
    self.templates = templates
  }

  func write(to folder: OutputFolder) throws -> [OutputFolder.Record] {
    let disclosure = Disclosure(threshold: trust.disclosureThreshold)
    let writer = ReportWriter(folder: folder, publisher: trust.name, templates: templates)
    try folder.makeFolder("share/data")
    try folder.makeFolder("restricted/data")
    let review = disclosure.protect(.trustAttendanceReview(figures, schools: packs.map(\.figures)))
    var records = try writer.write(review, school: nil)
    for (path, bytes) in data(disclosure) { records.append(try folder.write(bytes, to: path)) }
    for (path, index) in [("share/index.html", shareIndex), ("restricted/index.html", restrictedIndex)] {
      let page = templates.index(index, version: Manifest.version)
      records.append(try folder.write(Array(page.utf8), to: path))
    }
    return records
  }

  private func data(_ disclosure: Disclosure) -> [(path: String, bytes: [UInt8])] {
    func file(_ header: String, _ rows: KeyPath<SchoolPack.SchoolData, [UInt8]>, _ last: [UInt8]) -> [UInt8] {
      Array(header.utf8) + packs.flatMap { $0.data[keyPath: rows] } + last
    }
    let open = MeasuresData(disclosure: nil)
    let shared = MeasuresData(disclosure: disclosure)
    let measures = MeasuresData.measuresHeader
    let codes = MeasuresData.codesHeader
    return [
      ("share/data/measures.csv", file(measures, \.shareMeasures, shared.measures(of: figures))),
      ("share/data/codes.csv", file(codes, \.shareCodes, shared.codes(of: figures))),
      ("restricted/data/measures.csv", file(measures, \.measures, open.measures(of: figures))),
      ("restricted/data/codes.csv", file(codes, \.codes, open.codes(of: figures))),
      ("restricted/data/pupils.csv", file(PupilsData.header, \.pupils, [])),
      (
        "restricted/data/findings.csv",
        Array(FindingsData.header.utf8) + FindingsData.rows(of: reading.findings)
      ),
    ]
  }
}

extension TrustPack {
  private var shareIndex: Index {
    Index(
      title: "Packs for the board", trust: trust.name, period: figures.packPeriod, asAt: figures.asAt,
      sensitivity: Report.Kind.governorPack.sensitivity, isRestricted: false,
      groups: [
        Index.Group(name: "The trust", files: [file(.trustAttendanceReview, in: "")])
      ]
        + packs.map { pack in
          Index.Group(
            name: pack.figures.school.name, files: [file(.governorPack, in: pack.figures.school.slug + "/")])
        } + [
          Index.Group(
            name: "Data",
            files: [
              Index.File(
                path: "data/measures.csv", title: "measures.csv", about: "Every figure, a row for each group."
              ),
              Index.File(path: "data/codes.csv", title: "codes.csv", about: "Sessions by attendance code."),
            ])
        ])
  }

  private var restrictedIndex: Index {
    Index(
      title: "Working reports", trust: trust.name, period: figures.packPeriod, asAt: figures.asAt,
      sensitivity: Report.Kind.sencoReport.sensitivity, isRestricted: true,
      groups: packs.map { pack in
        Index.Group(
          name: pack.figures.school.name,
          files: [
            Report.Kind.attendanceActions, .sencoReport, .lookedAfterReport, .disadvantagedReport,
            .dataQuality,
          ].map {
            file($0, in: pack.figures.school.slug + "/")
          } + (pack.letters?.files(in: pack.figures.school.slug + "/") ?? []))
      } + [
        Index.Group(
          name: "Data, nothing withheld",
          files: [
            Index.File(path: "data/pupils.csv", title: "pupils.csv", about: "A row for each pupil."),
            Index.File(
              path: "data/measures.csv", title: "measures.csv", about: "Every figure, a row for each group."),
            Index.File(path: "data/codes.csv", title: "codes.csv", about: "Sessions by attendance code."),
            Index.File(
              path: "data/findings.csv", title: "findings.csv", about: "What was found in the exports."),
          ])
      ])
  }

  private func file(_ kind: Report.Kind, in folder: String) -> Index.File {
    let about =
      switch kind {
      case .governorPack: "One page for the meeting, then the figures behind it."
      case .trustAttendanceReview: "The schools side by side."
      case .sencoReport: "Pupils with SEN: who is slipping, and why."
      case .lookedAfterReport:
        "Looked-after and previously looked-after children, for the designated teacher."
      case .disadvantagedReport: "Disadvantaged pupils, for the pupil premium lead."
      case .attendanceActions: "Who needs what today, and behind it a list for each rule."
      case .dataQuality: "Every row accounted for, and what to put right."
      }
    let stem = folder + kind.rawValue
    return Index.File(path: "\(stem).html", title: kind.title, about: about, workbook: "\(stem).xlsx")
  }
}

extension LetterPack.Written {
  /// The files of a school's letters, for the index page.
  func files(in folder: String) -> [Index.File] {
    guard !stages.isEmpty else { return [] }
    return stages.map { stage in
      let left = stage.left == 0 ? "" : " None for \(Summary.count(stage.left, "pupil")) who left."
      return Index.File(
        path: folder + stage.file, title: "Letters to parents: \(stage.name)",
        about: "\(Summary.count(stage.letters, "letter")), each one page of A4.\(left)")
    } + [
      Index.File(
        path: folder + LetterPack.Written.mailMerge, title: "Letters to parents: mail-merge.xlsx",
        about: "A row for each letter, for a mail merge.")
    ]
  }
}
