import Measures
import Pages
import Policies
import Registers
import ReportModel
import StaffReports
import Workbooks

/// Makes a school's letters to parents, for the stages of its policy that name one.
struct LetterWriter {
  private let stages: [StageLetters]
  private let figures: SchoolFigures

  init(_ figures: SchoolFigures) {
    self.figures = figures
    stages = StageLetters.all(of: figures)
  }

  /// What was written for a school.
  struct Written: Sendable {
    let school: String
    let stages: [Stage]
    let records: [OutputFolder.Record]

    /// A stage that names a letter, and its file from the school's folder.
    struct Stage: Sendable {
      let name: String
      let file: String
      let letters: Int
      /// Unit: pupils who stand at the stage and have left, for whom there is no letter.
      let left: Int
    }

    static let mailMerge = "letters/mail-merge.xlsx"

    /// Unit: letters.
    var letters: Int { stages.reduce(0) { $0 + $1.letters } }
    /// Unit: pupils.
    var left: Int { stages.reduce(0) { $0 + $1.left } }
  }

  /// Writes a page for each stage and a workbook of them all; nothing where no stage names a letter.
  func write(to folder: OutputFolder, publisher: String, templates: PageTemplates) throws -> Written {
    let school = figures.school
    let place = "restricted/\(school.slug)"
    guard !stages.isEmpty else { return Written(school: school.name, stages: [], records: []) }
    try folder.makeFolder("\(place)/letters")
    let written = stages.map { stage in
      Written.Stage(
        name: stage.batch.stage, file: "letters/\(stage.batch.slug).html", letters: stage.batch.letters.count,
        left: stage.batch.leavers)
    }
    var records = try zip(stages, written).map { stage, written in
      try folder.write(Array(templates.letters(stage.batch).utf8), to: "\(place)/\(written.file)")
    }
    let workbook = "\(place)/\(Written.mailMerge)"
    try MailMerge(stages, school: school.name, asAt: figures.asAt)
      .writeWorkbook(to: folder.path(of: workbook), publisher: publisher)
    records.append(try folder.record(of: workbook))
    return Written(school: school.name, stages: written, records: records)
  }
}

extension TrustFile {
  /// Throws: where a policy names a letter for which there is no template.
  func checkLetters(_ templates: PageTemplates) throws(RunFailure) {
    var missing: [RunFailure.MissingLetter] = []
    for entry in schools {
      for letter in entry.policy.stages.compactMap(\.letter) where !templates.letterNames.contains(letter) {
        let policy = entry.policyFile?.relative ?? "\(entry.policy.name).yaml"
        let found = RunFailure.MissingLetter(policy: policy, letter: letter)
        if !missing.contains(found) { missing.append(found) }
      }
    }
    guard missing.isEmpty else { throw .noLetterTemplate(missing, known: templates.letterNames) }
  }
}
