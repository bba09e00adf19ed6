import Measures
import Policies
import Registers
import ReportModel

/// How many entered and left each line since the end of the half-term before.
enum Movement {
  /// A line pupils may reach, now and before.
  struct Line: Sendable {
    let name: String
    let now: @Sendable (PupilFigures) -> Bool
    /// Missing: nil for a pupil with no possible session before.
    let before: @Sendable (PupilFigures) -> Bool?
  }

  /// Persistent and severe absence by the national rule, and then each stage of the policy's own, reached or passed.
  static func lines(of policy: Policy) -> [Line] {
    let national = [
      line("Persistent absence", .missedAtLeast(100)), line("Severe absence", .missedAtLeast(500)),
    ]
    let names = policy.stages.map(\.name)
    let own = policy.stages.enumerated().filter { !$0.element.line.isNational }
      .map { place, stage in
        Line(
          name: stage.name,
          now: { figures in
            figures.stage.map { (names.firstIndex(of: $0.name) ?? 0) >= place } ?? false
          },
          before: { figures in
            figures.before.map { before in
              before.stage.map { (names.firstIndex(of: $0.name) ?? 0) >= place } ?? false
            }
          })
      }
    return national + own
  }

  private static func line(_ name: String, _ line: AttendanceLine) -> Line {
    Line(
      name: name, now: { line.isReached(absence: $0.year.absence, of: $0.year.possible) },
      before: { figures in
        figures.before.map { line.isReached(absence: $0.absence, of: $0.possible) }
      })
  }

  static func table(_ school: SchoolFigures) -> Table {
    let pupils = school.pupils.filter { $0.year.possible > 0 }
    let before = school.previousHalfTerm?.name
    return Table(
      "Movement", title: "Who came and who went",
      columns: [
        Table.Column("Line", .text), Table.Column("At the end of \(before ?? "the last half-term")"),
        Table.Column("Entered since"), Table.Column("Left since"), Table.Column("Now"),
      ],
      rows: lines(of: school.policy).map { line in
        let was = pupils.count { line.before($0) == true }
        let entered = pupils.count { line.before($0) == false && line.now($0) }
        let left = pupils.count { line.before($0) == true && !line.now($0) }
        let isNew = pupils.count { line.before($0) == nil && line.now($0) }
        return [
          .text(line.name), before == nil ? .shorthand(.notApplicable) : .pupils(was),
          before == nil ? .shorthand(.notApplicable) : .pupils(entered + isNew),
          before == nil ? .shorthand(.notApplicable) : .pupils(left), .pupils(pupils.count(where: line.now)),
        ]
      },
      notes: [
        "Pupils of any age. A stage counts those who stand at it or beyond. Worked out anew for both days from the marks."
      ])
  }
}

extension Policy.StageLine {
  /// Whether it is the national line of persistent or severe absence.
  var isNational: Bool {
    self == .attendance(.missedAtLeast(100)) || self == .attendance(.missedAtLeast(500))
  }
}
