import Glibc

/// Parses what `RecordWriter` wrote, in the same order and nothing else.
///
/// Replaying a year parses half a million records, so there is no general parser and no tree between the bytes and the
/// event. Anything that the writer would not have written is `damaged`. It must not outlive the bytes, which it does
/// not own: only `RecordDecoder.decode` makes one, within its call.
struct RecordScanner {
  typealias Fault = RecordCodec.Fault

  private let bytes: UnsafeRawBufferPointer
  private let sequence: Int64
  private var offset = 0
  private var needsComma = false

  init(_ bytes: UnsafeRawBufferPointer, sequence: Int64) {
    self.bytes = bytes
    self.sequence = sequence
  }

  var damage: Fault { .damaged(detail: "record \(sequence) is not readable at byte \(offset)") }

  mutating func object<Value>(
    _ key: StaticString? = nil, _ body: (inout RecordScanner) throws(Fault) -> Value
  ) throws(Fault) -> Value {
    try begin(key)
    try take(UInt8(ascii: "{"))
    needsComma = false
    let value = try body(&self)
    try take(UInt8(ascii: "}"))
    needsComma = true
    return value
  }

  mutating func array<Element>(
    _ key: StaticString, _ body: (inout RecordScanner) throws(Fault) -> Element
  ) throws(Fault) -> [Element] {
    try begin(key)
    try take(UInt8(ascii: "["))
    needsComma = false
    var elements: [Element] = []
    while next != UInt8(ascii: "]") { elements.append(try body(&self)) }
    offset += 1
    needsComma = true
    return elements
  }

  mutating func integer(_ key: StaticString? = nil) throws(Fault) -> Int64 {
    try begin(key)
    return try number()
  }

  mutating func int(_ key: StaticString? = nil) throws(Fault) -> Int { Int(try integer(key)) }

  mutating func integerOrNull(_ key: StaticString) throws(Fault) -> Int64? {
    try begin(key)
    return try skipNull() ? nil : try number()
  }

  mutating func intOrNull(_ key: StaticString) throws(Fault) -> Int? { try integerOrNull(key).map(Int.init) }

  mutating func bool(_ key: StaticString) throws(Fault) -> Bool {
    try begin(key)
    if next == UInt8(ascii: "t") {
      try take("true")
      return true
    }
    try take("false")
    return false
  }

  mutating func text(_ key: StaticString? = nil) throws(Fault) -> String {
    try begin(key)
    return try quoted()
  }

  mutating func textOrNull(_ key: StaticString) throws(Fault) -> String? {
    try begin(key)
    return try skipNull() ? nil : try quoted()
  }

  /// A text and its value; damaged when it has none.
  mutating func text<Value>(_ key: StaticString? = nil, as make: (String) -> Value?) throws(Fault) -> Value {
    guard let value = make(try text(key)) else { throw damage }
    return value
  }

  mutating func textOrNull<Value>(_ key: StaticString, as make: (String) -> Value?) throws(Fault) -> Value? {
    guard let text = try textOrNull(key) else { return nil }
    guard let value = make(text) else { throw damage }
    return value
  }

  mutating func hexadecimal(_ key: StaticString) throws(Fault) -> [UInt8] {
    let digits = try name(key)
    guard digits.count.isMultiple(of: 2) else { throw damage }
    var damaged = false
    let value = [UInt8](unsafeUninitializedCapacity: digits.count / 2) { value, count in
      for index in 0..<digits.count / 2 {
        let (high, low) = (Self.digit(digits[2 * index]), Self.digit(digits[2 * index + 1]))
        damaged = damaged || high > 15 || low > 15
        value[index] = high << 4 | low & 15
      }
      count = digits.count / 2
    }
    guard !damaged else { throw damage }
    return value
  }

  /// A text without escapes, as the bytes of the record itself; nothing is copied.
  mutating func name(_ key: StaticString) throws(Fault) -> UnsafeRawBufferPointer {
    try begin(key)
    try take(UInt8(ascii: "\""))
    let start = offset
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { offset += 1 }
    try take(UInt8(ascii: "\""))
    return UnsafeRawBufferPointer(rebasing: bytes[start..<(offset - 1)])
  }

