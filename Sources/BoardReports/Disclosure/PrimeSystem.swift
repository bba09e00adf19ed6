/// Linear equations modulo a prime, kept in reduced echelon form.
struct PrimeSystem {
  private static let modulus: UInt64 = 2_147_483_647
  static let minusOne = modulus - 1

  private let width: Int
  private var rows: [[UInt64]] = []
  private var pivots: [Int] = []

  init(width: Int) { self.width = width }

  mutating func add(_ entries: [(column: Int, value: UInt64)]) {
    var row = [UInt64](repeating: 0, count: width)
    for (column, value) in entries { row[column] = (row[column] + value) % PrimeSystem.modulus }
    for (place, pivot) in pivots.enumerated() where row[pivot] != 0 {
      PrimeSystem.subtract(rows[place], times: row[pivot], from: &row)
    }
    guard let pivot = row.firstIndex(where: { $0 != 0 }) else { return }
    let inverse = PrimeSystem.inverse(of: row[pivot])
    for column in row.indices where row[column] != 0 {
      row[column] = row[column] * inverse % PrimeSystem.modulus
    }
    for place in rows.indices where rows[place][pivot] != 0 {
      PrimeSystem.subtract(row, times: rows[place][pivot], from: &rows[place])
    }
    rows.append(row)
    pivots.append(pivot)
  }

  /// The columns that stand alone in a row.
  var determined: [Int] {
    zip(rows, pivots).filter { row, _ in row.count { $0 != 0 } == 1 }.map(\.1)
  }

  private static func subtract(_ row: [UInt64], times factor: UInt64, from other: inout [UInt64]) {
    for column in row.indices where row[column] != 0 {
      other[column] = (other[column] + modulus - factor * row[column] % modulus) % modulus
    }
  }

  private static func inverse(of value: UInt64) -> UInt64 {
    var (result, base, power) = (UInt64(1), value % modulus, modulus - 2)
    while power > 0 {
      if power & 1 == 1 { result = result * base % modulus }
      base = base * base % modulus
      power >>= 1
    }
    return result
  }
}
