import Registers
import Testing

@testable import Measures

@Suite struct LeaverGroupTests {
  @Test func `reasons of few pupils stand together until they are of many`() {
    func groups(_ counts: [LeavingReason: Int]) -> [String] {
      LeaverGroup.groups(of: counts, threshold: 5).map { group in
        "\(group.reasons.map(\.rawValue).joined(separator: "+")) \(group.pupils)"
      }
    }
    #expect(groups([:]) == [])
    #expect(groups([.otherSchool: 8, .movedAway: 6]) == ["Another school or provider 8", "Moved away 6"])
    // Three alone would follow from the sum of all leavers, so the rarest of the others goes with them.
    #expect(
      groups([.otherSchool: 8, .movedAway: 7, .excluded: 3])
        == ["Another school or provider 8", "Permanent exclusion+Moved away 10"])
    #expect(
      groups([.otherSchool: 8, .homeEducation: 4, .excluded: 2])
        == ["Another school or provider 8", "Elective home education+Permanent exclusion 6"])
    #expect(groups([.homeEducation: 3, .excluded: 2]) == [])
    #expect(LeaverGroup.groups(of: [.excluded: 1], threshold: 0).map(\.pupils) == [1])
  }
}
