import Registers
import Tabular

/// A mark as a table gives it.
struct Mark {
  var school: Int
  var pupil: Int
  var session: Session
  var code: AttendanceCode
  var isSubcode: Bool
  /// The first and last day on roll of the pupil, as day numbers.
  var onRoll: ClosedRange<Int32>
  /// Minutes late as written. Missing: nil when nothing stands there.
  var minutes: UnsafeBufferPointer<UInt8>?
}

/// What the place for a mark holds.
enum MarkReading {
  case mark(Mark)
  /// What could not be read, and how many places for a mark it takes with it. The day is nil where it is not known.
  indirect case refused(Issue, places: Int, day: Day? = nil)
  /// A mark of a lesson, which is no session.
  case lesson
  /// A row that is none of a pupil: a total, a heading, a legend.
  case otherRow
  /// Something worth telling of the row before, at no place for a mark.
  indirect case remark(Issue)
}

/// The places for marks of a table, in the order they stand there.
protocol MarkRows: ~Copyable {
  /// Where the place just read stands.
  var place: MarkPlace { get }
  /// The position of its school, the first where the row names none.
  var school: Int { get }
  /// The position of its pupil. Missing: nil where the row names none.
  var pupil: Int? { get }
  /// Whether the place just read is the first of its row.
  var isFirstOfRow: Bool { get }
  var openQuotes: [Int] { get }
  /// The dates of the table's column of dates as far as they are read: their order, and stamps that were moved.
  var datesRead: DateReader { get }

  /// The next place. Missing: nil at the end of the table.
  mutating func next() throws(TableFailure) -> MarkReading?
}

/// Where something stands in a file.
struct MarkPlace: Sendable {
  /// Missing: nil in a file with one table.
  var sheet: String?
  var row: Int
  /// From 0. Missing: nil where the row says enough.
  var column: Int?

  /// The sheet and the cell, to stand before a message. Missing: empty where the row says enough.
  var words: String {
    let parts = [sheet.map { "sheet \($0)" }, column.map { "cell \(MarkPlace.letters($0))\(row)" }]
    let place = parts.compactMap(\.self).joined(separator: ", ")
    return place.isEmpty ? "" : place + ": "
  }

  /// The place by itself, such as `row 12` or `sheet Oak, cell F9`.
  var whole: String { column == nil ? "\(words)row \(row)" : String(words.dropLast(2)) }

  /// A column's letters in a spreadsheet: A, B … Z, AA.
  private static func letters(_ column: Int) -> String {
    var rest = column
    var letters = ""
    repeat {
      letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
      rest = rest / 26 - 1
    } while rest >= 0
    return letters
  }
}
