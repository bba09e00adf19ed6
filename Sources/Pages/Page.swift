import Registers
import ReportModel

extension PageTemplates {
  /// Returns a report as one page of HTML that needs no other file.
  ///
  /// - Parameter workbook: The name of the report's workbook in the same folder, or `nil` if there is none.
  package func page(
    _ report: Report, publisher: String, brand: PageBrand = PageBrand(), workbook: String?, version: String
  ) -> String {
    render(
      Page.values(of: report, publisher: publisher, brand: brand, workbook: workbook, version: version),
      with: "pack")
  }

  /// Returns a page with links to the files of a folder.
  package func index(_ index: IndexPage, brand: PageBrand = PageBrand(), version: String) -> String {
    render(Page.values(of: index, brand: brand, version: version), with: "index")
  }
}

/// A trust's logo and colour for its pages.
package struct PageBrand: Sendable {
  /// A picture as a `data:` URL, or `nil` if there is no logo.
  package let logo: String?
  /// A colour such as `#12436D`, dark enough for text on white, or `nil` for the default colour.
  package let accent: String?

  package init(logo: String? = nil, accent: String? = nil) {
    self.logo = logo
    self.accent = accent
  }
}

/// The contents of an index page.
package struct IndexPage: Sendable {
  package let title: String
  package let trust: String
  package let period: String
  package let asAt: Day
  package let sensitivity: String
  package let isRestricted: Bool
  package let groups: [Group]

  package struct Group: Sendable {
    package let name: String
    package let files: [File]

    package init(name: String, files: [File]) {
      self.name = name
      self.files = files
    }
  }

  package struct File: Sendable {
    /// The path from the folder of the index page.
    package let path: String
    package let title: String
    /// A description in one line.
    package let about: String
    /// The path of the workbook with the same contents, or `nil` if there is none.
    package let workbook: String?

    package init(path: String, title: String, about: String, workbook: String? = nil) {
      self.path = path
      self.title = title
      self.about = about
      self.workbook = workbook
    }
  }

  package init(
    title: String, trust: String, period: String, asAt: Day, sensitivity: String, isRestricted: Bool,
    groups: [Group]
  ) {
    self.title = title
    self.trust = trust
    self.period = period
    self.asAt = asAt
    self.sensitivity = sensitivity
    self.isRestricted = isRestricted
    self.groups = groups
  }
}

/// The values of the templates for reports and index pages.
enum Page {
  static func values(
    of report: Report, publisher: String, brand: PageBrand, workbook: String?, version: String
  ) -> PageValues {
    let anchors = anchors(of: report.sections.map(\.title))
    return [
      "kind": report.kind.title,
      "subject": report.subject,
      "period": report.period,
      "hasFrom": report.from != nil, "from": report.from?.formatted ?? "",
      "asAt": report.asAt.formatted,
      "hasLogo": brand.logo != nil, "logo": brand.logo ?? "",
      "hasAccent": brand.accent != nil, "accent": brand.accent ?? "",
      "hasPublisher": publisher != report.subject,
      "publisher": publisher,
      "sensitivity": report.kind.sensitivity,
      "restricted": !report.kind.mayBeShared,
      "purpose": report.purpose,
      "headlines": report.headlines.map { ["parts": Page.values(of: $0)] as PageValues },
      "hasContents": report.sections.count > 3,
      "hasFirst": report.sections.contains(where: \.isFirst),
      "first": zip(report.sections, anchors).filter(\.0.isFirst).map { section($0, anchor: $1, of: report) },
      "hasQuestions": !report.questions.isEmpty,
      "questions": report.questions.prefix(Question.maxShown).map { question in
        let section = report.sections.firstIndex { $0.title == question.section }
        return [
          "parts": Page.values(of: question.sentence), "hasSection": section != nil,
          "section": question.section,
          "target": section.map { anchors[$0] } ?? "",
        ] as PageValues
      },
      "sections": zip(report.sections, anchors).filter { !$0.0.isFirst }.map {
        section($0, anchor: $1, of: report)
      },
      "notes": report.notes,
      "accessibility": Report.accessibilityNote,
      "hasWorkbook": workbook != nil,
      "workbook": workbook ?? "",
      "version": version,
    ]
  }

