import Measures
import Policies
import Registers

/// The letters of one stage of a school's policy: one for each pupil who stands at it and is on roll.
package struct StageLetters: Sendable {
  package let stage: String
  /// The name of the template.
  package let template: String
  /// The stem of their file, unique in the school: `target-and-meeting`.
  package let slug: String
  /// The school's rule in its own words: `attendance of 93% or below`.
  package let line: String
  package let policy: String
  /// Where the policy says so. Missing: empty.
  package let section: String
  package let school: String
  package let asAt: Day
  package let letters: [Letter]
  /// Unit: pupils who stand at the stage and have left, for whom there is no letter.
  package let left: Int

  /// The letters of each stage that names one, in the policy's order.
  ///
  /// Missing: empty where no stage names a letter.
  package static func all(of school: SchoolFigures) -> [StageLetters] {
    var slugs: Set<String> = []
    return school.policy.stages.enumerated().compactMap { place, stage in
      guard let template = stage.letter else { return nil }
      let wish = slug(of: stage.name) ?? "stage-\(place + 1)"
      let slug = slugs.insert(wish).inserted ? wish : "\(wish)-stage-\(place + 1)"
      slugs.insert(slug)
      return StageLetters(stage, template: template, slug: slug, of: school)
    }
  }

  private init(_ stage: Policy.Stage, template: String, slug: String, of school: SchoolFigures) {
    let standing = school.pupils.filter { $0.stage == stage }
    let onRoll = standing.filter { $0.pupil.isOnRoll(on: school.asAt) }
    self.stage = stage.name
    self.template = template
    self.slug = slug
    line = StageLetters.rule(of: stage)
    policy = school.policy.title
    section = stage.section
    self.school = school.school.name
    asAt = school.asAt
    letters = onRoll.compactMap { Letter($0, of: school) }.sorted(by: Letter.comesBefore)
    left = standing.count - onRoll.count
  }

  private static func rule(of stage: Policy.Stage) -> String { stage.line.words }

  /// Missing: nil for a name with neither a letter nor a digit of ASCII.
  private static func slug(of name: String) -> String? {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.isEmpty ? nil : String(words.joined(separator: "-").prefix(longestSlug))
  }

  /// Unit: bytes, well below what systems allow for a file's name.
  private static let longestSlug = 80
}
