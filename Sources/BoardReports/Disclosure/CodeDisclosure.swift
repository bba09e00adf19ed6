import Measures
import Registers

/// Which codes of the schools and the trust are withheld, so that the sessions of no few pupils can be worked out.
///
/// The codes of a class add up to the sessions of that class, and L and U to the late marks, which are all shown. Where a
/// class has no other code in use, one that is not used is withheld beside it, as if it might be. A code is withheld in every
/// period or in none. Source: rules, section 10.
struct CodeDisclosure {
  /// By the places of the schools, and last the trust.
  let withheld: [CodeSet]

  init(_ places: [any Figures], threshold: Int) {
    let codes = AttendanceCode.allCases
    let table = CodeDisclosure.table(places, codes, threshold: threshold)
    let secret = table.exists.indices.map { cell -> Slots in
      table.measures.contains { $0.isThere[cell] != 0 } ? 1 : 0
    }
    let nothing = [Slots](repeating: 0, count: secret.count)
    let found = TableDisclosure(table, first: nothing, threshold: threshold, secret: secret).withheld
    withheld = places.indices.map { place in
      CodeSet(codes.indices.filter { found[table.cell(place, $0)] != 0 }.map { codes[$0] })
    }
  }

  private static func table(
    _ places: [any Figures], _ codes: [AttendanceCode], threshold: Int
  ) -> ShareTable {
    let sets = StatisticalClass.allCases.filter(\.isSummed).map { CodeSet($0) } + [.late]
    let sums = sets.map { set in
      Trades.Sum(parts: codes.indices.filter { set.contains(codes[$0]) }, whole: nil)
    }
    let year = places.map { $0.codes[.yearToDate] ?? .zero }
    // A code that is not in use may be withheld as if it were, but not one that has gone.
    let isThere = year.flatMap { sessions in codes.map { sessions[$0] > 0 || $0.validTo == nil } }
    var table = ShareTable(
      places: places.count, groups: codes.count, sums: sums,
      trades: Trades(groups: codes.count, sums: sums, exists: isThere), slots: 1, shifts: [[]],
      exists: isThere.map { $0 ? 1 : 0 })
    for (place, figures) in places.enumerated() {
      for code in codes {
        let sessions = year[place][code]
        let level = place == table.trust ? 2 : 1
        table.weights.append(level * (sessions > 0 ? 1_000 + min(sessions, 5_000) : 600))
        table.pupils.append(figures.pupilsByCode[.yearToDate]?[code] ?? 0)
      }
    }
    table.measures = places[table.trust].periods.map { period in
      measure(table, places, codes, period, threshold: threshold)
    }
    return table
  }

  /// The sessions of a period, of which those of few pupils are secret.
  private static func measure(
    _ table: ShareTable, _ places: [any Figures], _ codes: [AttendanceCode], _ period: Period, threshold: Int
  ) -> ShareTable.Measure {
    var measure = table.measure(addsUp: false) { cell, _ in
      let (place, code) = cell.quotientAndRemainder(dividingBy: codes.count)
      return places[place].codes[period]?[codes[code]] ?? 0
    }
    for (place, figures) in places.enumerated() {
      for (number, code) in codes.enumerated() {
        let pupils = figures.pupilsByCode[period]?[code] ?? 0
        let isSmall = threshold > 0 && 1...max(1, threshold) ~= pupils
        if !isSmall { measure.isThere[table.cell(place, number)] = 0 }
      }
    }
    return measure
  }
}

extension StatisticalClass {
  /// Whether `measures.csv` has the sessions of the class.
  fileprivate var isSummed: Bool {
    switch self {
    case .present, .approvedEducationalActivity, .authorised, .unauthorised: true
    case .notPossible, .notCollected, .missing: false
    }
  }
}
