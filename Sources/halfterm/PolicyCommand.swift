import ArgumentParser
import Foundation
import Packs
import Policies

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Print a policy in plain words, with remarks.",
    discussion: """
      A policy is one that ships, or your own .yaml file: copy one from Sources/Policies (in a release, \
      share/halfterm/policies) and change it.

      Examples:
        halfterm policy --list
            the policies that ship, a line each
        halfterm policy mason-moor-primary
            its stages, thresholds and windows in words
        halfterm policy our-policy.yaml
            the same for your own policy, with remarks
      """)

  @Argument(
    help: "The name of a policy that ships, or a path to a .yaml file.",
    completion: .file(extensions: ["yaml", "yml"]))
  var policy: String?

  @Flag(name: .long, help: "Print the names of the policies that ship.")
  var list = false

  mutating func validate() throws {
    guard list != (policy != nil) else { throw ValidationError("Name a policy, or ask for --list.") }
  }

  func run() throws {
    guard let name = policy else {
      for (name, yaml) in Policy.shipped.sorted(by: { $0.key < $1.key }) {
        Console.printResult("\(name): \(try Policy(name: name, yaml: yaml, file: name).title)")
      }
      return
    }
    Console.printResult(Self.text(of: try Self.read(name)))
  }

  private static func read(_ name: String) throws -> Policy {
    if let yaml = Policy.shipped[name] { return try Policy(name: name, yaml: yaml, file: "\(name).yaml") }
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else {
      throw RunFailure.noSuchPolicy(name: name, known: Policy.shipped.keys.sorted())
    }
    guard let bytes = FileManager.default.contents(atPath: name),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw RunFailure.unreadable(path: name) }
    return try Policy(name: name, yaml: text, file: name)
  }

  private static func text(of policy: Policy) -> String {
    let passages = policy.passages.map { passage in
      "\(passage.heading)\n" + passage.lines.map { "  \($0)" }.joined(separator: "\n")
    }
    let remarks = policy.remarks
    let lint =
      remarks.isEmpty
      ? "No remarks."
      : "Remarks\n" + remarks.map { "  - \($0)" }.joined(separator: "\n")
    return ([policy.title + "\n\(policy.source)"] + passages + [lint]).joined(separator: "\n\n")
  }
}
