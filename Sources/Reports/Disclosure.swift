import Measures

/// Withholds small numbers from anything a board may see.
///
/// Source: rules, section 10. This is the primary rule: a count of pupils from 1 to the threshold, and every figure of
/// that few pupils, becomes `[c]`.
public struct Disclosure: Sendable {
  /// Unit: pupils. Counts from 1 to this are withheld.
  public let threshold: Int

  public init(threshold: Int) { self.threshold = threshold }

  public func isSmall(_ pupils: Int) -> Bool { 1...max(1, threshold) ~= pupils && threshold > 0 }

  public func protect(_ cell: Cell) -> Cell {
    switch cell {
    case .pupils(let pupils), .sessions(_, let pupils), .rate(_, let pupils), .points(_, let pupils),
      .minutes(_, let pupils), .decimal(_, _, let pupils):
      isSmall(pupils) ? .shorthand(.confidential) : cell
    case .share(let rate):
      isSmall(rate.part) || isSmall(rate.whole) ? .shorthand(.confidential) : cell
    case .text, .number, .day, .shorthand: cell
    }
  }

  public func protect(_ sentence: Sentence) -> Sentence {
    Sentence(
      parts: sentence.parts.map { part in
        switch part {
        case .words: part
        case .figure(let cell): .figure(protect(cell))
        }
      })
  }

  public func protect(_ report: Report) -> Report {
    Report(
      report.kind, subject: report.subject, period: report.period, asAt: report.asAt,
      purpose: report.purpose, headlines: headlines(of: report),
      sections: report.sections.map { section in
        Section(
          section.title, sentences: section.sentences.map(protect),
          tables: section.tables.map { table in
            Table(
              table.name, title: table.title, columns: table.columns,
              rows: table.rows.map { $0.map(protect) }, notes: table.notes, source: table.source,
              look: table.look)
          }, charts: section.charts)
      }, notes: report.notes + [note])
  }

  /// A headline that says nothing without its withheld figure is left out.
  private func headlines(of report: Report) -> [Sentence] {
    report.headlines.map(protect).filter { !$0.parts.contains(.figure(.shorthand(.confidential))) }
  }

  private var note: String {
    "Counts of pupils from 1 to \(threshold), and figures of that few pupils, are withheld and shown as [c]."
  }
}
