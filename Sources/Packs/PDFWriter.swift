import Foundation
import Registers
import ReportModel

/// Prints the reports of a pack as PDF, each beside its page.
package struct PDFWriter {
  /// Missing: nil where no program that prints is installed.
  let printer: PDFPrinter?

  /// What was printed, and why what is missing was not.
  struct Written: Sendable {
    let records: [OutputFolder.Record]
    /// In words, one for each page that was not printed, or one for all.
    let failures: [String]
  }

  /// The program is looked for in the folders of `PATH`.
  package init() { printer = PDFPrinter(path: ProcessInfo.processInfo.environment["PATH"] ?? "") }

  /// Prints the reports among what was written, so many at a time; no letters and no index pages.
  ///
  /// A page that cannot be printed is told of and holds up nothing: the page itself and its workbook are there.
  /// Throws: where a PDF cannot be put into the folder.
  func write(
    _ written: [OutputFolder.Record], to folder: OutputFolder, dated day: Day, jobs: Int
  ) async throws -> Written {
    guard let printer else {
      return Written(
        records: [], failures: ["No PDF was made: neither Chromium nor WeasyPrint is installed"])
    }
    // Within the new folder, which only its owner can read, since a browser may keep what it reads in its home.
    let homes = ".pdf"
    try folder.makeFolder(homes)
    let stems = written.map(\.path).compactMap(PDFWriter.stem)
    let results = try await concurrentMap(Array(stems.enumerated()), jobs: jobs) { place, stem in
      try await print(stem, with: printer, to: folder, home: "\(homes)/\(place)", dated: day)
    }
    try folder.remove(homes)
    return Written(
      records: results.compactMap(\.record), failures: PDFWriter.formatted(results.compactMap(\.failure)))
  }

  /// One of the two.
  private struct Printed: Sendable {
    var record: OutputFolder.Record?
    var failure: String?
  }

  private func print(
    _ stem: String, with printer: PDFPrinter, to folder: OutputFolder, home: String, dated day: Day
  ) async throws -> Printed {
    try folder.makeFolder(home)
    let page = try folder.bytes(of: "\(stem).html")
    let pdf: [UInt8]
    do {
      pdf = try await printer.print(page: page, home: folder.path(of: home), dated: day)
    } catch {
      return Printed(failure: "\(stem).pdf was not made: \(error.reason)")
    }
    return Printed(record: try folder.write(pdf, to: "\(stem).pdf"))
  }

  /// The first few in full: what stops one page from being printed mostly stops them all.
  private static func formatted(_ failures: [String]) -> [String] {
    let shown = failures.prefix(3)
    let others = failures.count - shown.count
    return shown + (others == 0 ? [] : ["and \(Summary.count(others, "other PDF")) neither"])
  }

  /// The path of a report's page without its ending. Missing: nil for what is no page of a report.
  private static func stem(of path: String) -> String? {
    guard path.hasSuffix(".html") else { return nil }
    let stem = String(path.dropLast(".html".count))
    return stem.split(separator: "/").last.flatMap { Report.Kind(rawValue: String($0)) }.map { _ in stem }
  }
}
