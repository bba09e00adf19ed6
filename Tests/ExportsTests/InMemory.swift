import Registers
import Tabular
import TabularTestSupport

@testable import Exports

extension InMemory {
  static func file(
    _ bytes: [UInt8], _ name: String = "autumn.csv", profile: SourceProfile = SourceProfile(),
    atMost limit: Int = .max
  ) -> ExportFile {
    ExportFile(
      SourceFile(name) { () throws(TableFailure) -> ByteFeed.Read in read(bytes, atMost: limit) },
      profile: profile)
  }

  static func file(
    _ text: String, _ name: String = "autumn.csv", profile: SourceProfile = SourceProfile()
  ) -> ExportFile {
    file(Array(text.utf8), name, profile: profile)
  }
}
