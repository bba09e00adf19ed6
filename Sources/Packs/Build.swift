import Comparators
import Exports
import Foundation
import Measures
import Pages
import Policies
import Registers

/// The way from a workspace to its packs.
package struct Build {
  let trust: TrustFile
  let workspace: Workspace
  let asAt: Day?
  let jobs: Int
  let isQuiet: Bool
  let templates: PageTemplates
  let writesLetters: Bool
  /// Missing: nil where PDFs were not asked for.
  let pdf: PDFWriter?

  /// - Parameter ownTemplates: The folder of templates that replace those of the program, or `nil`.
  /// - Throws: `RunFailure` or `PageFailure` if the templates cannot be used.
  package init(
    _ trust: TrustFile, in workspace: Workspace, asAt: Day?, jobs: Int, isQuiet: Bool, ownTemplates: String?,
    writesLetters: Bool, printsPDF: Bool
  ) throws {
    self.trust = trust
    self.workspace = workspace
    self.asAt = asAt
    self.jobs = jobs
    self.isQuiet = isQuiet
    let own = try ownTemplates.map { folder throws(RunFailure) in try OwnTemplates(in: folder) } ?? .none
    templates = try PageTemplates(overrides: own.pages, letters: own.letters)
    self.writesLetters = writesLetters
    pdf = printsPDF ? PDFWriter() : nil
  }

  /// The result of a run.
  package struct Outcome {
    let reading: Reading
    let asAt: Day
    let outputs: Int
    /// The letters of each school, or `nil` if they were not asked for.
    let letters: [LetterWriter.Written]?
    /// The PDF files, or `nil` if they were not asked for.
    let pdf: PDFWriter.Written?
    /// What was read, what was refused and where the packs are, for the screen.
    package fileprivate(set) var summary = ""

    /// A line for each page that was not printed.
    package var unprinted: [String] { pdf?.failures ?? [] }
    package var hasWarnings: Bool {
      !unprinted.isEmpty || reading.findings.contains { $0.rule.severity == .warns }
    }
  }

  /// Reads, works out, writes, and puts the pack in place; the old pack stays whole until then.
  package func run(output: String) async throws -> Outcome {
    if writesLetters { try trust.checkLetters(templates) }
    let ownFiles = try recordsOfOwnFiles()
    let benchmarks = try Benchmarks.read(trust)
    var reading = try await Reading.read(
      trust, asAt: asAt ?? trust.asAt, jobs: jobs, forManifest: true,
      progress: Progress("Read", total: trust.schools.count, isQuiet: isQuiet))
    guard let asAt = asAt ?? trust.asAt ?? reading.lastMark else {
      throw RunFailure.noMarks
    }
    reading.noteRegistersThatEndEarly(asAt: asAt)
    let folder = try OutputFolder(replacing: output)
    do {
      let (outputs, letters, pdf) = try await write(
        &reading, beside: benchmarks, ownFiles: ownFiles, asAt: asAt, to: folder)
      try folder.commit()
      var outcome = Outcome(
        reading: reading, asAt: asAt, outputs: outputs, letters: writesLetters ? letters : nil, pdf: pdf)
      outcome.summary = Summary(outcome, trust: trust, output: output).text
      return outcome
    } catch {
      folder.abandon()
      throw error
    }
  }

  private func write(
    _ whole: inout Reading, beside benchmarks: Benchmarks, ownFiles: [WorkspacePath: InputFile.Record],
    asAt: Day,
    to folder: OutputFolder
  ) async throws -> (outputs: Int, letters: [LetterWriter.Written], pdf: PDFWriter.Written?) {
    let progress = Progress("Wrote", total: trust.schools.count, isQuiet: isQuiet)
    let schoolYear = whole.schoolYear(asAt: asAt)
    let elsewhere = MarksElsewhere(whole.registers, asAt: asAt)
    let schools = Array(zip(trust.schools, whole.takeRegisters()).enumerated())
    let reading = whole
    let packs = try await concurrentMap(consume schools, jobs: jobs) { place, school in
      let (entry, register) = school
      let figures = SchoolFigures(
        register, asAt: asAt, policy: entry.policy, schoolYear: schoolYear,
        elsewhere: elsewhere.marks(notAt: place))
      let commentary = try SchoolCommentary(entry.commentary, of: register)
      let pack = try StaffPackWriter(
        figures, entry: entry, reading: reading, commentary: commentary.prose, trust: trust,
        templates: templates, writesLetters: writesLetters
      ).write(to: folder)
      progress.finished(1)
      return pack
    }
    var records = packs.flatMap(\.records)
    let figures = TrustFigures(of: packs.map(\.figures), name: trust.name, asAt: asAt)
    async let ofTrust = TrustFilesWriter(
      packs: packs, figures: figures, reading: reading, trust: trust, templates: templates
    ).write(to: folder)
    records += try await BoardPackWriter(
      packs: packs, figures: figures, beside: benchmarks, trust: trust, templates: templates
    ).write(to: folder, jobs: jobs)
    records += try await ofTrust
    let printed = try await pdf?.write(records, to: folder, dated: asAt, jobs: jobs)
    records += printed?.records ?? []
    records.sort { $0.path < $1.path }
    try checkAreUnchanged(ownFiles)
    let manifest = try manifest(reading, ownFiles: ownFiles, asAt: asAt, outputs: records)
    try folder.write(try manifest.json(), to: Manifest.fileName)
    return (records.count + 1, packs.compactMap(\.letters), printed)
  }
}

extension Reading {
  /// The last day with a mark of a session in school time, over all schools.
  var lastMark: Day? { registers.compactMap { $0.calendar.days.last }.max() }

  /// The school year the packs are of: in the summer holiday, the one that has ended.
  func schoolYear(asAt: Day) -> SchoolYear {
    let days = registers.compactMap { $0.calendar.days.last { $0 <= asAt } }
    return SchoolYear(containing: days.max() ?? asAt)
  }

  /// Unit: days; longer than any holiday.
  private static let longestSilence = 60

  /// Notes each school whose last mark lies further back than any holiday is long.
  mutating func noteRegistersThatEndEarly(asAt: Day) {
    for register in registers {
      guard let last = register.calendar.days.last(where: { $0 <= asAt }),
        asAt - last > Reading.longestSilence
      else { continue }
      findings.append(
        Finding(
          .registerEndsEarly(register.school, last: last, asAt: asAt), school: register.school.label,
          file: "",
          row: nil))
    }
  }
}
