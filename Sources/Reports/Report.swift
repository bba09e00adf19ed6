import Registers

/// A report as a value, made before anything is written, so that the page and the workbook cannot disagree.
public struct Report: Sendable {
  public let kind: Kind
  /// The school or trust it is about.
  public let subject: String
  /// The period, such as `Spring 1 2025/26`.
  public let period: String
  /// The first day of the period. Missing: nil where it is the school year's.
  public let from: Day?
  public let asAt: Day
  /// Who it is for and what it shows, in a sentence or two.
  public let purpose: String
  /// What matters most, most important first.
  public let headlines: [Sentence]
  /// Questions worth asking, the most pressing first; writers show the first few.
  public let questions: [Question]
  public let sections: [Section]
  /// What a reader needs to know of the method, in plain words.
  public let notes: [String]

  public init(
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

  /// The reports; raw values are the stems of their files.
  public enum Kind: String, CaseIterable, Sendable {
    case governorPack = "governor-pack"
    case trustAttendanceReview = "trust-attendance-review"
    case sencoReport = "senco-report"
    case attendanceActions = "attendance-actions"
    case lookedAfterReport = "looked-after-report"
    case disadvantagedReport = "disadvantaged-report"
    case dataQuality = "data-quality"

    public var title: String {
      switch self {
      case .governorPack: "Governor pack"
      case .trustAttendanceReview: "Trust attendance review"
      case .sencoReport: "SENCo report"
      case .attendanceActions: "Attendance actions"
      case .lookedAfterReport: "Looked-after children report"
      case .disadvantagedReport: "Disadvantaged pupils report"
      case .dataQuality: "Data quality"
      }
    }

    /// Whether the report may go to a board; the others name pupils.
    public var mayBeShared: Bool {
      switch self {
      case .governorPack, .trustAttendanceReview: true
      case .sencoReport, .attendanceActions, .lookedAfterReport, .disadvantagedReport, .dataQuality: false
      }
    }

    /// What every sheet and page says of who may see it.
    public var sensitivity: String {
      mayBeShared
        ? "For the board: names no pupil. Small counts are withheld: read it before you publish."
        : "Official-Sensitive: contains personal data"
    }
  }

  public var tables: [Table] { sections.flatMap(\.tables) }
}

/// A part of a report under one heading.
public struct Section: Sendable {
  public let title: String
  public let sentences: [Sentence]
  public let tables: [Table]
  public let charts: [Chart]
  public let cards: [PupilCard]
  /// What people wrote. Missing: nil for none.
  public let prose: Prose?
  /// Whether it belongs to page one, before the list of contents.
  public let isFirst: Bool

  public init(
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

/// A sentence whose figures are cells, so that disclosure control reaches them.
public struct Sentence: Hashable, Sendable, ExpressibleByStringInterpolation {
  public let parts: [Part]

  public init(parts: [Part]) { self.parts = parts }
  public init(stringLiteral words: String) { parts = [.words(words)] }
  public init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

  public enum Part: Hashable, Sendable {
    case words(String)
    case figure(Cell)
  }

  public struct Interpolation: StringInterpolationProtocol {
    var parts: [Part] = []
    public init(literalCapacity: Int, interpolationCount: Int) {}
    public mutating func appendLiteral(_ words: String) { if !words.isEmpty { parts.append(.words(words)) } }
    public mutating func appendInterpolation(_ cell: Cell) { parts.append(.figure(cell)) }
    public mutating func appendInterpolation(_ words: String) { parts.append(.words(words)) }
  }

  public var inWords: String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .figure(let cell): cell.inWords
      }
    }.joined()
  }
}
