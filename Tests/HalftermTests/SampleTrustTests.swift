import Foundation
import Testing

/// The sample trust, from its exports to its packs.
@Suite struct SampleTrustTests {
  static func build(_ scratch: Scratch, jobs: Int = 2) throws -> Program.Result {
    try Program.run(
      "build", Program.sample, "--output", scratch.path + "/packs", "--jobs", "\(jobs)")
  }

  @Test func `a pack has every expected file`() throws {
    let scratch = try Scratch()
    let result = try Self.build(scratch)
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.errors.isEmpty)
    #expect(result.output.contains("Riverside Learning Trust, as at 13 February 2026: 4 schools"))
    let schools = [
      "100001-mill-lane-primary-school", "100002-alder-reach-academy", "100003-fernhollow-school",
      "100004-the-tidewater-centre",
    ]
    var expected = [
      "manifest.json", "share/index.html", "share/trust-attendance-review.html",
      "share/trust-attendance-review.xlsx", "share/data/figures.csv",
      "restricted/trust-attendance-review-exact.html",
      "restricted/trust-attendance-review-exact.xlsx",
      "share/data/datapackage.json", "restricted/data/datapackage.json", "restricted/data/intake.csv",
      "restricted/index.html", "restricted/data/measures.csv", "restricted/data/codes.csv",
      "restricted/data/pupils.csv", "restricted/data/findings.csv",
    ]
    for school in schools {
      for suffix in ["html", "xlsx"] {
        expected.append("share/\(school)/governor-pack.\(suffix)")
        for report in [
          "senco-report", "looked-after-report", "disadvantaged-report", "attendance-actions", "data-quality",
          "governor-pack-exact",
        ] {
          expected.append("restricted/\(school)/\(report).\(suffix)")
        }
      }
    }
    #expect(scratch.files("packs") == expected.sorted())
    let permissions = try FileManager.default.attributesOfItem(atPath: scratch.path + "/packs/restricted")
    #expect((permissions[.posixPermissions] as? Int) == 0o700)
    let manifest = try FileManager.default.attributesOfItem(atPath: scratch.path + "/packs/manifest.json")
    #expect((manifest[.posixPermissions] as? Int) == 0o600)
    #expect(try Program.run("verify", scratch.path + "/packs").status == 0)
  }

  @Test func `figures agree with an independent calculation`() throws {
    let scratch = try Scratch()
    _ = try Self.build(scratch)
    let reference = Program.root + "/Tests/Reference/figures.py"
    let made = try Program.run(
      "python3", reference, Program.sample, scratch.path + "/reference", program: "/usr/bin/env")
    #expect(made.status == 0, "\(made.errors)")
    let compared = try Program.run(
      "python3", reference, "--compare", scratch.path + "/reference", scratch.path + "/packs",
      program: "/usr/bin/env")
    #expect(compared.status == 0, "\(compared.output)")
    #expect(compared.output.contains(" rows agree, 0 differ"))
  }

  @Test func `the same input gives the same bytes anywhere`() throws {
    let one = try Scratch()
    let other = try Scratch()
    _ = try Self.build(one)
    try FileManager.default.copyItem(atPath: Program.sample, toPath: other.path + "/a copy")
    let result = try Program.run(
      "build", "a copy", "--output", "packs", "--jobs", "1",
      environment: ["TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"],
      in: other.path)
    #expect(result.status == 1)
    #expect(one.files("packs") == other.files("packs"))
    for file in one.files("packs") {
      #expect(try one.bytes("packs/" + file) == other.bytes("packs/" + file), "\(file)")
    }
  }

  @Test func `no file under share names a pupil`() throws {
    let scratch = try Scratch()
    _ = try Self.build(scratch)
    let pupils = try scratch.text("packs/restricted/data/pupils.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let upns = Set(pupils.map { String($0[1]) }).filter { $0.count == 13 }
    // A name is looked for as a register writes it; forenames alone are too like other words.
    let names = Set(pupils.map { "\($0[3]), \($0[4])" }).subtracting([", "])
    #expect(names.count > 500)
    #expect(upns.count > 500)
    for file in scratch.files("packs/share") {
      var text = String(decoding: try scratch.bytes("packs/share/" + file), as: UTF8.self)
      if file.hasSuffix(".xlsx") {
        text = try Program.run(
          "unzip", "-p", scratch.path + "/packs/share/" + file, program: "/usr/bin/env"
        ).output
        #expect(text.contains("sheetData"))
      }
      for upn in upns { #expect(!text.contains(upn), "\(file)") }
      for name in names { #expect(!text.contains(name), "\(file)") }
    }
  }

  @Test func `every row is accounted for`() throws {
    let result = try Program.run("check", Program.sample)
    #expect(result.status == 1)
    let rows = result.output.split(separator: "\n").filter { $0.hasPrefix("exports/") && $0.contains("   ") }
    #expect(rows.count == 7)
    for row in rows {
      let counts = row.split(separator: " ").dropFirst().compactMap { Int($0) }
      #expect(counts.count == 11, "\(row)")
      // Rows and other rows, then the places for marks and their use.
      #expect(counts[0] >= counts[1], "\(row)")
      #expect(counts[2] == counts[3...].reduce(0, +), "\(row)")
    }
  }

  @Test func `a sample depends only on its seed and can be built`() throws {
    let scratch = try Scratch()
    for folder in ["one", "two"] {
      let made = try Program.run(
        "sample", scratch.path + "/" + folder, "--schools", "2", "--pupils", "40", "--seed", "7")
      #expect(made.status == 0, "\(made.errors)")
    }
    #expect(scratch.files("one") == scratch.files("two"))
    for file in scratch.files("one") {
      #expect(try scratch.bytes("one/" + file) == scratch.bytes("two/" + file))
    }
    let built = try Program.run("build", scratch.path + "/one", "--output", scratch.path + "/packs")
    #expect(built.status <= 1, "\(built.errors)")
    #expect(try scratch.text("packs/restricted/data/measures.csv").contains(",Summer 2,Trust,"))
    #expect(try Program.run("sample", scratch.path + "/one").status == 2, "a folder in use is left alone")
  }
}
