import Registers

/// The contents of a report, made before anything is written, so that the page and the workbook cannot disagree.
package struct Report: Sendable {
  package let kind: Kind
  /// The name of the school or trust.
  package let subject: String
  /// The period, such as `Spring 1 2025/26`.
  package let period: String
  /// The first day of the period, or `nil` for the start of the school year.
  package let from: Day?
  package let asAt: Day
  /// The readers and the contents of the report, in a sentence or two.
  package let purpose: String
  /// The headlines, the most important first.
  package let headlines: [Sentence]
  /// The questions, the most pressing first. Writers show the first few.
  package let questions: [Question]
  package let sections: [Section]
  /// Notes on the method, in plain words.
  package let notes: [String]

  package init(
    _ kind: Kind, subject: String, period: String, from: Day? = nil, asAt: Day, purpose: String,
    headlines: [Sentence],
    questions: [Question] = [], sections: [Section], notes: [String]
  ) {
    self.kind = kind
    self.subject = subject
    self.period = period
    self.from = from
    self.asAt = asAt
    self.purpose = purpose
    self.headlines = headlines
    self.questions = questions
    self.sections = sections
    self.notes = notes
  }

  /// Returns the report with a sentence before its headlines, or as it is for `nil`.
  package func beginning(with sentence: Sentence?) -> Report {
    guard let sentence else { return self }
    return Report(
      kind, subject: subject, period: period, from: from, asAt: asAt, purpose: purpose,
      headlines: [sentence] + headlines, questions: questions, sections: sections, notes: notes)
  }

  /// The reports; raw values are the stems of their files.
  package enum Kind: String, CaseIterable, Sendable {
    case governorPack = "governor-pack"
    case trustAttendanceReview = "trust-attendance-review"
    case governorPackExact = "governor-pack-exact"
    case trustAttendanceReviewExact = "trust-attendance-review-exact"
    case sencoReport = "senco-report"
    case attendanceActions = "attendance-actions"
    case lookedAfterReport = "looked-after-report"
    case disadvantagedReport = "disadvantaged-report"
    case dataQuality = "data-quality"

    package var title: String {
      switch self {
      case .governorPack: "Governor pack"
      case .trustAttendanceReview: "Trust attendance review"
      case .governorPackExact: "Governor pack, exact figures"
      case .trustAttendanceReviewExact: "Trust attendance review, exact figures"
      case .sencoReport: "SENCo report"
      case .attendanceActions: "Attendance actions"
      case .lookedAfterReport: "Looked-after children report"
      case .disadvantagedReport: "Disadvantaged pupils report"
      case .dataQuality: "Data quality"
      }
    }

    /// The readers a report is for.
    package enum Audience: Sendable {
      /// The board and the public: small numbers are hidden.
      case board
      /// The board in confidence: no pupil is named, and small numbers are shown.
      case confidential
      /// Staff who work with the pupils it names.
      case staff
    }

    package var audience: Audience {
      switch self {
      case .governorPack, .trustAttendanceReview: .board
      case .governorPackExact, .trustAttendanceReviewExact: .confidential
      case .sencoReport, .attendanceActions, .lookedAfterReport, .disadvantagedReport, .dataQuality: .staff
      }
    }

    /// A Boolean value that indicates whether the report belongs under `share/`.
    package var mayBeShared: Bool { audience == .board }

    /// The line about who may see the report, for every sheet and page.
    package var sensitivity: String {
      switch audience {
      case .board: "For the board. No pupil is named and small numbers are hidden. Check before you publish"
      case .confidential: "Confidential: small numbers; for the board's confidential business"
      case .staff: "Official-Sensitive: contains personal data"
      }
    }
  }

  package var tables: [Table] { sections.flatMap(\.tables) }
}

/// A part of a report under one heading.
package struct Section: Sendable {
  package let title: String
  package let sentences: [Sentence]
  package let tables: [Table]
  package let charts: [Chart]
  package let cards: [PupilCard]
  /// Text written by staff, or `nil` if there is none.
  package let prose: Prose?
  /// A Boolean value that indicates whether the section belongs on page one, before the list of contents.
  package let isFirst: Bool

  package init(
    _ title: String, sentences: [Sentence] = [], tables: [Table] = [], charts: [Chart] = [],
    cards: [PupilCard] = [], prose: Prose? = nil, isFirst: Bool = false
  ) {
    self.title = title
    self.sentences = sentences
    self.tables = tables
    self.charts = charts
    self.cards = cards
    self.prose = prose
    self.isFirst = isFirst
  }
}

/// A sentence whose figures are cells, so that disclosure control can use them.
package struct Sentence: Hashable, Sendable, ExpressibleByStringInterpolation {
  package let parts: [Part]

  package init(parts: [Part]) { self.parts = parts }
  package init(stringLiteral words: String) { parts = [.words(words)] }
  package init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

  package enum Part: Hashable, Sendable {
    case words(String)
    case figure(Cell)
  }

  package struct Interpolation: StringInterpolationProtocol {
    package var parts: [Part] = []
    package init(literalCapacity: Int, interpolationCount: Int) {}
    package mutating func appendLiteral(_ words: String) { if !words.isEmpty { parts.append(.words(words)) } }
    package mutating func appendInterpolation(_ cell: Cell) { parts.append(.figure(cell)) }
    package mutating func appendInterpolation(_ sentence: Sentence) { parts += sentence.parts }
    package mutating func appendInterpolation(_ words: String) { parts.append(.words(words)) }
  }

  package var formatted: String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .figure(let cell): cell.formatted
      }
    }.joined()
  }
}
