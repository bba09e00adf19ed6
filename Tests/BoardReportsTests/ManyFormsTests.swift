import Measures
import Registers
import TestSupport
import Testing

@testable import BoardReports

/// A topic of which nearly everything is small is withheld whole, and no search of minutes is made for the rest.
@Suite struct ManyFormsTests {
  private static func school(_ name: String, forms: Int) throws -> SchoolFigures {
    let lines = (0..<60).map { $0 % 7 == 0 ? "I I / / / / / / / /" : "/ / / / I / / / / /" }
    let pupils = (0..<60).map { place in
      Pupil.made { ($0.registrationGroup, $0.year) = ("F\(place % forms)", NCYear(5)) }
    }
    return SchoolFigures(
      Register(lines, on: [Day].weekdays(5, from: "2025-09-08"), pupils: pupils),
      asAt: Day("2025-09-12"), policy: try LawSeeds.figures(1).policy)
  }

  @Test func `forms of one pupil each are withheld whole`() throws {
    let schools = try (0..<12).map { try Self.school("School \($0)", forms: 60) }
    let trust = TrustFigures(of: schools, name: "T", asAt: schools[0].asAt)
    let clock = ContinuousClock()
    var decided: TrustDisclosure?
    let time = clock.measure { decided = TrustDisclosure(schools: schools, trust: trust, threshold: 5) }
    #expect(time < .seconds(60), "\(time)")
    let withholding = try #require(decided?.schools.first)
    let shown = schools[0].withholding(withholding)
    let forms = shown.groups(of: .registrationGroup)
    #expect(forms.count == 60)
    #expect(forms.allSatisfy { shown.figures(of: $0, in: .yearToDate)?.isWithheld == true })
    #expect(!shown.total(in: .yearToDate).isWithheld)
  }

  @Test func `forms of usual size are not`() throws {
    let schools = try (0..<3).map { try Self.school("School \($0)", forms: 3) }
    let trust = TrustFigures(of: schools, name: "T", asAt: schools[0].asAt)
    let decided = TrustDisclosure(schools: schools, trust: trust, threshold: 5)
    let shown = schools[0].withholding(decided.schools[0])
    #expect(shown.figures(of: Group(.registrationGroup, "F0"), in: .yearToDate)?.isWithheld == false)
  }
}
