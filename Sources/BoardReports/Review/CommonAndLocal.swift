import Measures
import Registers
import ReportModel

/// Where groups fall behind at several schools, and where at one only.
struct CommonAndLocal {
  let schools: [SchoolFigures]

  /// A group, and at which schools it missed clearly more than others.
  struct Finding {
    let gap: Gap
    /// Schools at which both can be seen.
    let seen: [SchoolFigures]
    let behind: [SchoolFigures]
    /// The one school where the group is behind, of several where it can be compared, or `nil`.
    var only: SchoolFigures? { behind.count == 1 && seen.count > 1 ? behind.first : nil }

    /// What a board makes of it.
    var formatted: String {
      if seen.isEmpty { return "cannot be compared" }
      if behind.isEmpty { return "nowhere clear" }
      if behind.count == seen.count, seen.count > 1 { return "everywhere it can be compared" }
      return behind.count == 1 ? "at \(behind[0].school.name)" : "at some schools"
    }
  }

  var findings: [Finding] {
    let compared = schools.map { Gap.compared($0).filter { $0.comparison.verdict != .tooFew } }
    return Gap.toClose.map { gap in
      let seen = zip(schools, compared).compactMap { school, gaps in
        gaps.first { $0.gap.group == gap.group }.map { (school: school, verdict: $0.comparison.verdict) }
      }
      return Finding(
        gap: gap, seen: seen.map(\.school), behind: seen.filter { $0.verdict == .higher }.map(\.school))
    }
  }

  func table() -> Table {
    Table(
      "Common_and_local", title: "Groups that missed clearly more than others, year to date",
      columns: [
        Table.Column("Group", .text), Table.Column("Schools where it can be compared"),
        Table.Column("Schools where it is behind"), Table.Column("Where", .text),
      ],
      rows: findings.map { finding in
        [
          .text(finding.gap.group.label), .number(finding.seen.count),
          .number(finding.behind.count), .text(finding.formatted),
        ]
      },
      notes: [
        "Behind: a gap to the pupils not in the group of half a point at least that chance does not explain (95%).",
        "Everywhere: look for what the trust can do. Only here: look at the school.",
      ], source: Table.ofTheTrust)
  }

  /// What is common and what is local, in a sentence each. Missing: empty where nothing is clear.
  func sentences() -> [Sentence] {
    let common = findings.filter { $0.behind.count > 1 }.max { $0.behind.count < $1.behind.count }
    var sentences: [Sentence] = []
    if let common {
      sentences.append(
        """
        \(common.gap.name) missed clearly more than \(common.gap.otherName) at \
        \(Cell.number(common.behind.count)) of \(Cell.number(common.seen.count)) schools where that can be seen.
        """)
    }
    if let local = findings.first(where: { $0.only != nil }), let school = local.only {
      sentences.append("\(local.gap.name) are clearly behind at \(school.school.name) only.")
    }
    if sentences.isEmpty {
      let compared = findings.count { !$0.seen.isEmpty }
      sentences.append(
        """
        Of \(Cell.number(findings.count)) groups, \(Cell.number(compared)) can be compared with other pupils at some school; none \
        of these is clearly behind there.
        """)
    }
    return sentences
  }
}
