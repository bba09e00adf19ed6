import Foundation
import Testing

/// The state of the old pack and of the folder after a run.
@Suite struct OutputTests {
  @Test func `a blocked run writes nothing and keeps the old pack`() throws {
    let workspace = try SmallWorkspace()
    #expect(try workspace.build().status == 0)
    let manifest = try workspace.scratch.bytes("packs/manifest.json")
    try workspace.scratch.write(
      "UPN,Date,Session\n\(SmallWorkspace.ann),2025-09-08,AM\n", to: "workspace/exports/register.csv")
    let blocked = try workspace.build()
    #expect(blocked.status == 2)
    #expect(blocked.errors.contains("exports/register.csv:1: no column \"Mark\"; found UPN, Date, Session."))
    #expect(try workspace.scratch.bytes("packs/manifest.json") == manifest)
    #expect(try Program.run("verify", workspace.packs).status == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: workspace.scratch.path).sorted() == [
        "packs", "workspace",
      ])
  }

  @Test func `a killed run keeps the old pack and the next run cleans up`() async throws {
    let scratch = try Scratch()
    let sample = scratch.path + "/sample"
    _ = try Program.run("sample", sample, "--schools", "3", "--pupils", "150")
    let packs = scratch.path + "/packs"
    #expect(try Program.run("build", sample, "--output", packs, "--quiet").status <= 1)
    let before = try scratch.bytes("packs/manifest.json")
    let process = Program.process(
      Program.path, ["build", sample, "--output", packs, "--quiet", "--as-at", "2026-03-27"],
      output: .nullDevice, errors: .nullDevice)
    try process.run()
    // Killed as soon as it has begun to write.
    var isWriting = false
    while !isWriting, process.isRunning {
      isWriting = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
        .contains { $0.hasPrefix(".packs.halfterm-") }
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(isWriting)
    #expect(try scratch.bytes("packs/manifest.json") == before)
    #expect(try Program.run("verify", packs).status == 0)
    #expect(
      try Program.run("build", sample, "--output", packs, "--quiet", "--as-at", "2026-03-27").status <= 1)
    #expect(try scratch.bytes("packs/manifest.json") != before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["packs", "sample"])
  }

  @Test func `a folder that is not a pack is not replaced`() throws {
    let workspace = try SmallWorkspace()
    try workspace.scratch.write("precious", to: "packs/letter.txt")
    let result = try workspace.build()
    #expect(result.status == 2)
    #expect(result.errors.contains("is not a pack"))
    #expect(try workspace.scratch.text("packs/letter.txt") == "precious")
  }

  @Test func `a file that was added to a pack is not lost`() throws {
    let workspace = try SmallWorkspace()
    #expect(try workspace.build().status == 0)
    try workspace.scratch.write("minutes", to: "packs/share/minutes.txt")
    let result = try workspace.build()
    #expect(result.status == 2)
    #expect(result.errors.contains("also contains share/minutes.txt"))
    #expect(try workspace.scratch.text("packs/share/minutes.txt") == "minutes")
  }

  @Test func `a folder that cannot be created is a system failure`() throws {
    let workspace = try SmallWorkspace()
    try workspace.scratch.write("a file", to: "file")
    let result = try Program.run(
      "build", workspace.folder, "--output", workspace.scratch.path + "/file/packs", "--quiet")
    #expect(result.status == 3, "\(result.errors)")
    #expect(result.errors.contains("cannot be written"))
  }

  @Test func `verify reports changed, added and missing files`() throws {
    let workspace = try SmallWorkspace()
    _ = try workspace.build()
    try workspace.scratch.write("x", to: "packs/share/index.html")
    try workspace.scratch.write("x", to: "packs/share/added.txt")
    try FileManager.default.removeItem(atPath: workspace.packs + "/restricted/data/pupils.csv")
    let result = try Program.run("verify", workspace.packs)
    #expect(result.status == 2)
    #expect(result.output.contains("changed: share/index.html"))
    #expect(result.output.contains("missing: restricted/data/pupils.csv"))
    #expect(result.output.contains("not in the pack: share/added.txt"))
  }

  @Test func `the manifest lists inputs with their hashes`() throws {
    let workspace = try SmallWorkspace()
    _ = try workspace.build()
    let manifest = try JSONSerialization.jsonObject(with: workspace.scratch.bytes("packs/manifest.json"))
    let inputs = try #require((manifest as? [String: Any])?["inputs"] as? [[String: Any]])
    #expect(
      inputs.compactMap { $0["path"] as? String } == [
        "trust.yaml", "exports/pupils.csv", "exports/register.csv",
      ])
    #expect(inputs[2]["rows"] as? Int == 4)
    #expect(inputs[2]["marks"] as? Int == 4)
    let sum = try Program.run(
      "sha256sum", workspace.folder + "/exports/register.csv", program: "/usr/bin/env")
    #expect(sum.output.hasPrefix(try #require(inputs[2]["sha256"] as? String)))
  }

  @Test func `every file that cannot be read is reported once`() throws {
    let workspace = try SmallWorkspace()
    try workspace.scratch.write("PK\u{3}\u{4}", to: "workspace/exports/a.csv")
    try workspace.scratch.write("", to: "workspace/exports/b.csv")
    let result = try workspace.build()
    #expect(result.status == 2)
    #expect(result.errors.contains("exports/a.csv: the workbook ends early"))
    #expect(result.errors.contains("exports/b.csv: the file is empty"))
  }

  @Test func `a file that was changed in a pack is kept beside the new pack`() throws {
    let workspace = try SmallWorkspace()
    #expect(try workspace.build().status == 0)
    let path = try #require(
      workspace.scratch.files("packs").first { $0.hasSuffix("attendance-actions.xlsx") })
    try workspace.scratch.write("typed", to: "packs/\(path)")
    let result = try workspace.build()
    let kept = try #require(
      FileManager.default.contentsOfDirectory(atPath: workspace.scratch.path).first {
        $0.hasPrefix("packs-changed-")
      })
    #expect(result.errors.contains("so the old file is kept: ") && result.errors.contains("\(kept)/\(path)"))
    #expect(try workspace.scratch.text("\(kept)/\(path)") == "typed")
    #expect(try Program.run("verify", workspace.packs).status == 0)
  }

  @Test(arguments: [
    ("{{> section}}{{> pack}}", 1, "template pack: it includes itself"),
    ("{{#a}}", 60, "nested more than 50 deep"),
    ("x", 1_048_577, "template pack: it is larger than 1 MB"),
  ])
  func `a template without an end is refused by its name`(text: String, count: Int, message: String) throws {
    let workspace = try SmallWorkspace()
    try workspace.scratch.write(String(repeating: text, count: count), to: "templates/pack.mustache")
    let result = try Program.run(
      "build", workspace.folder, "--output", workspace.packs, "--templates",
      workspace.scratch.path + "/templates")
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors.prefix(300))")
  }
}
