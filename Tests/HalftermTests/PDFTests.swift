import Foundation
import Registers
import Testing

@testable import halfterm
@testable import Packs

/// `--pdf` with a script in place of the browser.
@Suite struct PDFTests {
  /// A script that records its arguments and prints the page unchanged with an old date.
  private static let browser = """
    #!/bin/sh
    for word in "$@"; do
      echo "$word" >>"$ARGUMENTS"
      case "$word" in --print-to-pdf=*) pdf="${word#--print-to-pdf=}" ;; esac
    done
    echo kept >"$HOME/kept"
    echo "%PDF-1.4 /CreationDate (D:20010203040506+00'00') /ModDate (D:20010203040506+00'00')" >"$pdf"
    /bin/cat "${word#file://}" >>"$pdf"
    """

  private static let weasyPrint = """
    #!/bin/sh
    read style <"$2"
    echo "%PDF-1.7 by WeasyPrint of $3 with $1 $style" >"$4"
    """

  /// Returns a workspace beside a folder of programs, which is the only folder in the search path.
  private static func workspace(_ programs: [String: String]) throws -> SmallWorkspace {
    let workspace = try SmallWorkspace()
    for (name, script) in programs {
      let path = try workspace.scratch.write(script, to: "programs/\(name)")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    return workspace
  }

  private static func build(_ workspace: SmallWorkspace, _ flags: String...) throws -> Program.Result {
    let folder = workspace.scratch.path
    // In one argument list for runs with and without a flag.
    let environment = ["PATH": folder + "/programs", "ARGUMENTS": folder + "/arguments"]
    return try flags.isEmpty
      ? Program.run("build", workspace.folder, "--output", workspace.packs, "--pdf", environment: environment)
      : Program.run(
        "build", workspace.folder, "--output", workspace.packs, "--pdf", flags[0], environment: environment)
  }

  private static func printed(_ workspace: SmallWorkspace) -> [String] {
    workspace.scratch.files("packs").filter { $0.hasSuffix(".pdf") }
  }

  private static let school = "100009-one-school"

  @Test func `each report is printed and listed in the manifest`() throws {
    let workspace = try Self.workspace(["chromium": Self.browser, "weasyprint": Self.weasyPrint])
    let result = try Self.build(workspace)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("PDF       9 reports, each beside its page"))
    let reports =
      [
        "attendance-actions", "data-quality", "disadvantaged-report", "governor-pack-exact",
        "looked-after-report", "senco-report",
      ].map { "restricted/\(Self.school)/\($0).pdf" } + ["restricted/trust-attendance-review-exact.pdf"]
    let shared = ["share/\(Self.school)/governor-pack.pdf", "share/trust-attendance-review.pdf"]
    #expect(Self.printed(workspace) == reports + shared)
    #expect(try Program.run("verify", workspace.packs).status == 0)
    try workspace.scratch.write("x", to: "packs/\(shared[0])")
    #expect(try Program.run("verify", workspace.packs).output.contains("changed: \(shared[0])"))
    // A pack is replaced with its PDFs in it.
    #expect(try Self.build(workspace).status == 0)
  }

