import Foundation
import TestSupport
import Testing

/// A broken or hostile file, and the expected messages.
struct HostileFile: Sendable, CustomTestStringConvertible {
  let name: String
  /// In the folder `exports`.
  let file: String
  let makeBytes: @Sendable () -> [UInt8]
  let status: Int32
  /// The messages after the file's path, such as `:6: the row has 2 fields`.
  let says: [String]
  /// The number of rows after the header, or `nil` if the file is refused.
  var rows: Int?
  var isPupils = false
  var asAt: String?
  /// Text that the output must also contain.
  var also = ""
  /// Registers beside it, by name.
  var others: [String: String] = [:]

  var testDescription: String { name }

  init(
    _ name: String, _ file: String, _ status: Int32, _ says: [String],
    bytes: @escaping @Sendable () -> [UInt8]
  ) {
    self.name = name
    self.file = file
    self.status = status
    self.says = says
    makeBytes = bytes
  }

  /// A file that is refused whole.
  static func refused(
    _ name: String, in file: String = "register.csv", _ text: @autoclosure @escaping @Sendable () -> String,
    _ says: String...
  ) -> HostileFile {
    HostileFile(name, file, 2, says) { Array(text().utf8) }
  }

  /// A file that is read, with findings that warn.
  static func warned(
    _ name: String, in file: String = "register.csv", rows: Int,
    _ text: @autoclosure @escaping @Sendable () -> String, _ says: String...
  ) -> HostileFile {
    var hostile = HostileFile(name, file, 1, says) { Array(text().utf8) }
    hostile.rows = rows
    return hostile
  }

  static func warned(
    _ name: String, in file: String = "register.csv", rows: Int, bytes: @escaping @Sendable () -> [UInt8],
    _ says: String...
  ) -> HostileFile {
    var hostile = HostileFile(name, file, 1, says, bytes: bytes)
    hostile.rows = rows
    return hostile
  }

  func with(_ change: (inout HostileFile) -> Void) -> HostileFile {
    var changed = self
    change(&changed)
    return changed
  }
}

extension HostileFile {
  static let ann = MadeUPN.of(3)
  static let bob = MadeUPN.of(2)
  /// Text that no output may contain.
  static let canaries = ["quillfeather", "marigold", "peregrine", ann.lowercased(), bob.lowercased()]

  static let head = "UPN,Surname,Forename,Date,Session,Mark\n"
  static let pupilHead = "UPN,Surname,Forename,DOB,Year\n"
  static let pupils =
    "\(ann),Quillfeather,Marigold,2016-05-01,4\n\(bob),Quillfeather,Peregrine,2016-06-01,4\n"
  /// Two pupils, a day: rows 2 to 5.
  static let good = row() + row(session: "PM", "\\") + row(bob) + row(bob, session: "PM", "\\")

  static func row(
    _ upn: String = ann, _ date: String = "2025-09-08", session: String = "AM", _ mark: String = "/"
  )
    -> String
  {
    "\(upn),Quillfeather,Marigold,\(date),\(session),\(mark)\n"
  }

  /// A workspace with the file in it.
  func workspace() throws -> Scratch {
    let scratch = try Scratch()
    let path = try scratch.write("", to: "exports/\(file)")
    try Data(makeBytes()).write(to: URL(fileURLWithPath: path))
    if isPupils {
      try scratch.write(HostileFile.head + HostileFile.good, to: "exports/register.csv")
    } else {
      try scratch.write(HostileFile.pupilHead + HostileFile.pupils, to: "exports/pupils.csv")
    }
    for (name, text) in others { try scratch.write(text, to: "exports/\(name)") }
    let registers = [isPupils ? "register.csv" : file] + others.keys.sorted()
    let trust = """
      name: Small Trust
      \(asAt.map { "as_at: \($0)" } ?? "")
      schools:
        - name: One School
          urn: "100009"
          registers: [\(registers.map { "exports/\($0)" }.joined(separator: ", "))]
          pupils: [exports/\(isPupils ? file : "pupils.csv")]
          accept_refused: true

      """
    try scratch.write(trust, to: "trust.yaml")
    return scratch
  }
}
