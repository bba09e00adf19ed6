import Registers

/// A pupil's marks, read once for all figures.
struct PupilInput {
  let position: Int
  let onRoll: Range<Int>
  let isInScope: Bool
  let pass: PupilAccumulator
  let marks: PupilMarks

  init(of position: Int, in register: Register, isInScope: Bool, plan: CalendarIndex) {
    self.position = position
    self.isInScope = isInScope
    onRoll = register.sessionsOnRoll(register.pupils[position])
    var pass = PupilAccumulator(plan)
    pass.read(register, pupil: position, onRoll: onRoll)
    self.pass = pass
    marks = PupilMarks(of: position, in: register, onRoll: onRoll, plan: plan)
  }
}
