import Measures
import Registers

/// The rows of `measures.csv` and `codes.csv`. What the figures withhold is `c`.
package enum MeasuresData {
  package static let measuresHeader = """
    time_period,time_identifier,geographic_level,school_urn,school_name,breakdown_topic,breakdown,enrolments,\
    sess_possible,sess_present,sess_approved,sess_attending,sess_late,sess_overall,sess_authorised,\
    sess_unauthorised,attendance_percent,sess_overall_percent,sess_authorised_percent,\
    sess_unauthorised_percent,enrolments_pa_10_exact,enrolments_pa_10_exact_percent,enrolments_pa_50_exact,\
    enrolments_pa_50_exact_percent

    """

  package static let codesHeader = """
    time_period,time_identifier,geographic_level,school_urn,school_name,code,statistical_class,sessions

    """

  package static func measures(of school: SchoolFigures) -> [UInt8] {
    measures(school.groups, periods: school.periods, Place(school))
  }

  package static func measures(of trust: TrustFigures) -> [UInt8] {
    measures(trust.groups, periods: trust.periods, Place(trust))
  }

  package static func codes(of school: SchoolFigures) -> [UInt8] {
    codes(school, Place(school))
  }

  package static func codes(of trust: TrustFigures) -> [UInt8] {
    codes(trust, Place(trust))
  }
}

extension MeasuresData {
  private struct Place {
    let level: String
    let urn: String
    let name: String
    let timePeriod: String

    init(_ school: SchoolFigures) {
      level = "School"
      urn = school.school.urn ?? ""
      name = school.school.name
      timePeriod = school.schoolYear.timePeriod
    }

    init(_ trust: TrustFigures) {
      level = "Trust"
      urn = ""
      name = trust.name
      timePeriod = trust.schoolYear.timePeriod
    }
  }

  private static let withheld = "c"
  /// Columns of sessions and their rates, and of pupils persistently and severely absent.
  private static let (sessionColumns, persistenceColumns) = (12, 4)

  private static func start(_ csv: inout CSVText, _ place: Place, _ period: Period) {
    for text in [place.timePeriod, period.name, place.level, place.urn, place.name] { csv.field(text) }
  }

  private static func measures(
    _ groups: [Period: [Group: GroupFigures]], periods: [Period], _ place: Place
  ) -> [UInt8] {
    var csv = CSVText()
    for period in periods {
      for (group, figures) in (groups[period] ?? [:]).sorted(by: { $0.key < $1.key })
      where group.topic.isInData {
        start(&csv, place, period)
        csv.field(group.topic.rawValue)
        csv.field(group.breakdown)
        let countsPupils = group.topic != .weekday && group.topic != .session
        if figures.isWithheld {
          csv.field(countsPupils ? MeasuresData.withheld : "")
          for _ in 0..<MeasuresData.sessionColumns { csv.field(MeasuresData.withheld) }
          for _ in 0..<MeasuresData.persistenceColumns {
            csv.field(countsPupils ? MeasuresData.withheld : "")
          }
        } else {
          csv.field(countsPupils ? figures.enrolments : nil)
          write(figures.tally, to: &csv)
          let isPersistentShown = !figures.persistentIsWithheld
          persistence(
            countsPupils ? figures.persistent : nil, of: figures.enrolments, isShown: isPersistentShown,
            to: &csv)
          persistence(
            countsPupils ? figures.severe : nil, of: figures.enrolments, isShown: !figures.severeIsWithheld,
            to: &csv)
        }
        csv.endLine()
      }
    }
    return csv.bytes
  }

  private static func write(_ tally: SessionTally, to csv: inout CSVText) {
    let counts = [
      tally.possible, tally.present, tally.approved, tally.attending, tally.late, tally.absence,
      tally.authorised, tally.unauthorised,
    ]
    for count in counts { csv.field(count) }
    for rate in [tally.attendanceRate, tally.absenceRate, tally.authorisedRate, tally.unauthorisedRate] {
      csv.field(rate?.data ?? "")
    }
  }

  /// A count of pupils persistently or severely absent, and its share. Missing: both empty for sessions alone.
  private static func persistence(
    _ count: Int?, of enrolments: Int, isShown: Bool, to csv: inout CSVText
  ) {
    guard let count else {
      csv.field("")
      csv.field("")
      return
    }
    guard isShown else {
      csv.field(MeasuresData.withheld)
      csv.field(MeasuresData.withheld)
      return
    }
    csv.field(count)
    csv.field(Rate(count, of: enrolments)?.data ?? "")
  }

  private static func codes(_ figures: some Figures, _ place: Place) -> [UInt8] {
    var csv = CSVText()
    for period in figures.periods {
      guard let tally = figures.codes[period] else { continue }
      for code in AttendanceCode.inTableOrder where tally[code] > 0 || figures.withheldCodes.contains(code) {
        start(&csv, place, period)
        csv.field(code.mark)
        csv.field(code.statisticalClass.rawValue)
        if figures.withheldCodes.contains(code) {
          csv.field(MeasuresData.withheld)
        } else {
          csv.field(tally[code])
        }
        csv.endLine()
      }
    }
    return csv.bytes
  }
}
