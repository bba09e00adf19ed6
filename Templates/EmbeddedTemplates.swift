/// The templates of the pages, as they are embedded in the program, by name.
public enum EmbeddedTemplates {
  /// Partials go by these names too: `{{> table}}`.
  public static let all: [String: String] = [
    "pack": text(PackageResources.pack_mustache),
    "index": text(PackageResources.index_mustache),
    "table": text(PackageResources.table_mustache),
    "section": text(PackageResources.section_mustache),
    "card": text(PackageResources.card_mustache),
    "chart": text(PackageResources.chart_mustache),
    "style": text(PackageResources.style_css),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
