import Measures
import Policies
import Registers
import ReportModel

/// The letters of one stage of a school's policy, with their figures.
package struct StageLetters: Sendable {
  package let batch: LetterBatch
  /// The figures of each letter, in the order of the letters.
  let figures: [LetterFigures]

  /// Returns the letters of each stage with a template, in the policy's order.
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
      stage: stage.name, template: template, slug: slug, rule: stage.line.label, policy: school.policy.title,
      section: stage.section, school: school.school.name, asAt: school.asAt, letters: figures.map(\.letter),
      leavers: pupils.count - onRoll.count)
  }

  /// Returns a name as a file stem, or `nil` if it has neither an ASCII letter nor an ASCII digit.
  private static func slug(of name: String) -> String? {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.isEmpty ? nil : String(words.joined(separator: "-").prefix(maxSlugLength))
  }

  /// The maximum number of bytes of a file stem, well below the limits of file systems.
  private static let maxSlugLength = 80
}
