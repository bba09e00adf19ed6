import Registers

/// Checks of how many of a school's marks are refused, and which.
enum RefusalChecks {
  static let rules: [FindingRule] = [.refusedMarks, .refusedMarksAccepted]
}

extension FindingRule {
  static let refusedMarks = FindingRule(
    "refused-marks", .blocks,
    meaning:
      "More than 2% of a school's marks are refused, or the refused marks are its absences, so its figures would be "
      + "wrong. Nothing is written.",
    remedy:
      "Correct the file, or say under profile in the trust file what the marks (marks), sessions (sessions) or dates (dates) "
      + "mean. To build anyway, set accept_refused: true for the school.")

  package static let refusedMarksAccepted = FindingRule(
    "refused-marks-accepted", .warns,
    meaning:
      "Many of a school's marks are refused, and the trust file says to build anyway. Page one of each pack says so.",
    remedy:
      "Correct the file, or say under profile in the trust file what the marks mean.")
}

extension Issue {
  /// - Parameters:
  ///   - texts: The refused texts and their counts, the most frequent first.
  ///   - areAbsences: A Boolean value that indicates whether the refused marks are likely to be the school's absences.
  ///   - isAccepted: A Boolean value that indicates whether the trust file accepts them.
  static func refusedMarks(
    _ count: Int, of total: Int, texts: [String], areAbsences: Bool, isAccepted: Bool
  ) -> Issue {
    let tenths = (1000 * count + total / 2) / max(1, total)
    let listed = texts.isEmpty ? "" : ": " + texts.joined(separator: ", ")
    let absences = areAbsences ? ", and they seem to be its absences" : ""
    return Issue(
      isAccepted ? .refusedMarksAccepted : .refusedMarks,
      "\(count) of \(Issue.count(total, "mark")) (\(tenths / 10).\(tenths % 10)%) are refused\(absences)\(listed)"
    )
  }
}

/// The marks of a school that are refused because their code, session, date or row cannot be read.
struct RefusedMarks {
  private(set) var count = 0
  /// The refused marks whose text has a letter or a digit, as the name of a code has.
  private(set) var words = 0
  private var files: [String: Int] = [:]
  private var texts: [String: Int] = [:]

  /// The number of different texts that are counted.
  private static let maxTexts = 100

  mutating func add(_ issue: Issue, _ places: Int, file: String) {
    guard let reason = issue.refusal else { return }
    count += places
    files[file, default: 0] += places
    guard let text = issue.refusedText else { return }
    if reason == .code, text.contains(where: { $0.isLetter || $0.isNumber }) { words += places }
    let quoted = reason == .date ? Issue.quoted(text) : Issue.quotedMark(text)
    if texts[quoted] != nil || texts.count < RefusedMarks.maxTexts { texts[quoted, default: 0] += places }
  }

  /// The file with the most refused marks.
  var file: String { files.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? "" }

  /// The most frequent texts with their counts, for a message.
  var listedTexts: [String] {
    texts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5).map { "\($0.key) (\($0.value))" }
  }
}

extension RegisterChecks {
  /// The most marks that may be refused, in per cent of all.
  private static let maxRefused = 2
  /// The fewest refused texts that can be a school's absences.
  private static let minAbsences = 3

  /// Reports refused marks that are too many, or that are the school's absences.
  func checkRefusedMarks() {
    let refused = builder.refused
    guard refused.count > 0 else { return }
    var (kept, absences) = (0, 0)
    for pupil in register.indices {
      register.withMarks(of: pupil) { marks in
        for mark in marks {
          if CodeSet.inSchoolTime.contains(raw: mark) { kept += 1 }
          if CodeSet.absence.contains(raw: mark) { absences += 1 }
        }
      }
    }
    let areAbsences = refused.words >= RegisterChecks.minAbsences && refused.words > absences
    guard 100 * refused.count > RegisterChecks.maxRefused * (kept + refused.count) || areAbsences else {
      return
    }
    builder.report(
      .refusedMarks(
        refused.count, of: kept + refused.count, texts: refused.listedTexts, areAbsences: areAbsences,
        isAccepted: builder.settings.acceptsRefusedMarks), refused.file, nil)
  }
}
