import Glibc

/// A small cache of decoded texts: a day's records name the same few principals and scopes.
struct RecentWords<Value: Sendable>: Sendable {
  private static var kept: Int { 8 }

  private var words: [(bytes: [UInt8], value: Value)] = []
  private var next = 0

  /// The cached value of a text, if any.
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
