import ArgumentParser
import Foundation
import Packs
import Registers
import Samples

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Write a made-up trust. The same seed gives the same bytes.",
    discussion: """
      Examples:
        halfterm sample made-up
            four schools up to February, with deliberate errors
        halfterm sample large --schools 20 --pupils 900 --seed 7
            twenty schools of 900 pupils for a whole school year
      """)

  @Argument(help: "The folder to make.", completion: .directory)
  var folder: String

  @Option(name: .long, help: "The number of schools; with --pupils, a large trust for a whole school year.")
  var schools: Int?

  @Option(name: .long, help: "The number of pupils at each school.")
  var pupils: Int?

  @Option(name: .long, help: "A different seed gives different pupils and marks.")
  var seed: UInt64 = 1

  mutating func validate() throws {
    if let schools, !(1...480 ~= schools) { throw ValidationError("--schools must be from 1 to 480") }
    if let pupils, !(1...3000 ~= pupils) { throw ValidationError("--pupils must be from 1 to 3000") }
  }

  func run() throws {
    let existing = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard existing.isEmpty else {
      throw RunFailure.folderNotEmpty(path: folder)
    }
    let trust = SampleTrust(schools: schools, pupils: pupils, seed: seed)
    try trust.write { (path, bytes) throws(RunFailure) in
      let path = "\(folder)/\(path)"
      do {
        try FileManager.default.createDirectory(
          atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
      } catch {
        throw .unwritable(path: path, reason: error.localizedDescription)
      }
    }
    Console.printResult("\(trust.name): \(folder)/\(TrustFile.fileName)")
  }
}