  /// A frequently repeated text and its value; damaged when it has none.
  mutating func word<Value>(
    _ key: StaticString, among known: inout RecentWords<Value>, as make: (String) -> Value?
  ) throws(Fault) -> Value {
    let before = self
    if let text = try? name(key) {
      if let value = known.value(of: text) { return value }
      guard let value = make(String(decoding: text, as: UTF8.self)) else { throw damage }
      known.remember(text, value)
      return value
    }
    // It contains an escape, or is damaged.
    self = before
    return try text(key, as: make)
  }

  /// True when no more keys follow in the present object.
  ///
  /// Only for the answer, and for version 1 of the four shapes that were released with optional members
  /// (`ticketIssued`, `holderNoted`, `slipRequested`, `noticeIssued`). Every other shape has all its members; more
  /// members need a new version.
  var isAtEndOfObject: Bool { next == UInt8(ascii: "}") }

  /// - Throws: `damaged` when anything follows.
  func finish() throws(Fault) { if offset != bytes.count { throw damage } }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ byte: UInt8) throws(Fault) {
    guard next == byte else { throw damage }
    offset += 1
  }

  private mutating func take(_ literal: StaticString) throws(Fault) {
    let length = literal.utf8CodeUnitCount
    guard offset + length <= bytes.count else { throw damage }
    guard let here = bytes.baseAddress, memcmp(here + offset, literal.utf8Start, length) == 0 else { throw damage }
    offset += length
  }

  private mutating func begin(_ key: StaticString?) throws(Fault) {
    if needsComma { try take(UInt8(ascii: ",")) }
    needsComma = true
    guard let key else { return }
    try take(UInt8(ascii: "\""))
    try take(key)
    try take(UInt8(ascii: "\""))
    try take(UInt8(ascii: ":"))
  }

  private mutating func skipNull() throws(Fault) -> Bool {
    guard next == UInt8(ascii: "n") else { return false }
    try take("null")
    return true
  }

  private mutating func number() throws(Fault) -> Int64 {
    let isNegative = next == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    let start = offset
    var value: Int64 = 0
    while let digit = next, (48...57).contains(digit) {
      let (tens, tooLong) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooLarge) = tens.addingReportingOverflow(Int64(digit - 48))
      guard !tooLong, !tooLarge else { throw damage }
      value = sum
      offset += 1
    }
    guard offset > start else { throw damage }
    return isNegative ? -value : value
  }

  private mutating func quoted() throws(Fault) -> String {
    try take(UInt8(ascii: "\""))
    let start = offset
    while let byte = next {
      if byte == UInt8(ascii: "\"") {
        offset += 1
        return String(decoding: bytes[start..<(offset - 1)], as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") { return try unescaped(from: start) }
      offset += 1
    }
    throw damage
  }

  /// The rest of a text that contains an escaped character.
  private mutating func unescaped(from start: Int) throws(Fault) -> String {
    var plain = Array(bytes[start..<offset])
    while let byte = next {
      offset += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: plain, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        plain.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "u"):
        try take("u00")
        plain.append(try self.byte())
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        plain.append(bytes[offset])
        offset += 1
      default: throw damage
      }
    }
    throw damage
  }

  /// Two hexadecimal digits.
  private mutating func byte() throws(Fault) -> UInt8 {
    guard offset + 2 <= bytes.count else { throw damage }
    let (high, low) = (Self.digit(bytes[offset]), Self.digit(bytes[offset + 1]))
    guard high < 16, low < 16 else { throw damage }
    offset += 2
    return high << 4 | low
  }

  /// The value of a hexadecimal digit in lower case; more than 15 for any other character.
  private static func digit(_ character: UInt8) -> UInt8 {
    switch character {
    case 48...57: character - 48
    case 97...102: character - 87
    default: 0xFF
    }
  }
}
