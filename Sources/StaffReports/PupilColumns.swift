import Measures
import Policies
import Registers
import ReportModel

extension Column {
  /// A column of texts in which an empty text is shown as not available.
  static func known(
    _ id: String, _ title: String, _ text: @escaping @Sendable (Row) -> String
  ) -> Column {
    Column(id, title, .text) { row in
      let text = text(row)
      return text.isEmpty ? .shorthand(.notAvailable) : .text(text)
    }
  }

  static func number(
    _ id: String, _ title: String, _ number: @escaping @Sendable (Row) -> Int
  ) -> Column {
    Column(id, title) { .number(number($0)) }
  }

  /// A column of counts of one pupil's sessions.
  static func sessions(
    _ id: String, _ title: String, _ sessions: @escaping @Sendable (Row) -> Int
  ) -> Column {
    Column(id, title) { .sessions(sessions($0), of: 1) }
  }

  /// A column of one pupil's rates.
  static func rate(
    _ id: String, _ title: String, _ rate: @escaping @Sendable (Row) -> Rate?
  ) -> Column {
    Column(id, title, .percent) { .rate(rate($0), of: 1) }
  }

  /// A column of a number that can be unknown, with one decimal place.
  ///
  /// - Parameter tenths: The number in tenths, or `nil` if it is not known.
  static func decimal(
    _ id: String, _ title: String, _ tenths: @escaping @Sendable (Row) -> Int?
  ) -> Column {
    Column(id, title) { row in
      tenths(row).map { .decimal($0, places: 1, of: 1) } ?? .shorthand(.notAvailable)
    }
  }

  /// A column of minutes that can be unknown.
  static func minutes(
    _ id: String, _ title: String, _ minutes: @escaping @Sendable (Row) -> Int?
  ) -> Column {
    Column(id, title) { row in
      minutes(row).map { .minutes($0, of: 1) } ?? .shorthand(.notAvailable)
    }
  }

  static func yesOrNo(
    _ id: String, _ title: String, _ isTrue: @escaping @Sendable (Row) -> Bool
  ) -> Column {
    Column(id, title, .text) { .text(isTrue($0) ? "Yes" : "No") }
  }

  static func status(
    _ id: String, _ title: String, _ status: @escaping @Sendable (Row) -> Status
  ) -> Column {
    Column(id, title, .text) { row in
      switch status(row) {
      case .yes: .text("Yes")
      case .no: .text("No")
      case .unknown: .shorthand(.notAvailable)
      }
    }
  }
}

/// The columns of lists of pupils, which are for staff only.
extension Column<PupilFigures> {
  /// The pupil's name, year group and form.
  static var identity: [Column] {
    [
      .text("pupil", "Pupil") { $0.nameLabel },
      .known("year", "Year") { $0.pupil.year?.name ?? "" },
      .known("form", "Form") { $0.pupil.registrationGroup },
    ]
  }

  static var attendance: Column {
    .rate("attendance_percent", "Attendance (%)") { $0.year.attendanceRate }
  }

  static var absentSessions: Column { .sessions("sess_overall", "Absent sessions") { $0.year.absence } }
  static var possibleSessions: Column { .sessions("sess_possible", "Possible sessions") { $0.year.possible } }

  static var halfTermBefore: Column {
    .rate("half_term_before_percent", "Half-term before (%)") { $0.halfTermBefore?.attendanceRate }
  }
  static var halfTermNow: Column {
    .rate("half_term_percent", "This half-term (%)") { $0.halfTermNow?.attendanceRate }
  }
  /// The change in attendance since the half-term before.
  static var change: Column {
    Column("change_points", "Change (points)") { pupil in
      pupil.change.map { .points($0, of: 1) } ?? .shorthand(.notApplicable)
    }
  }

  static var brokenWeeks: Column { .number("broken_weeks", "Weeks with an absence") { $0.ownWeeks.broken } }
  static var weeksInSession: Column {
    .number("weeks_in_session", "Weeks in session") { $0.ownWeeks.inSession }
  }
  static var wholeWeeksAbsent: Column {
    .number("whole_weeks_absent", "Whole weeks absent") { $0.ownWeeks.whole }
  }

  static func marksWithMinutes(_ title: String) -> Column {
    .text("marks_with_minutes", title) { "\($0.lateness.marksWithMinutes) of \($0.lateness.marks)" }
  }
}

extension Column {
  /// The columns with the name, year group and form of a row's pupil.
  static func identity(of pupil: @escaping @Sendable (Row) -> PupilFigures) -> [Column] {
    Column<PupilFigures>.identity.map { $0.of(pupil) }
  }
}

extension PupilFigures {
  /// The pupil's names, with an identifier if another pupil has the same names.
  var nameLabel: String {
    let names = [pupil.surname.unredacted, pupil.forename.unredacted].filter { !$0.isEmpty }
    guard !names.isEmpty else { return pupil.identifier }
    return names.joined(separator: ", ") + (hasNamesake ? " (\(pupil.identifier))" : "")
  }
}

extension Pupil {
  /// The most reliable identifier of a pupil whose name is not known.
  var identifier: String {
    [upn.unredacted, pupilID.unredacted, admissionNumber.unredacted].first { !$0.isEmpty } ?? "Not named"
  }
}

extension [PupilFigures] {
  /// The pupils by absence rate, the highest first, and then those without a possible session.
  var mostAbsentFirst: [PupilFigures] {
    let rates = map(\.year.absenceRate)
    return indices.sorted { left, right in
      switch (rates[left], rates[right]) {
      case (let one?, let other?):
        let (first, second) = (one.part * other.whole, other.part * one.whole)
        return first == second ? left < right : first > second
      case (nil, nil): return left < right
      case (let rate, nil): return rate != nil
      case (nil, _): return false
      }
    }.map { self[$0] }
  }
}
