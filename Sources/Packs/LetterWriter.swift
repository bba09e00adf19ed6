import Algorithms
import Measures
import Pages
import Policies
import Registers
import ReportModel
import StaffReports
import Workbooks

/// Writes a school's letters to parents for the stages of its policy that name a letter.
struct LetterWriter {
  private let stages: [StageLetters]
  private let figures: SchoolFigures

  init(_ figures: SchoolFigures) {
    self.figures = figures
    stages = StageLetters.all(of: figures)
  }

  /// The letters that were written for a school.
  struct Output: Sendable {
    let school: String
    let stages: [Stage]
    let records: [OutputFolder.Record]

    /// The letters of one stage.
    struct Stage: Sendable {
      let name: String
      /// The path from the school's folder.
      let file: String
      let letterCount: Int
      /// The number of pupils at the stage who have left and get no letter.
      let leaverCount: Int
    }

    /// The path of the workbook for a mail merge from the school's folder.
    static let mailMerge = "letters/mail-merge.xlsx"

    var letterCount: Int { stages.reduce(0) { $0 + $1.letterCount } }
    var leaverCount: Int { stages.reduce(0) { $0 + $1.leaverCount } }
  }

  /// Writes a page for each stage and a workbook of all letters, or nothing if no stage names a letter.
  func write(to folder: OutputFolder, publisher: String, templates: PageTemplates) throws -> Output {
    let school = figures.school
    let path = "restricted/\(school.slug)"
    guard !stages.isEmpty else { return Output(school: school.name, stages: [], records: []) }
    try folder.makeFolder("\(path)/letters")
    let pages = stages.map { stage in
      Output.Stage(
        name: stage.batch.stage, file: "letters/\(stage.batch.slug).html",
        letterCount: stage.batch.letters.count, leaverCount: stage.batch.leavers)
    }
    var records = try zip(stages, pages).map { stage, page in
      try folder.write(Array(templates.letters(stage.batch).utf8), to: "\(path)/\(page.file)")
    }
    let workbook = "\(path)/\(Output.mailMerge)"
    try MailMerge(stages, school: school.name, asAt: figures.asAt)
      .writeWorkbook(to: folder.path(of: workbook), publisher: publisher)
    records.append(try folder.record(of: workbook))
    return Output(school: school.name, stages: pages, records: records)
  }
}

extension TrustFile {
  /// Checks that there is a template for each letter that a policy names.
  func checkLetters(_ templates: PageTemplates) throws(RunFailure) {
    let known = templates.letterNames
    let missing = schools.flatMap { listed in
      let policy = listed.policyFile?.relative ?? "\(listed.policy.name).yaml"
      return listed.policy.stages.compactMap(\.letter).filter { !known.contains($0) }
        .map { RunFailure.MissingLetter(policy: policy, letter: $0) }
    }
    guard missing.isEmpty else { throw .noLetterTemplate(Array(missing.uniqued()), known: known) }
  }
}
