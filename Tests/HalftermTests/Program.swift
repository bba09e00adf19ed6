import Foundation
import TestSupport
import Testing

/// The built program, run as a person runs it.
enum Program {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The program beside the test bundle.
  static let path: String = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("halfterm").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), !isFolder.boolValue {
        return candidate
      }
      folder.deleteLastPathComponent()
    }
    return "halfterm"
  }()

  /// The checkout.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let sample = root + "/SampleData"

  static func process(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil,
    output: FileHandle, errors: FileHandle
  ) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardOutput = output
    process.standardError = errors
    return process
  }

  static func run(
    _ arguments: String..., environment: [String: String] = [:], in folder: String? = nil,
    program: String = Program.path
  ) throws -> Result {
    // Files and not pipes: a pipe that is full would stop the program.
    let scratch = try Scratch()
    let files = try ["out", "err"].map { name in
      try scratch.write("", to: name)
      return try #require(FileHandle(forWritingAtPath: scratch.path + "/" + name))
    }
    let process = process(
      program, arguments, environment: environment, in: folder, output: files[0], errors: files[1])
    try process.run()
    process.waitUntilExit()
    let result = Result(
      status: process.terminationStatus, output: try scratch.text("out"), errors: try scratch.text("err"))
    if program == Program.path { NoNames.expect(result.output + result.errors, arguments: arguments) }
    return result
  }
}

/// A folder that is gone after the test.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "halfterm-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func text(_ relative: String) throws -> String {
    try String(contentsOfFile: path + "/" + relative, encoding: .utf8)
  }

  /// Writes a file, its folders made.
  @discardableResult
  func write(_ text: String, to relative: String) throws -> String {
    let whole = URL(fileURLWithPath: path).appendingPathComponent(relative)
    try FileManager.default.createDirectory(
      at: whole.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: whole)
    return whole.path
  }

  /// The files below, sorted.
  func files(_ relative: String = "") -> [String] {
    let folder = relative.isEmpty ? path : path + "/" + relative
    return (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder + "/" + $0, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  func bytes(_ relative: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path + "/" + relative))
  }
}

/// A workspace of one school and two pupils, which a test changes in one place.
struct SmallWorkspace {
  let scratch: Scratch
  var folder: String { scratch.path + "/workspace" }
  var packs: String { scratch.path + "/packs" }

  static let ann = MadeUPN.of(3)
  static let bob = MadeUPN.of(2)

  static let trust = """
    name: Small Trust
    schools:
      - name: One School
        urn: "100009"
        phase: primary
        registers: [exports/*.csv]
        pupils: [exports/pupils.csv]

    """
  static let pupils = """
    UPN,Surname,Forename,DOB,Year
    \(ann),Canary,Ann,2016-05-01,4
    \(bob),Canary,Bob,2016-06-01,4

    """
  static let register = """
    UPN,Date,Session,Mark
    \(ann),2025-09-08,AM,/
    \(ann),2025-09-08,PM,\\
    \(bob),2025-09-08,AM,I
    \(bob),2025-09-08,PM,I

    """

  init(
    trust: String = SmallWorkspace.trust, pupils: String = SmallWorkspace.pupils,
    register: String = SmallWorkspace.register
  ) throws {
    scratch = try Scratch()
    try scratch.write(trust, to: "workspace/trust.yaml")
    try scratch.write(pupils, to: "workspace/exports/pupils.csv")
    try scratch.write(register, to: "workspace/exports/register.csv")
  }

  func build() throws -> Program.Result { try Program.run("build", folder, "--output", packs, "--quiet") }
}