  static func values(of index: IndexPage, brand: PageBrand, version: String) -> PageValues {
    [
      "hasLogo": brand.logo != nil, "logo": brand.logo ?? "",
      "hasAccent": brand.accent != nil, "accent": brand.accent ?? "",
      "title": index.title,
      "trust": index.trust,
      "period": index.period,
      "asAt": index.asAt.formatted,
      "sensitivity": index.sensitivity,
      "restricted": index.isRestricted,
      "groups": index.groups.map { group in
        [
          "anchor": Page.anchor(group.name), "name": group.name,
          "files": group.files.map { file in
            [
              "path": file.path, "title": file.title, "about": file.about,
              "hasWorkbook": file.workbook != nil, "workbook": file.workbook ?? "",
            ] as PageValues
          },
        ] as PageValues
      },
      "version": version,
    ]
  }

  static func values(of sentence: Sentence) -> [PageValues] {
    sentence.parts.map { part in
      switch part {
      case .words(let words): ["figure": false, "text": words]
      case .figure(let cell): ["figure": true, "text": cell.formatted]
      }
    }
  }

  /// Returns the values of a section.
  ///
  /// A chart is placed beside a short table with few columns. A long table of a chart's figures is collapsed.
  static func section(_ section: Section, anchor: String, of report: Report) -> PageValues {
    var tables = section.tables.filter { $0.look != .wideList && $0.look != .sheet }
    var charts = section.charts.compactMap { chart in
      report.tables.first { $0.name == chart.table }.flatMap { ChartDrawing(chart, of: $0)?.values }
    }
    let chartTables = Set(section.charts.map(\.table))
    var pairs: [PageValues] = []
    if let chart = charts.first, let table = tables.first, table.columns.count <= 4, table.rows.count <= 12 {
      pairs.append(["chart": [chart], "table": [values(of: table, under: section.title)]])
      charts.removeFirst()
      tables.removeFirst()
    }
    let collapsed = tables.filter { chartTables.contains($0.name) && $0.rows.count > 12 }
    tables.removeAll { table in collapsed.contains { $0.name == table.name } }
    let listSize = section.tables.first.flatMap { $0.look.isWorkingList ? $0.rows.count : nil }
    return [
      "anchor": anchor, "title": section.title,
      "hasSize": listSize != nil, "size": listSize.map(String.init) ?? "",
      "sentences": section.sentences.map { ["parts": values(of: $0)] as PageValues },
      "prose": section.prose.map(prose) ?? [],
      "pairs": pairs, "charts": charts,
      "tables": tables.map { values(of: $0, under: section.title) },
      "folded": collapsed.map { values(of: $0, under: section.title) },
      "hasCards": !section.cards.isEmpty,
      "cards": section.cards.enumerated().map { index, card in
        card.values(anchor: "\(anchor)-\(index + 1)")
      },
    ]
  }

  private static func prose(_ prose: Prose) -> [PageValues] {
    func runs(_ words: [Prose.Words]) -> [PageValues] {
      words.map { ["text": $0.text, "strong": $0.isStrong] }
    }
    return prose.blocks.map { block in
      let values: PageValues =
        switch block {
        case .heading(let text): ["isHeading": true, "text": text]
        case .paragraph(let words): ["isParagraph": true, "words": runs(words)]
        case .list(let items, let isNumbered):
          [
            isNumbered ? "isNumbered" : "isList": true,
            "items": items.map { ["words": runs($0)] as PageValues },
          ]
        }
      return values.merging([
        "isHeading": false, "isParagraph": false, "isList": false, "isNumbered": false,
      ])
    }
  }

  /// Returns a unique anchor for each title.
  private static func anchors(of titles: [String]) -> [String] {
    var seen: Set<String> = []
    return titles.map { title in
      let base = anchor(title)
      var anchor = base
      var number = 2
      while !seen.insert(anchor).inserted {
        anchor = "\(base)-\(number)"
        number += 1
      }
      return anchor
    }
  }

  static func anchor(_ title: String) -> String {
    title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
  }
}
