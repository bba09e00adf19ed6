/// A status of a pupil in a period. The status on the day of a session counts. Source: rules, section 3.
package struct DatedStatus: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case senProvision(SENProvision)
    case disadvantaged(Status), freeSchoolMeals(Status), lookedAfter(Status)

    fileprivate var topic: Int {
      switch self {
      case .senProvision: 0
      case .disadvantaged: 1
      case .freeSchoolMeals: 2
      case .lookedAfter: 3
      }
    }
  }

  package let value: Value
  /// The first day of the status, or `nil` if the pupil has it since before the register starts.
  package let from: Day?
  /// The last day of the status, or `nil` if the pupil still has it.
  package let to: Day?

  package init(_ value: Value, from: Day?, to: Day?) {
    self.value = value
    self.from = from
    self.to = to
  }

  fileprivate func stands(on day: Day) -> Bool { from ?? day <= day && day <= to ?? day }
}

extension Pupil {
  /// Returns the pupil with the statuses of a day. A dated status outside its dates counts as no.
  package func on(_ day: Day) -> Pupil {
    guard !datedStatuses.isEmpty else { return self }
    var pupil = self
    for (topic, statuses) in Dictionary(grouping: datedStatuses, by: \.value.topic) {
      let standing = statuses.filter { $0.stands(on: day) }.max {
        $0.from?.number ?? .min < $1.from?.number ?? .min
      }
      switch standing?.value {
      case .senProvision(let provision): pupil.senProvision = provision
      case .disadvantaged(let status): pupil.disadvantaged = status
      case .freeSchoolMeals(let status): pupil.freeSchoolMeals = status
      case .lookedAfter(let status): pupil.lookedAfter = status
      case nil:
        switch topic {
        case 0: pupil.senProvision = .none
        case 1: pupil.disadvantaged = .no
        case 2: pupil.freeSchoolMeals = .no
        default: pupil.lookedAfter = .no
        }
      }
    }
    return pupil
  }

  /// The days on which any status of the pupil changes, in order.
  package var daysOfChange: [Day] {
    Set(datedStatuses.flatMap { [$0.from, $0.to.map { $0 + 1 }].compactMap(\.self) }).sorted()
  }
}
