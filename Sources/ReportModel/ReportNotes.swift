import Registers

extension Report {
  /// Returns the notes on method of every report.
  ///
  /// - Parameters:
  ///   - changes: The method for changes and gaps.
  ///   - countsAllAges: A Boolean value that indicates whether the report counts pupils of any age.
  package static func notes(
    asAt: Day, provisionalFrom: Day?,
    changes: String = "A change is a difference of unrounded rates, in percentage points.",
    countsAllAges: Bool = false
  ) -> [String] {
    var notes = [
      "Attendance is sessions attended over possible sessions, each session a half-day. A group's rate is the sum of its "
        + "pupils' sessions over the sum of their possible sessions, not an average of percentages.",
      "Persistent absence: 10% or more of a pupil's own possible sessions missed. Severe absence: 50% or more.",
      "Codes D, X, Q, Y1 to Y7, # and Z are not possible sessions. N and C2 count as absence; B, K, P, V and W as "
        + "attendance.",
      "A status with dates (SEN, pupil premium, FSM, looked after) counts on its days; if an export gives only today's "
        + "status, it counts for the whole year.",
      changes,
    ]
    if !countsAllAges {
      notes.insert(
        "Figures count pupils aged 5 to 15 at the start of the school year, while on roll, as DfE's national figures "
          + "do. "
          + "Year 11 is counted without the second half of the summer term.", at: 1)
    }
    if let provisionalFrom {
      notes.insert(
        "Figures are as at \(asAt.formatted). Registers may change for about two weeks: marks since "
          + "\(provisionalFrom.formatted) are provisional.", at: 0)
    }
    return notes
  }

  package static let persistentNote =
    "Persistent absence: a pupil missed 10% or more of their own possible sessions. Severe absence: 50% or more."

  /// The accessibility statement that ends each pack.
  package static let accessibilityNote =
    "You can read this pack with a screen reader, by keyboard, on a small screen and on paper. Known limit: it has "
    + "not been tested with every screen reader. Tell the school or trust that sent it if something does not work."
}

extension [String] {
  /// Appends a note unless the array contains it.
  package mutating func addOnce(_ note: String) {
    if !contains(note) { append(note) }
  }
}
