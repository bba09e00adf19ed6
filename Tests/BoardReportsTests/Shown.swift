import Comparators
import Measures
import Registers
import Release
import ReportModel

@testable import BoardReports

/// Reports made from the figures of schools as `share/` may hold them.
enum Shown {
  static func trust(_ schools: [SchoolFigures], rules: DisclosureRules = .board) throws -> ComparedTrust {
    ComparedTrust(
      try PublishedTrust(
        schools.map { SchoolFacts($0) }, name: "Trust", schoolYear: schools[0].schoolYear,
        asAt: schools[0].asAt, quality: [], rules: rules), beside: .none, targets: [], similar: [:])
  }

  static func pack(_ school: SchoolFigures, rules: DisclosureRules = .board) throws -> Report {
    .governorPack(try trust([school], rules: rules).schools[0])
  }

  static func review(_ schools: [SchoolFigures], rules: DisclosureRules = .board) throws -> Report {
    .trustAttendanceReview(try trust(schools, rules: rules))
  }
}
