import Tabular
import TestSupport

/// All rows of a source, with their numbers.
package struct ReadRows: Equatable {
  package var numbers: [Int] = []
  package var rows: [[String]] = []

  package init(_ source: any RowSource) throws {
    var reader = BatchRows(source)
    while try reader.next() {
      numbers.append(reader.row)
      rows.append((0..<reader.count).map { reader.text($0) })
    }
  }

  /// The records after the row of names, as dictionaries.
  package var records: [[String: String]] {
    let names = rows.first ?? []
    return rows.dropFirst().map { row in
      Dictionary(zip(names, row).filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first })
    }
  }
}

/// Returns the description of a failure, or `nothing` if there is none.
package func failureMessage(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing"
  } catch let failure as TableFailure {
    return failure.description
  } catch {
    return "something else: \(error)"
  }
}

/// Returns the bytes with a few of them changed, removed or repeated.
package func altered(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
  var bytes = bytes
  for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
    let index = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: index)
    case 2: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: index)
    default: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 0...40, using: &random)))
    }
  }
  return bytes
}
