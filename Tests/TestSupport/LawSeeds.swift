import Measures
import Policies
import Testing

/// Figures of seeded registers.
package enum LawSeeds {
  package static let all: [UInt64] = [1, 2, 3, 4]

  package static func figures(_ seed: UInt64, pupils: Int = 60) throws -> SchoolFigures {
    let random = RandomRegister(seed: seed, pupils: pupils)
    let yaml = try #require(Policy.shipped[Policy.usual])
    let policy = try Policy(name: Policy.usual, yaml: yaml, file: "dfe-2024.yaml")
    return SchoolFigures(random.register, asAt: random.asAt, policy: policy)
  }
}
