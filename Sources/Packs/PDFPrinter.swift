import Foundation
import Registers
import Synchronization

/// A program of this machine that prints a page as PDF.
struct PDFPrinter: Sendable {
  enum Kind: Sendable { case chromium, weasyPrint }

  let kind: Kind
  /// Where the program is.
  let program: String
  /// What a page may take. Unit: seconds.
  let limit: Double

  /// Why a page was not printed, in words.
  struct Refusal: Error {
    let reason: String
  }

  private static let programs: [(name: String, kind: Kind)] = [
    ("chromium", .chromium), ("chromium-browser", .chromium), ("google-chrome", .chromium),
    ("google-chrome-stable", .chromium), ("weasyprint", .weasyPrint),
  ]

  /// The first of the programs that is in a folder of the path. Missing: nil where none is installed.
  init?(path: String, limit: Double = 120) {
    let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
    let found = PDFPrinter.programs.lazy.flatMap { program in
      folders.map { (path: "\($0)/\(program.name)", kind: program.kind) }
    }.first { PDFPrinter.isProgram($0.path) }
    guard let found else { return nil }
    kind = found.kind
    program = found.path
    self.limit = limit
  }

  private static func isProgram(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }

  /// Prints a page. The program gets a home of its own, a folder that exists and that the caller removes.
  ///
  /// Returns: the PDF, dated noon on the day. Throws: `Refusal` where the program fails or takes too long.
  func print(page: [UInt8], home: String, dated day: Day) async throws(Refusal) -> [UInt8] {
    let (source, result) = (home + "/page.html", home + "/page.pdf")
    try PDFPrinter.write(PDFPrinter.withoutPlaces(page), to: source)
    try PDFPrinter.write(Array(PDFPrinter.plainStyle.utf8), to: PDFPrinter.plainStyle(in: home))
    let ended = try await run(arguments(page: source, result: result, home: home), home: home)
    guard let ended else { throw Refusal(reason: "\(program) took longer than \(Int(limit)) seconds") }
    guard ended == 0, let pdf = FileManager.default.contents(atPath: result),
      pdf.starts(with: Data("%PDF-".utf8))
    else { throw Refusal(reason: "\(program) ended with \(ended)\(lastWords(in: home))") }
    return PDFPrinter.dated(day, Array(pdf))
  }

  /// The page without its links to the files beside it: a PDF would hold them as paths of this machine.
  static func withoutPlaces(_ page: [UInt8]) -> [UInt8] {
    let text = String(decoding: page, as: UTF8.self)
    return Array(text.replacing(/<a href="(?!#|[a-z]+:)[^"]*"/, with: "<a").utf8)
  }

  /// WeasyPrint 70 fails on cards that stand side by side over several sheets, so with it they stand one below the other.
  private static let plainStyle = ".two,.cards,.card{display:block!important}\n"

  private static func plainStyle(in home: String) -> String { home + "/plain.css" }

  private static func write(_ bytes: [UInt8], to path: String) throws(Refusal) {
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      throw Refusal(reason: "\(path) cannot be written")
    }
  }

  private func arguments(page: String, result: String, home: String) -> [String] {
    let address = URL(fileURLWithPath: page).absoluteString
    guard kind == .chromium else {
      return ["--stylesheet", PDFPrinter.plainStyle(in: home), address, result]
    }
    // As root Chromium starts without its sandbox or not at all; the page holds no script and may fetch nothing.
    let sandbox = geteuid() == 0 ? ["--no-sandbox"] : []
    return sandbox + [
      "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--no-default-browser-check",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--disable-extensions",
      "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(home)", "--no-pdf-header-footer",
      "--print-to-pdf=\(result)", address,
    ]
  }

  /// The last line that the program said of itself.
  private func lastWords(in home: String) -> String {
    guard let said = FileManager.default.contents(atPath: home + "/said") else { return "" }
    let line = String(decoding: said, as: UTF8.self).split(separator: "\n").last {
      !$0.allSatisfy(\.isWhitespace)
    }
    return line.map { ": \($0.prefix(200))" } ?? ""
  }
}

extension PDFPrinter {
  /// Runs the program until it ends. Missing: nil where it took too long and was ended.
  private func run(_ arguments: [String], home: String) async throws(Refusal) -> Int32? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["HOME": home, "TZ": "UTC"]) { _, own in
      own
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    _ = FileManager.default.createFile(atPath: home + "/said", contents: nil)
    process.standardError = FileHandle(forWritingAtPath: home + "/said") ?? .nullDevice
    let watch = Watch()
    do {
      return try await withCheckedThrowingContinuation { continuation in
        process.terminationHandler = { ended in
          continuation.resume(returning: watch.end() ? ended.terminationStatus : nil)
        }
        do {
          try process.run()
          watch.start(process.processIdentifier, limit: limit)
        } catch {
          continuation.resume(throwing: error)
        }
      }
    } catch {
      throw Refusal(reason: "\(program) cannot be started: \(error.localizedDescription)")
    }
  }

  /// Ends a program that takes too long, with all that it started.
  private final class Watch: Sendable {
    private enum State { case runs, ended, overdue }
    private let state = Mutex(State.runs)

    func start(_ process: pid_t, limit: Double) {
      DispatchQueue.global().asyncAfter(deadline: .now() + limit) { [self] in
        state.withLock { state in
          guard state == .runs else { return }
          state = .overdue
          // A program that is started leads a group of processes, so that those it started in turn end with it.
          if kill(-process, SIGKILL) != 0 { kill(process, SIGKILL) }
        }
      }
    }

    /// Returns: false where it was ended because it took too long.
    func end() -> Bool {
      state.withLock { state in
        if state == .runs { state = .ended }
        return state == .ended
      }
    }
  }
}

extension PDFPrinter {
  /// The PDF with the dates it carries set to noon on the day, so that they are not those of the run.
  ///
  /// Source: PDF 1.7, sections 7.9.4 and 14.3.3. A date that stands in a compressed part is left as it is.
  static func dated(_ day: Day, _ pdf: [UInt8]) -> [UInt8] {
    let stamp = Array((day.iso.filter(\.isNumber) + "120000").utf8)
    var pdf = pdf
    for name in ["/CreationDate (D:", "/ModDate (D:"] {
      var rest = pdf[...]
      while let found = rest.firstRange(of: Array(name.utf8)) {
        let digits = found.upperBound..<min(found.upperBound + stamp.count, pdf.endIndex)
        if digits.count == stamp.count, pdf[digits].allSatisfy({ (48...57).contains($0) }) {
          pdf.replaceSubrange(digits, with: stamp)
        }
        rest = pdf[found.upperBound...]
      }
    }
    return pdf
  }
}
