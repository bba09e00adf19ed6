import ArgumentParser
import Exports
import Foundation
import Measures
import Registers

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print a pupil's marks week by week, where each came from, and why each flag stands.",
    discussion: """
      What is printed is personal data. The pupil's name is not part of it.

      Examples:
        halfterm explain my-exports K123456789012
            the pupil with this UPN, a line for each week
        halfterm explain my-trust 4711 --as-at 2026-02-13
            the pupil with this admission number, as things stood that day
      """)

  @OptionGroup var options: WorkspaceOptions

  @Argument(help: "The pupil's UPN, the system's pupil id, or the admission number.")
  var upn: String

  func run() async throws {
    let (_, trust, asked) = try options.read()
    let reading = try await Reading.read(
      trust, asAt: asked, jobs: ProcessInfo.processInfo.activeProcessorCount, explaining: upn,
      progress: Progress("Read", total: trust.schools.count, isQuiet: true))
    guard let asAt = asked ?? reading.lastMark else { throw RunFailure.noMarks }
    var texts: [String] = []
    let elsewhere = MarksElsewhere(reading.registers, asAt: asAt)
    for (place, (entry, register)) in zip(trust.schools, reading.registers).enumerated() {
      guard register.pupils.contains(where: { $0.goes(by: upn) }) else { continue }
      let figures = SchoolFigures(
        register, asAt: asAt, policy: entry.policy, schoolYear: reading.schoolYear(asAt: asAt),
        elsewhere: elsewhere.marks(notAt: place))
      for pupil in figures.pupils where pupil.pupil.goes(by: upn) {
        let history = reading.histories.first { $0.school == entry.school }
        texts.append(Explanation(pupil, of: figures, history: history).text)
      }
    }
    guard !texts.isEmpty else {
      throw RunFailure.unusable("no school has a pupil by this UPN, pupil id or admission number")
    }
    Console.result(texts.joined(separator: "\n\n"))
  }
}
