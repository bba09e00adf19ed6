/// The layout of the marks in a table. Raw values are the names in a trust file's profile.
package enum Layout: String, CaseIterable, Hashable, Sendable {
  /// A row per pupil and session.
  case long
  /// A row per pupil and day, with a column for the morning and one for the afternoon, or one cell for
  /// both.
  case day
  /// A row per pupil, or per pupil and week, and a column per session.
  case wide
  /// A row per pupil and week, or per pupil, with a string of marks in one cell.
  case strings

  var formatted: String {
    switch self {
    case .long: "a row per pupil and session"
    case .day: "a row per pupil and day"
    case .wide: "a column per session"
    case .strings: "marks in strings"
    }
  }
}

/// The kind of a table.
enum TableKind: Hashable, Sendable {
  case register(Layout)
  /// Ids of marks and their codes, which some systems export separately.
  case codeList
  /// Numbers of sessions by pupil, without marks.
  case totals
  /// Pupils with their details.
  case pupils
  /// None of these, since required columns are missing.
  case unknown

  var isRegister: Bool {
    if case .register = self { true } else { false }
  }

  /// - Parameter layout: The register layout of a profile, or `nil` to detect it.
  init(_ header: HeaderRow, first: [[String]], layout: Layout?) {
    let found = TableKind(header, first: first)
    self = found == .codeList ? found : layout.map(TableKind.register) ?? found
  }

  private init(_ header: HeaderRow, first: [[String]]) {
    let isOfPupils = header.first(of: Column.identifiers) != nil || header.first(of: Column.names) != nil
    if !header.captions.isEmpty {
      self = .register(.wide)
    } else if header.has(.datedMarks) || !header.has(.date) && (header.has(.weekMarks) || header.isWeekly) {
      self = .register(.strings)
    } else if header.has(.date), header.has(.morning) || header.has(.afternoon) {
      self = .register(.day)
    } else if header.first(of: [.mark, .subcode, .codeID, .weekMarks]) != nil, header.has(.date) {
      let hasBoth = !header.has(.session) && TableKind.hasTwoMarks(header, first)
      self = .register(hasBoth ? .day : .long)
    } else if TableKind.listsCodes(header, first) {
      self = .codeList
    } else if isOfPupils, header.first(of: Column.totals) != nil, !header.has(.mark), !header.has(.date) {
      self = .totals
    } else {
      self = .unknown
    }
  }

  /// Returns whether the table has an id and an attendance code in each row, and no pupil.
  private static func listsCodes(_ header: HeaderRow, _ first: [[String]]) -> Bool {
    guard let code = header.index(of: .mark), header.first(of: [.pupilID, .codeID]) != nil,
      header.first(of: [.date, .upn, .admissionNumber, .surname, .forename]) == nil
    else { return false }
    let codes = first.compactMap { code < $0.count ? $0[code] : nil }
    let marks = MarkReader()
    let known = codes.count { marks.result(of: $0) != .unknown }
    return known * 2 >= codes.count
  }

  /// Returns whether the mark column has the marks of a morning and an afternoon in one cell, such as
  /// `/\`.
  private static func hasTwoMarks(_ header: HeaderRow, _ first: [[String]]) -> Bool {
    guard let index = header.index(of: .mark) else { return false }
    let texts = first.compactMap { index < $0.count ? $0[index] : nil }
    return texts.contains { $0 == "/\\" } && texts.allSatisfy { $0.utf8.count <= 5 }
  }
}

extension Column {
  static let identifiers: [Column] = [.upn, .pupilID, .admissionNumber]
  static let names: [Column] = [.surname, .forename, .name]
  static let totals: [Column] = [
    .sessionsPossible, .sessionsAttended, .sessionsAuthorised, .sessionsUnauthorised, .percentAttended,
  ]
}
