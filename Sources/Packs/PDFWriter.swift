import Foundation
import Registers
import ReportModel

/// Prints the reports of a pack as PDF files in the folders of their pages.
package struct PDFWriter {
  /// The program that prints, or `nil` if none is installed.
  private let printer: PDFPrinter?

  /// The PDF files of a run.
  struct Output: Sendable {
    let records: [OutputFolder.Record]
    /// A message for each page that was not printed, or one for all pages.
    let failures: [String]
  }

  /// Finds the program in the folders of `PATH`.
  package init() { printer = PDFPrinter(path: ProcessInfo.processInfo.environment["PATH"] ?? "") }

  /// Prints the reports among the outputs of a pack, at most `jobs` at a time; letters and index pages are not printed.
  ///
  /// A page that cannot be printed is reported and does not stop the run.
  ///
  /// - Throws: `RunFailure` if a page cannot be read, or a PDF cannot be written into the pack.
  func write(
    _ outputs: [OutputFolder.Record], to folder: OutputFolder, dated day: Day, jobs: Int
  ) async throws -> Output {
    guard let printer else {
      return Output(
        records: [], failures: ["No PDF was made: neither Chromium nor WeasyPrint is installed"])
    }
    // A browser may keep copies of pages in its home, so the home is in the new folder, which is private.
    let homes = ".pdf"
    try folder.makeFolder(homes)
    let stems = outputs.map(\.path).compactMap(PDFWriter.stem)
    let pages = try await concurrentMap(Array(stems.enumerated()), jobs: jobs) { index, stem in
      try await printPage(stem, with: printer, to: folder, home: "\(homes)/\(index)", dated: day)
    }
    try folder.remove(homes)
    return Output(
      records: pages.compactMap(\.record), failures: PDFWriter.summary(of: pages.compactMap(\.failure)))
  }

  /// A page that was printed, with its record, or one that was not, with a message.
  private struct PrintedPage: Sendable {
    var record: OutputFolder.Record?
    var failure: String?
  }

  private func printPage(
    _ stem: String, with printer: PDFPrinter, to folder: OutputFolder, home: String, dated day: Day
  ) async throws(RunFailure) -> PrintedPage {
    try folder.makeFolder(home)
    let page = try folder.bytes(of: "\(stem).html")
    let pdf: [UInt8]
    do throws(PDFFailure) {
      pdf = try await printer.print(page: page, home: folder.path(of: home), dated: day)
    } catch {
      return PrintedPage(failure: "\(stem).pdf was not made: \(error)")
    }
    return PrintedPage(record: try folder.write(pdf, to: "\(stem).pdf"))
  }

  /// Returns the first few messages and the number of the others, because the same cause usually stops every page.
  private static func summary(of failures: [String]) -> [String] {
    let shown = failures.prefix(3)
    let others = failures.count - shown.count
    return shown + (others == 0 ? [] : ["and \(counted(others, "other PDF")) not made"])
  }

  /// Returns the path of a report's page without its extension, or `nil` if the file is not the page of a report.
  private static func stem(of path: String) -> String? {
    guard path.hasSuffix(".html") else { return nil }
    let stem = String(path.dropLast(".html".count))
    return stem.split(separator: "/").last.flatMap { Report.Kind(rawValue: String($0)) }.map { _ in stem }
  }
}
