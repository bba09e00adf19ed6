/// The templates of the pages, which are embedded in the program.
package enum EmbeddedTemplates {
  /// The text of page templates by name. Partials have the same names, such as `{{> table}}`.
  package static let all: [String: String] = [
    "pack": text(PackageResources.pack_mustache),
    "index": text(PackageResources.index_mustache),
    "table": text(PackageResources.table_mustache),
    "section": text(PackageResources.section_mustache),
    "card": text(PackageResources.card_mustache),
    "chart": text(PackageResources.chart_mustache),
    "style": text(PackageResources.style_css),
    "letter-page": text(PackageResources.letter_page_mustache),
    "letter-head": text(PackageResources.letter_head_mustache),
    "letter-figures": text(PackageResources.letter_figures_mustache),
    "letter-rule": text(PackageResources.letter_rule_mustache),
    "letter-close": text(PackageResources.letter_close_mustache),
    "letter-style": text(PackageResources.letter_style_css),
  ]

  /// The text of letters to parents by their names in policies. `letter-page` includes them as `{{> letter}}`.
  package static let letters: [String: String] = [
    "attendance-letter": text(PackageResources.attendance_letter_mustache),
    "meeting": text(PackageResources.meeting_mustache),
    "referral": text(PackageResources.referral_mustache),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
