/// The system an export imitates.
enum ExportStyle: Sendable {
  /// A SIMS-style report: Windows-1252, day first, sorted by pupil.
  case sims
  /// A row for each pupil and week, its marks in one string; a file a half-term, UTF-8 with a mark.
  case weekStrings
  /// Printed registers as a workbook, a sheet for each class.
  case registerBook
  /// Wonde's records in JSON, with ids for pupils and codes.
  case wonde
  /// One plain file, for trusts of any size.
  case plain
}

extension ExportStyle {
  var encoding: TextEncoding {
    switch self {
    case .sims: .windows1252
    case .weekStrings: .utf8WithMark
    case .registerBook, .wonde, .plain: .utf8
    }
  }

  var lineEnd: String {
    switch self {
    case .sims: "\r\n"
    case .weekStrings, .registerBook, .wonde, .plain: "\n"
    }
  }

  /// The ending of the names of the system's files.
  var fileEnding: String {
    switch self {
    case .sims, .weekStrings, .plain: "csv"
    case .registerBook: "xlsx"
    case .wonde: "json"
    }
  }

  /// A national curriculum year in the system's words.
  func year(_ number: Int) -> String {
    switch (self, number) {
    case (.sims, 1...): "Year  \(number)"
    case (_, ..<0): "N2"
    case (_, 0): "R"
    case (.registerBook, _): "Year \(number)"
    case (.weekStrings, _): "Yr \(number)"
    case (.wonde, _), (.plain, _), (.sims, _): "\(number)"
    }
  }

  /// The id the system gave a pupil.
  func systemID(_ pupil: SamplePupil) -> String {
    switch self {
    case .wonde: "A1039\(pupil.systemID)"
    case .sims, .weekStrings, .registerBook, .plain: "\(pupil.systemID)"
    }
  }
}

extension SamplePupil {
  /// The admission number with the leading zeros that spreadsheets lose.
  var admissionText: String {
    var bytes: [UInt8] = []
    bytes.appendDecimal(admissionNumber, width: 6)
    return String(decoding: bytes, as: UTF8.self)
  }
}
