import Comparators
import Exports
import Foundation
import Measures
import Pages
import Policies
import Registers

/// Builds the packs of a trust from a workspace.
package struct Build {
  let trust: TrustFile
  let workspace: Workspace
  let asAt: Day?
  let jobs: Int
  let isQuiet: Bool
  let templates: PageTemplates
  let writesLetters: Bool
  /// The writer of PDF files, or `nil` if no PDF files are wanted.
  let pdfWriter: PDFWriter?

  /// - Parameters:
  ///   - trust: The schools and their files.
  ///   - workspace: The folder of the trust file.
  ///   - asAt: The last day that counts, or `nil` for the trust file's or the last mark's.
  ///   - jobs: The number of schools worked on side by side.
  ///   - isQuiet: A Boolean value indicating whether no progress is shown.
  ///   - templateFolder: A folder of templates that replace the built-in ones, or `nil`.
  ///   - writesLetters: A Boolean value indicating whether letters to parents are written.
  ///   - printsPDF: A Boolean value indicating whether each report is printed as PDF too.
  /// - Throws: `RunFailure` or `PageFailure` if the templates cannot be used.
  package init(
    _ trust: TrustFile, in workspace: Workspace, asAt: Day?, jobs: Int, isQuiet: Bool,
    templateFolder: String?,
    writesLetters: Bool, printsPDF: Bool
  ) throws {
    self.trust = trust
    self.workspace = workspace
    self.asAt = asAt
    self.jobs = jobs
    self.isQuiet = isQuiet
    let custom =
      try templateFolder.map { folder throws(RunFailure) in try CustomTemplates(in: folder) } ?? .none
    templates = try PageTemplates(overrides: custom.pages, letters: custom.letters)
    self.writesLetters = writesLetters
    pdfWriter = printsPDF ? PDFWriter() : nil
  }

  /// Reads the workspace, computes the figures, writes the pack and puts it in place.
  ///
  /// Until the last step an older pack stays unchanged. After a failure no further school, page or PDF begins.
  package func run(output: String) async throws -> Outcome {
    if writesLetters { try trust.checkLetters(templates) }
    let settings = try settingsRecords()
    let benchmarks = try Benchmarks.read(trust)
    var reading = try await Reading.read(
      trust, asAt: asAt ?? trust.asAt, jobs: jobs, forManifest: true, progress: progress("Read"))
    try reading.requireUsable()
    guard let asAt = asAt ?? trust.asAt ?? reading.lastMark else { throw RunFailure.noMarks }
    reading.noteRegistersThatEndEarly(asAt: asAt)
    let schoolYear = reading.schoolYear(asAt: asAt)
    let elsewhere = MarksElsewhere(reading.registers, asAt: asAt)
    let names = NameCheck(reading.registers)
    let commentaries = try trust.commentaries(names)
    let folder = try OutputFolder(replacing: output)
    do {
      let schools = try await writeSchools(
        reading.takeRegisters(), elsewhere: elsewhere, commentaries: commentaries, schoolYear: schoolYear,
        asAt: asAt,
        reading: reading,
        to: folder)
      let figures = TrustFigures(of: schools.map(\.figures), name: trust.name, asAt: asAt)
      var records = schools.flatMap(\.records)
      let board = try await BoardPackWriter(
        outputs: schools, figures: figures, benchmarks: benchmarks, trust: trust, templates: templates
      ).write(to: folder, jobs: jobs)
      records += board.records
      records += try RestrictedFilesWriter(
        schools: schools, figures: figures, reading: reading, trust: trust, templates: templates
      ).write(to: folder)
      let pdf = try await pdfWriter?.write(records, to: folder, dated: asAt, jobs: jobs)
      records += pdf?.records ?? []
      try checkUnchanged(settings)
      try folder.write(
        try manifest(reading, settings: settings, asAt: asAt, audit: board.audit, outputs: records).json(),
        to: Manifest.fileName, isPrivate: true)
      let keptFiles = try folder.keepChangedFiles()
      try folder.commit()
      return Outcome(
        trust: trust, output: output, reading: reading, asAt: asAt,
        replacesOtherSchools: folder.old.map { old in
          old.asAt == asAt.iso && old.schools.map { $0 != trust.schools.map(\.school.label) } ?? false
        } ?? false,
        keptFiles: keptFiles,
        letters: writesLetters ? schools.compactMap(\.letters) : nil, pdf: pdf,
        doubtfulSentences: schools.flatMap { school in
          school.doubtfulSentences.map { "\(school.figures.school.name.printable): \($0)" }
        })
    } catch {
      folder.abandon()
      throw error
    }
  }

  /// Writes the restricted pack of each school, and releases its register afterwards.
  private func writeSchools(
    _ registers: consuming [Register], elsewhere: MarksElsewhere, commentaries: [SchoolCommentary],
    schoolYear: SchoolYear, asAt: Day, reading: Reading, to folder: OutputFolder
  ) async throws -> [StaffPackWriter.Output] {
    let progress = progress("Wrote")
    let schools = Array(zip(trust.schools, consume registers).enumerated())
    return try await concurrentMap(consume schools, jobs: jobs) { index, school in
      let (listed, register) = school
      let figures = SchoolFigures(
        register, asAt: asAt, policy: listed.policy, schoolYear: schoolYear,
        elsewhere: elsewhere.marks(notAt: index))
      let output = try StaffPackWriter(
        figures, listed: listed, reading: reading, commentary: commentaries[index], trust: trust,
        templates: templates, writesLetters: writesLetters
      ).write(to: folder)
      progress.finish(1)
      return output
    }
  }

  private func progress(_ verb: String) -> Progress {
    Progress(verb, total: trust.schools.count, isQuiet: isQuiet)
  }
}
