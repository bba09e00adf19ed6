extension ExchangeSearch {
  /// Tries every trade of the task's place, in each pair of periods, with each other place that can make up for it.
  func look(for task: Task, _ trades: [Trade], shifts: [ShareTable.Shift], _ best: inout Best) {
    let place = task.cell / table.groups
    let pairs: [ShareTable.Shift?] = shifts.isEmpty ? [nil] : shifts
    for shift in pairs {
      let periods = Slots(1) << UInt16(task.slot) | (shift.map { Slots(1) << UInt16($0.slot) } ?? 0)
      for trade in trades {
        if best.isFree { return }
        let own = loss(of: trade.parts, at: place, periods)
        guard own < best.loss else { continue }
        let now = Attempt(task: task, shift: shift, periods: periods, trade: trade, loss: own)
        for other in others(for: now, at: place) { makeUp(now, at: place, by: other, &best) }
      }
    }
  }

  private struct Attempt {
    let task: Task
    let shift: ShareTable.Shift?
    let periods: Slots
    let trade: Trade
    let loss: Int
  }

  /// The places that may make up for a trade. Where it moves a total that is withheld: only as that total's exchange does.
  private func others(for attempt: Attempt, at place: Int) -> [Int] {
    let movesTotal = table.total.map { attempt.trade.sign(of: $0) != 0 } ?? false
    if let link = attempt.task.link {
      // Weekdays have rows of the year to date only, which go along with the total all the same.
      let isInStep = attempt.shift == nil || link.otherSlot == attempt.shift?.slot
      return isInStep && movesTotal ? [link.otherPlace] : []
    }
    if movesTotal {
      let slot = attempt.task.slot
      return links[place].filter { $0.slot == slot && $0.otherSlot == attempt.shift?.slot }.map(\.otherPlace)
    }
    return otherPlaces[place]
  }

  /// What a trade at one place comes to at the trust, or takes from another school.
  private func makeUp(_ attempt: Attempt, at place: Int, by other: Int, _ best: inout Best) {
    let trust = table.trust
    // Of two schools one gives what the other takes; the trust takes what its school takes.
    let sign = place == trust || other == trust ? 1 : -1
    let own = Side(place: place, parts: attempt.trade.parts, sign: 1)
    let loss = attempt.loss + loss(of: attempt.trade.parts, at: other, attempt.periods)
    if loss < best.loss {
      consider(attempt, [own, Side(place: other, parts: attempt.trade.parts, sign: sign)], loss, &best)
    }
    let isNeeded = attempt.task.link != nil || best.exchange == nil
    guard isThorough || isNeeded, place != trust, other != trust, best.loss > 0 else { return }
    // Two schools may make different trades, if the trust takes the difference.
    for part in attempt.trade.parts {
      for second in table.trades.trades(of: table.cell(other, part.group)) {
        let ofSchools = attempt.loss + self.loss(of: second.parts, at: other, attempt.periods)
        guard ofSchools < best.loss, isStill(second, turned: part.sign, as: attempt.trade) else { continue }
        let left = attempt.trade.without(second, turned: part.sign)
        guard !left.isEmpty else { continue }
        let loss = ofSchools + self.loss(of: left, at: trust, attempt.periods)
        guard loss < best.loss else { continue }
        let parts = second.parts.map { Trade.Part(group: $0.group, sign: $0.sign * part.sign) }
        consider(
          attempt,
          [
            own, Side(place: other, parts: parts, sign: -1), Side(place: trust, parts: left, sign: 1),
          ], loss, &best)
      }
    }
  }

  /// Whether a second trade moves the total as the first does.
  private func isStill(_ second: Trade, turned sign: Int, as trade: Trade) -> Bool {
    guard let total = table.total else { return true }
    return second.sign(of: total) * sign == trade.sign(of: total)
  }

  private struct Side {
    let place: Int
    let parts: [Trade.Part]
    let sign: Int
  }

  private func consider(_ attempt: Attempt, _ sides: [Side], _ loss: Int, _ best: inout Best) {
    guard loss < best.loss, loss < ShareTable.forbidden else { return }
    let (slot, shift) = (attempt.task.slot, attempt.shift)
    let here = Slots(1) << UInt16(slot)
    let same: Slots = shift.map { $0.sign > 0 ? 1 << UInt16($0.slot) : 0 } ?? 0
    let against: Slots = shift.map { $0.sign < 0 ? 1 << UInt16($0.slot) : 0 } ?? 0
    let parts = sides.flatMap { side in
      side.parts.map { part in
        let cell = table.cell(side.place, part.group)
        return part.sign * side.sign > 0
          ? Exchange.Part(cell: cell, gains: here | same, loses: against)
          : Exchange.Part(cell: cell, gains: against, loses: here | same)
      }
    }
    let exchange = Exchange(parts: parts, slot: slot)
    let together = attempt.task.together
    guard together.isEmpty || exchange.change(of: together) != 0 else { return }
    best.take(exchange, loss: loss, table)
  }

  /// What a board loses with the groups of a trade, or `forbidden` where one of them is not there.
  private func loss(of parts: [Trade.Part], at place: Int, _ periods: Slots) -> Int {
    var loss = 0
    for part in parts {
      let cell = table.cell(place, part.group)
      guard table.exists[cell] & periods == periods else { return ShareTable.forbidden }
      loss += table.loss(cell, periods, beside: withheld)
    }
    return min(loss, ShareTable.forbidden)
  }
}
