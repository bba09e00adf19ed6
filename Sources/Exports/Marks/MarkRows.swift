import Registers
import Tabular

/// A mark as written in a table.
struct Mark {
  var school: Int
  var pupil: Int
  var session: Session
  var code: AttendanceCode
  var form: MarkForm
  /// The pupil's first and last day on roll, as day numbers.
  var onRoll: ClosedRange<Int32>
  /// The minutes late as written, or `nil` if there are none.
  var minutes: UnsafeBufferPointer<UInt8>?
}

/// The form in which a code is written.
enum MarkForm {
  case plain, subcode
  /// In small letters, or with other characters around it.
  case altered

  @inline(__always)
  init(_ result: MarkReader.Result) {
    switch result {
    case .code, .unknown: self = .plain
    case .subcode: self = .subcode
    case .altered: self = .altered
    }
  }
}

/// The content of one cell for a mark, or of a row without any.
enum MarkInput {
  case mark(Mark)
  /// An issue that refuses a number of cells for marks. The day and the half are `nil` if they are not known.
  indirect case refused(Issue, places: Int, day: Day? = nil, half: DayHalf? = nil)
  /// A mark of a lesson, which is not a session.
  case lesson
  /// A row about no pupil, such as a total, a heading or a legend.
  case otherRow
  /// An issue with the row before, which refuses no mark.
  indirect case remark(Issue)
}

/// The cells for marks of a table, in order.
protocol MarkRows: ~Copyable {
  /// The location of the cell just read.
  var location: FileLocation { get }
  /// The index of the row's school; the first if the row names none.
  var school: Int { get }
  /// The index of the row's pupil, or `nil` if the row names none.
  var pupil: Int? { get }
  /// A Boolean value that indicates whether the cell just read is the first of its row.
  var isFirstOfRow: Bool { get }
  var openQuotes: [Int] { get }
  /// The reader of the table's dates, with their order and the number of stamps that were moved.
  var dateReader: DateReader { get }

  /// The first name of a lesson and its row, or `nil` if the table has none.
  var lesson: (name: String, row: Int)? { get }

  /// Returns the next cell, or `nil` at the end of the table.
  mutating func next() throws(TableFailure) -> MarkInput?
}

/// A row of a file, with its sheet and column where they are needed.
struct FileLocation: Sendable {
  /// The sheet, or `nil` in a file with one table.
  var sheet: String?
  var row: Int
  /// The column from 0, or `nil` if the row is enough.
  var column: Int?

  /// The sheet and the cell before a message, or an empty text if the row is enough.
  var messagePrefix: String {
    let parts = [sheet.map { "sheet \($0)" }, column.map { "cell \(FileLocation.letters($0))\(row)" }]
    let location = parts.compactMap(\.self).joined(separator: ", ")
    return location.isEmpty ? "" : location + ": "
  }

  /// The location by itself, such as `row 12` or `sheet Oak, cell F9`.
  var description: String { column == nil ? "\(messagePrefix)row \(row)" : String(messagePrefix.dropLast(2)) }

  /// Returns a column's letters in a spreadsheet: A, B … Z, AA.
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