  @Test func `a PDF is printed from its page and dated as at`() throws {
    let workspace = try Self.workspace(["chromium": Self.browser])
    #expect(try Self.build(workspace).status == 0)
    let files = Self.printed(workspace)
    #expect(files.count == 9)
    for file in files {
      let text = try workspace.scratch.text("packs/" + file)
      #expect(
        text.hasPrefix(
          "%PDF-1.4 /CreationDate (D:20250908120000+00'00') /ModDate (D:20250908120000+00'00')\n"))
      let page = try workspace.scratch.text("packs/" + file.replacingOccurrences(of: ".pdf", with: ".html"))
      let title = try #require(page.firstMatch(of: /<title>.*<\/title>/)?.output)
      #expect(text.contains(title))
    }
  }

  @Test func `a PDF has no paths of this computer`() {
    let page =
      "<a class=\"x\" href=\"#a\">1</a><a href=\"#b\">2</a><a href=\"pack.xlsx\">3</a><a href=\"https://a.b\">4</a>"
    #expect(
      String(decoding: PDFPrinter.withoutRelativeLinks(Array(page.utf8)), as: UTF8.self)
        == page.replacingOccurrences(of: " href=\"pack.xlsx\"", with: ""))
  }

  @Test func `a PDF of a restricted report is private and no other file is left`() throws {
    let workspace = try Self.workspace(["google-chrome": Self.browser])
    #expect(try Self.build(workspace).status == 0)
    let files = Self.printed(workspace)
    #expect(files.count == 9)
    for file in files {
      let attributes = try FileManager.default.attributesOfItem(atPath: workspace.packs + "/" + file)
      let expected = file.hasPrefix("restricted/") ? 0o600 : 0o644
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == expected, "\(file)")
    }
    #expect(try workspace.scratch.text("arguments").contains("--host-resolver-rules=MAP * ~NOTFOUND\n"))
    #expect(!workspace.scratch.files().contains { $0.hasSuffix("/kept") || $0.hasSuffix("/errors") })
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: workspace.packs).sorted() == [
        "manifest.json", "restricted", "share",
      ])
  }

  @Test func `WeasyPrint prints if there is no browser`() throws {
    let workspace = try Self.workspace(["weasyprint": Self.weasyPrint])
    #expect(try Self.build(workspace).status == 0)
    #expect(
      try workspace.scratch.text("packs/share/trust-attendance-review.pdf").hasPrefix(
        "%PDF-1.7 by WeasyPrint of file:///"))
    #expect(
      try workspace.scratch.text("packs/share/trust-attendance-review.pdf").hasSuffix(
        " with --stylesheet .two,.cards,.card{display:block!important}\n"))
  }

  @Test func `without a printer the packs are made and a message is printed`() throws {
    let workspace = try Self.workspace([:])
    for flag in ["--quiet", "--letters"] {
      let result = try Self.build(workspace, flag)
      #expect(result.status == 1)
      #expect(result.errors == "halfterm: No PDF was made: neither Chromium nor WeasyPrint is installed\n")
    }
    #expect(Self.printed(workspace).isEmpty)
    #expect(try Program.run("verify", workspace.packs).status == 0)
  }

  @Test func `a browser that fails is quoted and the packs are made`() throws {
    let script = "#!/bin/sh\necho 'no usable sandbox' >&2\nexit 7\n"
    let workspace = try Self.workspace(["chromium": script])
    let result = try Self.build(workspace, "--quiet")
    #expect(result.status == 1)
    let program = workspace.scratch.path + "/programs/chromium"
    #expect(
      result.errors.contains(
        "halfterm: restricted/\(Self.school)/senco-report.pdf was not made: \(program) ended with 7\n"
      ))
    #expect(result.errors.hasSuffix("halfterm: and 6 other PDFs not made\n"))
    #expect(Self.printed(workspace).isEmpty)
    #expect(try Program.run("verify", workspace.packs).status == 0)
  }

  @Test func `a file that is not a PDF is refused`() throws {
    let script = Self.browser.replacingOccurrences(of: "%PDF-1.4", with: "Not found")
    let workspace = try Self.workspace(["chromium": script])
    #expect(try Self.build(workspace).status == 1)
    #expect(Self.printed(workspace).isEmpty)
  }

  @Test(.timeLimit(.minutes(1))) func `a browser that takes too long is killed with its child processes`()
    async throws
  {
    let script = "#!/bin/sh\n/bin/sleep 300 &\necho $! >\"$HOME/child\"\nwait\n"
    let workspace = try Self.workspace(["chromium": script])
    let home = workspace.scratch.path
    let printer = try #require(PDFPrinter(path: "/nowhere:\(home)/programs", limit: 3))
    await #expect(throws: PDFFailure.self) {
      try await printer.print(page: [], home: home, dated: Day(number: 20_497))
    }
    let child = try #require(pid_t(try workspace.scratch.text("child").trimmingCharacters(in: .newlines)))
    #expect(Self.hasEnded(child))
  }

  /// Returns whether a process has ended; it may remain as a zombie until its parent waits for it.
  private static func hasEnded(_ process: pid_t) -> Bool {
    for _ in 0..<50 {
      let facts = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      if facts?.contains(") Z ") ?? true { return true }
      usleep(100_000)
    }
    return false
  }
}
