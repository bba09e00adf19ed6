/// Why a made-up trust could not be made.
package enum SampleFailure: Error, Hashable {
  /// A workbook could not be written, for want of memory or room for temporary files.
  case workbook(name: String, reason: String)
}

extension SampleFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .workbook(let name, let reason): "\(name) could not be made: \(reason)"
    }
  }
}
