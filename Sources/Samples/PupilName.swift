import Registers

/// A made-up pupil's surname and forename.
struct PupilName: Sendable {
  let surname: String
  let forename: String

  init(surname: String, forename: String) {
    self.surname = surname
    self.forename = forename
  }

  init(of origin: Origin, sex: Sex, from stream: inout SplitMix64) {
    let pool = NamePool.of(origin)
    forename = stream.pick(sex == .female ? pool.girls : pool.boys)
    // Some families of two origins carry both names.
    switch origin {
    case .mixed where stream.percent(60):
      let other = stream.pick([
        Origin.caribbean, .african, .indian, .southernEuropean, .chinese, .middleEastern,
      ])
      let otherSurname = stream.pick(NamePool.of(other).surnames)
      let hyphenated = stream.percent(25) && !otherSurname.contains("-")
      surname =
        hyphenated ? stream.pick(["Marsh", "Hale", "Cole", "Webb"]) + "-" + otherSurname : otherSurname
    case .british, .irish, .traveller, .easternEuropean, .southernEuropean, .indian, .pakistani, .bangladeshi,
      .african, .caribbean, .chinese, .middleEastern, .mixed:
      surname = stream.pick(pool.surnames)
    }
  }
}
