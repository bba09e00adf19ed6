import Templates

/// What a letter's template may ask for.
enum LetterNames {
  /// A missing name or partial would be left out in silence, and a parent would get a letter with a hole.
  static let all: Set<String> = [
    ".", "anchor", "name", "nameFirst", "forename", "surname", "fullName", "hasClass", "class", "year",
    "form",
    "attendance", "missed", "time", "schoolYear", "figures", "label", "this", "last", "isKind", "lastYear",
    "lastSchoolYear",
    "hasDates", "dates", "days", "reason", "hasMore", "more", "school", "date", "stage", "line", "policy",
    "hasSection", "section",
  ]

  /// The first name or partial a template asks for that there is not. Missing: nil where all are there.
  static func unknown(in template: String) -> String? {
    for tag in template.matches(of: /\{\{\s*([#^\/>!<$]?)\s*([^}]*?)\s*\}\}/) {
      let name = String(tag.output.2)
      switch tag.output.1 {
      case "!": continue
      case ">": if EmbeddedTemplates.all[name] == nil { return "the template \(name)" }
      default: if !all.contains(name) { return name }
      }
    }
    return nil
  }
}
