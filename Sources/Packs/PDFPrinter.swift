import Foundation
import Registers
import Synchronization

/// An installed program that prints a page as PDF.
struct PDFPrinter: Sendable {
  enum Kind: Sendable { case chromium, weasyPrint }

  let kind: Kind
  /// The path of the program.
  let program: String
  /// The time limit for one page in seconds.
  let limit: Double

  private static let programs: [(name: String, kind: Kind)] = [
    ("chromium", .chromium), ("chromium-browser", .chromium), ("google-chrome", .chromium),
    ("google-chrome-stable", .chromium), ("weasyprint", .weasyPrint),
  ]

  /// Finds the first of the supported programs in a search path.
  ///
  /// Returns `nil` if none is installed.
  init?(path: String, limit: Double = 120) {
    let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
    let found = PDFPrinter.programs.lazy.flatMap { program in
      folders.map { (path: "\($0)/\(program.name)", kind: program.kind) }
    }.first { PDFPrinter.isExecutable($0.path) }
    guard let found else { return nil }
    kind = found.kind
    program = found.path
    self.limit = limit
  }

  private static func isExecutable(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }

  /// Prints a page as a PDF that is dated noon on a day.
  ///
  /// - Parameter home: An existing folder as the program's home, which the caller removes.
  /// - Throws: `PDFFailure` if the program fails or takes too long.
  func print(page: [UInt8], home: String, dated day: Day) async throws(PDFFailure) -> [UInt8] {
    let (source, result) = (home + "/page.html", home + "/page.pdf")
    try PDFPrinter.write(PDFPrinter.withoutRelativeLinks(page), to: source)
    try PDFPrinter.write(Array(PDFPrinter.plainStyle.utf8), to: PDFPrinter.plainStyle(in: home))
    let status = try await run(arguments(page: source, result: result, home: home), home: home)
    guard status == 0, let pdf = FileManager.default.contents(atPath: result),
      pdf.starts(with: Data("%PDF-".utf8))
    else { throw .ended(program: program, status: status) }
    return PDFPrinter.dated(day, Array(pdf))
  }

  /// Removes a page's relative links, which a PDF would store as absolute paths of this computer.
  static func withoutRelativeLinks(_ page: [UInt8]) -> [UInt8] {
    let text = String(decoding: page, as: UTF8.self)
    return Array(text.replacing(/<a href="(?!#|[a-z]+:)[^"]*"/, with: "<a").utf8)
  }

  /// WeasyPrint 70 fails on cards in columns that continue on the next sheet, so the cards form one column.
  private static let plainStyle = ".two,.cards,.card{display:block!important}\n"

  private static func plainStyle(in home: String) -> String { home + "/plain.css" }

  private static func write(_ bytes: [UInt8], to path: String) throws(PDFFailure) {
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      throw .notWritten(path: path)
    }
  }

  private func arguments(page: String, result: String, home: String) -> [String] {
    let address = URL(fileURLWithPath: page).absoluteString
    guard kind == .chromium else {
      return ["--stylesheet", PDFPrinter.plainStyle(in: home), address, result]
    }
    // Chromium does not start as root with its sandbox. The page has no script and may load nothing.
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

}

extension PDFPrinter {
  /// Runs the program and returns its exit status.
  private func run(_ arguments: [String], home: String) async throws(PDFFailure) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["HOME": home, "TZ": "UTC"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let timeout = Timeout()
    let status: Int32?
    do {
      status = try await withCheckedThrowingContinuation { continuation in
        process.terminationHandler = { ended in
          continuation.resume(returning: timeout.stop() ? ended.terminationStatus : nil)
        }
        do {
          try process.run()
          timeout.start(process.processIdentifier, limit: limit)
        } catch {
          continuation.resume(throwing: error)
        }
      }
    } catch {
      throw .notStarted(program: program, reason: error.localizedDescription)
    }
    guard let status else { throw .tookTooLong(program: program, seconds: Int(limit)) }
    return status
  }

  /// Kills a program, and all programs that it started, at the end of its time limit.
  private final class Timeout: Sendable {
    private enum State { case isRunning, hasEnded, isOverdue }
    private let state = Mutex(State.isRunning)

    func start(_ process: pid_t, limit: Double) {
      DispatchQueue.global().asyncAfter(deadline: .now() + limit) { [self] in
        state.withLock { state in
          guard state == .isRunning else { return }
          state = .isOverdue
          // The program leads a process group, so the signal also reaches the processes that it started.
          if kill(-process, SIGKILL) != 0 { kill(process, SIGKILL) }
        }
      }
    }

    /// Stops the timeout.
    ///
    /// - Returns: `false` if the program was killed.
    func stop() -> Bool {
      state.withLock { state in
        if state == .isRunning { state = .hasEnded }
        return state == .hasEnded
      }
    }
  }
}

extension PDFPrinter {
  /// Sets the dates in a PDF to noon on a day, so that they do not depend on the time of the run.
  ///
  /// A date in a compressed part stays as it is. See PDF 1.7, sections 7.9.4 and 14.3.3.
  private static func dated(_ day: Day, _ pdf: [UInt8]) -> [UInt8] {
    let stamp = Array((day.iso.filter(\.isNumber) + "120000").utf8)
    var pdf = pdf
    for name in ["/CreationDate (D:", "/ModDate (D:"] {
      var rest = pdf[...]
      while let range = rest.firstRange(of: Array(name.utf8)) {
        let digits = range.upperBound..<min(range.upperBound + stamp.count, pdf.endIndex)
        if digits.count == stamp.count, pdf[digits].allSatisfy({ (48...57).contains($0) }) {
          pdf.replaceSubrange(digits, with: stamp)
        }
        rest = pdf[range.upperBound...]
      }
    }
    return pdf
  }
}

/// The reason why a page was not printed as PDF. The run goes on, because the page and its workbook exist.
enum PDFFailure: ReportableError, Hashable {
  case notWritten(path: String)
  case notStarted(program: String, reason: String)
  case tookTooLong(program: String, seconds: Int)
  /// What the program wrote is not repeated, since it may quote the page.
  case ended(program: String, status: Int32)

  var description: String {
    switch self {
    case .notWritten(let path): "\(path) cannot be written"
    case .notStarted(let program, let reason): "\(program) cannot be started: \(reason)"
    case .tookTooLong(let program, let seconds): "\(program) took longer than \(seconds) seconds"
    case .ended(let program, let status): "\(program) ended with \(status)"
    }
  }

  var exitStatus: ExitStatus { .doneWithWarnings }
}
