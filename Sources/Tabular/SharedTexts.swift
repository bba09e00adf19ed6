/// The texts of a workbook that its cells point to by number.
final class SharedTexts: XMLHandler {
  private var texts = ByteBuffer(capacity: 1 << 16)
  /// Where each text ends; it starts where the one before it ends.
  private var ends: [Int32] = []
  private var start = 0
  private var isInRun = false
  private var isCollecting = false

  /// Unit: bytes kept in memory. Names and marks repeat, so that a whole school takes some 100 KB.
  static let mostBytes = 64 << 20
  private static let mostTexts = 8 << 20

  var bytes: UnsafeBufferPointer<UInt8> { texts.bytes }

  /// Where a text lies. Missing: nil when the workbook has no text of that number.
  @inline(__always) func range(of number: Int) -> Range<Int>? {
    guard ends.indices.contains(number) else { return nil }
    return (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch depth {
    case 2: start = texts.count
    case 3:
      isInRun = name.bytes.says("r")
      isCollecting = name.bytes.says("t")
    // Phonetic runs (`rPh`) repeat the text as it is spoken, so only those of `r` count.
    case 4: isCollecting = isInRun && name.bytes.says("t")
    default: break
    }
  }

  override func end(_ name: XMLName) {
    switch depth {
    case 2 where name.bytes.says("si"): finish()
    case 3, 4: isCollecting = false
    default: break
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isCollecting else { return }
    texts.append(bytes)
    if texts.count > SharedTexts.mostBytes { refuse("its texts take more than 64 MB") }
  }

  private func finish() {
    EscapedText.decode(&texts, from: start)
    ends.append(Int32(texts.count))
    if ends.count > SharedTexts.mostTexts { refuse("it holds more than \(SharedTexts.mostTexts) texts") }
  }
}
