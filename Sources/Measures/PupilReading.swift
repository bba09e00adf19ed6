import Registers

/// A pupil's marks, read once for every figure that is made of them.
struct PupilReading {
  let position: Int
  let onRoll: Range<Int>
  let isInScope: Bool
  let pass: PupilPass
  let marks: PupilMarks

  init(of position: Int, in register: Register, isInScope: Bool, plan: RegisterPlan) {
    self.position = position
    self.isInScope = isInScope
    onRoll = register.sessionsOnRoll(register.pupils[position])
    var pass = PupilPass(plan)
    pass.read(register, pupil: position, onRoll: onRoll)
    self.pass = pass
    marks = PupilMarks(of: position, in: register, onRoll: onRoll, plan: plan)
  }
}
