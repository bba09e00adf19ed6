extension String {
  /// The text on one line, characters that would steer a terminal written out, such as `\u{1B}`.
  package var printable: String { escaping { $0.isUnsafeForTerminal } }

  /// The same over several lines.
  var printableLines: String { escaping { $0.isUnsafeForTerminal && $0 != "\n" } }

  /// The text as it stands in names of files: no two texts have the same.
  var printableName: String { escaping { $0.isUnsafeForTerminal || $0 == "\\" } }

  private func escaping(_ isEscaped: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: isEscaped) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      guard isEscaped(scalar) else { return text.unicodeScalars.append(scalar) }
      text += scalar == "\\" ? "\\\\" : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character, breaks a line, or turns the direction of the text behind it.
  fileprivate var isUnsafeForTerminal: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: [0x061C, 0x200E, 0x200F].contains(value) || 0x202A...0x202E ~= value || 0x2066...0x2069 ~= value
    }
  }
}
