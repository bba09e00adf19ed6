import Registers
import ReportModel

/// Withholds small numbers from anything a board may see.
///
/// Source: rules, section 10. This is the primary rule: a count of pupils from 1 to the threshold, and every figure of
/// that few pupils, becomes `[c]`.
package struct Disclosure: Sendable {
  /// Unit: pupils. Counts from 1 to this are withheld.
  package let threshold: Int

  package init(threshold: Int) { self.threshold = threshold }

  package func isSmall(_ pupils: Int) -> Bool { 1...max(1, threshold) ~= pupils && threshold > 0 }

  package func protect(_ cell: Cell) -> Cell {
    switch cell {
    case .pupils(let pupils), .sessions(_, let pupils), .rate(_, let pupils), .points(_, let pupils),
      .minutes(_, let pupils), .decimal(_, _, let pupils):
      isSmall(pupils) ? .shorthand(.confidential) : cell
    case .share(let rate):
      isSmall(rate.part) || isSmall(rate.whole) ? .shorthand(.confidential) : cell
    case .text, .number, .day, .shorthand: cell
    }
  }

  package func protect(_ sentence: Sentence) -> Sentence {
    Sentence(
      parts: sentence.parts.map { part in
        switch part {
        case .words: part
        case .figure(let cell): .figure(protect(cell))
        }
      })
  }

  package func protect(_ report: Report) -> Report {
    let shown = report.tables.map(protect)
    return Report(
      report.kind, subject: report.subject, period: report.period, from: report.from, asAt: report.asAt,
      purpose: report.purpose, headlines: headlines(of: report), questions: questions(of: report),
      sections: report.sections.map { section in
        let tables = section.tables.map(protect)
        return Section(
          section.title, sentences: section.sentences.map(protect), tables: tables,
          charts: section.charts.map { protect($0, drawn: shown) }, prose: section.prose,
          isFirst: section.isFirst)
      }, notes: report.notes + [note])
  }

  private func protect(_ table: Table) -> Table {
    Table(
      table.name, title: table.title, columns: table.columns, rows: table.rows.map { $0.map(protect) },
      notes: table.notes, source: table.source, look: table.look, total: table.total,
      blockColumn: table.blockColumn)
  }

  /// A chart of which any figure is withheld keeps to its plain title.
  private func protect(_ chart: Chart, drawn tables: [Table]) -> Chart {
    let table = tables.first { $0.name == chart.table }
    let isWhole = table?.rows.allSatisfy { row in
      chart.series.allSatisfy { row[$0] != .shorthand(.confidential) }
    }
    return Chart(
      chart.kind, title: isWhole == true ? chart.title : chart.plainTitle, caption: chart.caption,
      description: chart.description, table: chart.table, categories: chart.categories, series: chart.series,
      plainTitle: chart.plainTitle)
  }

  /// A headline that says nothing without its withheld figure is left out.
  private func headlines(of report: Report) -> [Sentence] {
    report.headlines.map(protect).filter { !$0.parts.contains(.figure(.shorthand(.confidential))) }
  }

  /// A question that would ask of a withheld figure is not asked.
  private func questions(of report: Report) -> [Question] {
    report.questions.map { Question(protect($0.asks), section: $0.section) }
      .filter { !$0.asks.parts.contains(.figure(.shorthand(.confidential))) }
  }

  private var note: String {
    "Counts of pupils from 1 to \(threshold), and figures of that few pupils, are withheld and shown as [c], and so are others that would give them away."
  }
}
