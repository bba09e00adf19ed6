import Measures
import Registers

/// Which codes of the schools and the trust are withheld, so that the sessions of no few pupils can be worked out.
///
/// The codes of a class add up to the sessions of that class, and L and U to the late marks, which are all shown. Where a
/// class has no other code in use, one that is not used is withheld beside it, as if it might be.
/// Source: rules, section 10.
struct CodeDisclosure {
  /// By the places of the schools, and last the trust.
  let withheld: [CodeSet]

  init(_ places: [any Figures], threshold: Int) {
    let codes = AttendanceCode.allCases
    let trust = places.count - 1
    func cell(_ place: Int, _ code: AttendanceCode) -> Int {
      place * codes.count + Int(codes.firstIndex(of: code) ?? 0)
    }
    let cells = places.flatMap { figures in
      codes.map { code in
        let sessions = figures.periods.map { figures.codes[$0]?[code] ?? 0 }.max() ?? 0
        return CellSuppression.Cell(
          pupils: figures.periods.map { figures.pupilsByCode[$0]?[code] ?? 0 },
          cost: sessions > 0 ? 100 + sessions : code.validTo == nil ? 60 : 5_000)
      }
    }
    var sums: [CellSuppression.Sum] = []
    for place in places.indices {
      for group in StatisticalClass.allCases where group.isSummed {
        sums.append(
          CellSuppression.Sum(
            parts: codes.filter { $0.statisticalClass == group }.map { cell(place, $0) }, whole: nil))
      }
      sums.append(CellSuppression.Sum(parts: CodeSet.late.codes.map { cell(place, $0) }, whole: nil))
    }
    for code in codes {
      sums.append(CellSuppression.Sum(parts: (0..<trust).map { cell($0, code) }, whole: cell(trust, code)))
    }
    let found = CellSuppression(
      cells: cells, sums: sums, threshold: threshold, minds: .eachCell, isThorough: places.count <= 8
    ).withheld()
    withheld = places.indices.map { place in CodeSet(codes.filter { found.contains(cell(place, $0)) }) }
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
