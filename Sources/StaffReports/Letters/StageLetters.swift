import Measures
import Policies
import Registers
import ReportModel

/// The letters of one stage of a school's policy, with the figures they are made from.
package struct StageLetters: Sendable {
  package let batch: LetterBatch
  /// The figures of each letter, in the order of the letters.
  let figures: [LetterFigures]

  /// Returns the letters of each stage that names one, in the policy's order.
  package static func all(of school: SchoolFigures) -> [StageLetters] {
    var slugs: Set<String> = []
    return school.policy.stages.enumerated().compactMap { index, stage in
      guard let template = stage.letter else { return nil }
      let wish = slug(of: stage.name) ?? "stage-\(index + 1)"
      let slug = slugs.insert(wish).inserted ? wish : "\(wish)-stage-\(index + 1)"
      slugs.insert(slug)
      return StageLetters(stage, at: index, template: template, slug: slug, of: school)
    }
  }

  private init(
    _ stage: Policy.Stage, at index: Int, template: String, slug: String, of school: SchoolFigures
  ) {
    let pupils = school.pupils.filter { $0.stageIndex == index }
    let onRoll = pupils.filter { $0.hasReached(.stage(index)) }
    figures = onRoll.compactMap { LetterFigures($0, of: school) }.sorted(by: LetterFigures.comesBefore)
    batch = LetterBatch(
      stage: stage.name, template: template, slug: slug, rule: stage.line.words, policy: school.policy.title,
      section: stage.section, school: school.school.name, asAt: school.asAt, letters: figures.map(\.letter),
      leavers: pupils.count - onRoll.count)
  }

  /// Returns the name as a file stem, or `nil` for a name with neither a letter nor a digit of ASCII.
  private static func slug(of name: String) -> String? {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.isEmpty ? nil : String(words.joined(separator: "-").prefix(maxSlugLength))
  }

  /// A number of bytes well below what systems allow for a file name.
  private static let maxSlugLength = 80
}
