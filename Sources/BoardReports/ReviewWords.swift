import ReportModel

/// The commentary of a school in the order of the review: barriers, actions, case studies, leadership.
///
/// Source: Diocese of St Albans MAT, attendance review, section 8: the parts only people can write.
struct ReviewWords {
  enum Topic: String, CaseIterable {
    case barriers = "Barriers"
    case actions = "Actions"
    case caseStudies = "Case studies of success"
    case leadership = "Leadership and systems"

    /// The words of a heading that put its text under the topic.
    var words: [String] {
      switch self {
      case .barriers: ["barrier", "in the way", "hinder", "obstacle"]
      case .actions: ["action", "done", "doing", "will do", "next", "plan"]
      case .caseStudies: ["case stud", "success", "what worked"]
      case .leadership: ["leader", "system", "off-roll", "missing education"]
      }
    }

    init?(heading: String) {
      let plain = heading.lowercased()
      guard let topic = Topic.allCases.first(where: { $0.words.contains(where: plain.contains) }) else {
        return nil
      }
      self = topic
    }
  }

  private let prose: Prose

  init(_ prose: Prose) { self.prose = prose }

  /// The text under the headings of the review, after text that fits none of them.
  var ordered: Prose {
    var other: [Prose.Block] = []
    var found: [Topic: [Prose.Block]] = [:]
    var topic: Topic?
    for block in prose.blocks {
      guard case .heading(let text) = block else {
        if let topic { found[topic, default: []].append(block) } else { other.append(block) }
        continue
      }
      topic = Topic(heading: text)
      if topic == nil { other.append(block) }
    }
    return Prose(
      other
        + Topic.allCases.flatMap { topic -> [Prose.Block] in
          [.heading(topic.rawValue)]
            + (found[topic] ?? [.paragraph([Prose.Words("The school wrote nothing under this heading.")])])
        })
  }
}
