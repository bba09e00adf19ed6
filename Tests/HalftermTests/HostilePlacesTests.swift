import Foundation
import Testing

/// Files of a folder that must not be read, or have harmful names.
@Suite struct HostilePlacesTests {
  /// With a trust file that lists `exports/*.csv`, and without one.
  @Test(arguments: [true, false]) func `a pipe does not block the run`(hasTrustFile: Bool) throws {
    let scratch = try workspace(hasTrustFile: hasTrustFile)
    #expect(mkfifo(scratch.path + "/exports/x.csv", 0o600) == 0)
    let run = try check(scratch)
    #expect(run.status == (hasTrustFile ? 2 : 1))
    #expect(run.said.contains("exports/x.csv"))
    #expect(run.said.contains("a pipe, a socket or a device, where a file is expected"), "\(run.said)")
  }

  @Test func `a pipe as the trust file does not block the run`() throws {
    let scratch = try workspace(hasTrustFile: false)
    #expect(mkfifo(scratch.path + "/trust.yaml", 0o600) == 0)
    let run = try check(scratch)
    #expect(run.status == 2)
    #expect(run.said.contains("trust.yaml: a pipe, a socket or a device"), "\(run.said)")
  }

  @Test(arguments: [true, false]) func `a link that leads out of the folder is reported`(hasTrustFile: Bool)
    throws
  {
    let outside = try Scratch()
    let target = try outside.write(HostileFile.good, to: "register.csv")
    let scratch = try workspace(hasTrustFile: hasTrustFile)
    try link(scratch, "x.csv", to: target)
    let run = try check(scratch)
    #expect(run.status == (hasTrustFile ? 2 : 1))
    #expect(run.said.contains("leaves the trust file's folder by a link"), "\(run.said)")
  }

  @Test(arguments: ["nowhere.csv", "x.csv"], [true, false])
  func `a link to nothing is reported`(target: String, hasTrustFile: Bool) throws {
    let scratch = try workspace(hasTrustFile: hasTrustFile)
    try link(scratch, "x.csv", to: target)
    let run = try check(scratch)
    #expect(run.status == (hasTrustFile ? 2 : 1))
    #expect(
      run.said.contains("exports/x.csv") && run.said.contains("a link to a file that is not there"),
      "\(run.said)")
  }

  @Test func `a linked trust file from outside is not quoted`() throws {
    let outside = try Scratch()
    let target = try outside.write("quillfeather", to: "secret")
    let scratch = try workspace(hasTrustFile: false)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/trust.yaml", withDestinationPath: target)
    let run = try check(scratch)
    #expect(run.status == 2)
    #expect(run.said.contains("trust.yaml: leaves the trust file's folder by a link"), "\(run.said)")
  }

  @Test func `a folder with the name of a file is reported`() throws {
    let scratch = try workspace(hasTrustFile: true)
    try scratch.write(HostileFile.good, to: "exports/x.csv/a.csv")
    let run = try check(scratch)
    #expect(run.status == 2)
    #expect(run.said.contains("\"exports/x.csv\": a folder, where a file is expected"), "\(run.said)")
  }

  @Test(.enabled(if: geteuid() != 0, "the system keeps nothing from its administrator"))
  func `a file without read permission is a system failure`() throws {
    let scratch = try workspace(hasTrustFile: true)
    chmod(scratch.path + "/exports/register.csv", 0)
    let run = try check(scratch)
    #expect(run.status == 3)
    #expect(run.said.contains("exports/register.csv: cannot be read: Permission denied"), "\(run.said)")
  }

  @Test(arguments: [
    ("a\nhalfterm: fine.csv", "a\\u{A}halfterm: fine.csv"), ("a\u{1B}[2J.csv", "a\\u{1B}[2J.csv"),
    ("a\u{202E}vsc.csv", "a\\u{202E}vsc.csv"), ("a\\u{1B}[2J.csv", "a\\\\u{1B}[2J.csv"),
  ]) func `a name with control characters is escaped`(name: String, shown: String) throws {
    for text in [HostileFile.head + HostileFile.row("x", "2025-09-08", "?"), ""] {
      for hasTrustFile in [true, false] {
        let scratch = try workspace(hasTrustFile: hasTrustFile)
        try scratch.write(text, to: "exports/\(name)")
        let run = try check(scratch)
        #expect(run.status.map { 1...2 ~= $0 } ?? false)
        #expect(
          run.said.contains("exports/\(shown)\(text.isEmpty ? ": the file is empty" : "")"), "\(run.said)")
      }
    }
  }

  @Test(arguments: [true, false]) func `a name that is not UTF-8 is reported`(hasTrustFile: Bool) throws {
    let scratch = try workspace(hasTrustFile: hasTrustFile)
    let path =
      Array((scratch.path + "/exports/a").utf8CString.dropLast()) + [-1, -2] + Array(".csv".utf8CString)
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    #expect(file >= 0)
    close(file)
    let run = try check(scratch)
    #expect(run.status == (hasTrustFile ? 2 : 1))
    #expect(run.said.contains("exports/a") && run.said.contains("a name that is not UTF-8"), "\(run.said)")
  }

  @Test(arguments: [
    ("", "trust.yaml:1:1: the file is empty"), (String(repeating: "[", count: 100_000), "trust.yaml:1:"),
    (
      "name: \"\\e[2J\"\nschools:\n  - name: x\n    registers: [\"\\e[2J\"]\n",
      "trust.yaml:4:17: file not found: \"\\u{1B}[2J\""
    ),
    (
      "name: &a [1,1,1,1,1,1,1,1,1]\nschools:\n"
        + (0..<9).map {
          "  - &\("bcdefghij".dropFirst($0).prefix(1)) [\(String(repeating: "*\("abcdefghi".dropFirst($0).prefix(1)),", count: 9))1]\n"
        }.joined(),
      "trust.yaml:1:"
    ),
  ]) func `a harmful trust file is refused`(text: String, words: String) throws {
    let scratch = try workspace(hasTrustFile: false)
    try scratch.write(text, to: "trust.yaml")
    let run = try check(scratch)
    #expect(run.status == 2)
    #expect(run.said.contains(words), "\(run.said)")
  }

  /// A folder of one good register and its pupils.
  private func workspace(hasTrustFile: Bool) throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(HostileFile.head + HostileFile.good, to: "exports/register.csv")
    try scratch.write(HostileFile.pupilHead + HostileFile.pupils, to: "exports/pupils.csv")
    if hasTrustFile { try scratch.write(SmallWorkspace.trust, to: "trust.yaml") }
    return scratch
  }

  private func link(_ scratch: Scratch, _ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/exports/\(name)", withDestinationPath: target)
  }

  private func check(_ scratch: Scratch) throws -> WatchedRun {
    let run = try WatchedRun("check", scratch.path)
    expectNoHarm(run)
    return run
  }
}
