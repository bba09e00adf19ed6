/// The kind of reason for which a pupil left, without the words of the export about one pupil.
package enum LeavingReason: String, CaseIterable, Sendable {
  case otherSchool = "Another school or provider"
  case homeEducation = "Elective home education"
  case excluded = "Permanent exclusion"
  case movedAway = "Moved away"
  case endOfSchool = "End of the school's years"
  case other = "Another reason"
  case notGiven = "No reason given"

  /// The words of each kind. The first kind with a word of the text is used.
  ///
  /// Source: the grounds of the School Attendance (Pupil Registration) (England) Regulations 2024, regulation 9, in the
  /// words of systems.
  private var words: [String] {
    switch self {
    case .homeEducation: ["home educat", "home school", "home-school", "educated at home", "ehe"]
    case .excluded: ["exclu", "expel"]
    case .endOfSchool:
      [
        "end of key stage", "end of ks", "end of year", "key stage 4", "post 16", "post-16", "sixth form",
        "college",
        "employment", "apprentice", "training", "completed", "compulsory school", "graduat",
        "transition to secondary",
        "secondary transfer",
      ]
    case .otherSchool:
      ["school", "academy", "provision", "provider", "managed move", "transfer", "independent"]
    case .movedAway:
      ["moved", "abroad", "emigrat", "out of area", "left area", "left the area", "relocat", "country"]
    case .other, .notGiven: []
    }
  }

  private static let order = [homeEducation, excluded, endOfSchool, otherSchool, movedAway]

  /// - Parameter text: The reason in the export.
  package init(_ text: String) {
    let plain = text.lowercased()
    guard plain.contains(where: { !$0.isWhitespace }) else {
      self = .notGiven
      return
    }
    self =
      LeavingReason.order.first { reason in reason.words.contains { LeavingReason.has($0, in: plain) } }
      ?? .other
  }

  /// Short words must be whole words: `ehe` is not in `whether`.
  private static func has(_ word: String, in text: String) -> Bool {
    word.count > 3
      ? text.contains(word)
      : text.split { !$0.isLetter }.contains { $0 == word }
  }
}
