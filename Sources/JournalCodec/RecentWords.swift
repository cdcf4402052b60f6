import Glibc

/// The last few different texts of one kind and what they stand for: a day's records name the same few actors and scopes.
struct RecentWords<Value: Sendable>: Sendable {
  private static var kept: Int { 8 }

  private var words: [(bytes: [UInt8], value: Value)] = []
  private var next = 0

  /// What a text stands for, when it is among them.
  func value(of text: UnsafeRawBufferPointer) -> Value? {
    for word in words where word.bytes.count == text.count {
      let isSame = word.bytes.withUnsafeBytes { bytes in
        guard let a = bytes.baseAddress, let b = text.baseAddress else { return true }
        return memcmp(a, b, bytes.count) == 0
      }
      if isSame { return word.value }
    }
    return nil
  }

  mutating func remember(_ text: UnsafeRawBufferPointer, _ value: Value) {
    let word = (bytes: [UInt8](text), value: value)
    if words.count < Self.kept { words.append(word) } else { words[next] = word }
    next = (next + 1) % Self.kept
  }
}
