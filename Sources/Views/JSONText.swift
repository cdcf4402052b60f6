import Groundwork

/// Writes JSON as bytes, in the order of the calls.
///
/// The views of the feed are written for every event and every audience, so they are written directly rather than
/// through a general encoder. Every string is escaped here (RFC 8259 §7; `<` too, so that a value can never end a
/// script element).
package struct JSONText: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() { bytes.reserveCapacity(512) }

  package mutating func object(_ key: String? = nil, _ body: (inout JSONText) -> Void) {
    open(key, UInt8(ascii: "{"))
    body(&self)
    close(UInt8(ascii: "}"))
  }

  package mutating func array<S: Sequence>(
    _ key: String? = nil, _ elements: S, _ body: (inout JSONText, S.Element) -> Void
  ) {
    open(key, UInt8(ascii: "["))
    for element in elements { body(&self, element) }
    close(UInt8(ascii: "]"))
  }

  package mutating func field(_ key: String, _ value: String?) {
    name(key)
    if let value { string(value) } else { raw("null") }
  }

  package mutating func field(_ key: String, _ value: Int?) {
    name(key)
    raw(value.map(String.init) ?? "null")
  }

  package mutating func field(_ key: String, _ value: Bool) {
    name(key)
    raw(value ? "true" : "false")
  }

  package mutating func strings<S: Sequence>(_ key: String, _ values: S) where S.Element == String {
    array(key, values) { $0.element($1) }
  }

  package mutating func numbers<S: Sequence>(_ key: String, _ values: S) where S.Element == Int {
    array(key, values) { $0.element($1) }
  }

  /// An element of an array.
  package mutating func element(_ value: String) {
    comma()
    string(value)
  }

  package mutating func element(_ value: Int) {
    comma()
    raw(String(value))
  }

  package mutating func null(_ key: String) {
    name(key)
    raw("null")
  }

  private mutating func open(_ key: String?, _ bracket: UInt8) {
    if let key { name(key) } else { comma() }
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func name(_ key: String) {
    comma()
    string(key)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func string(_ value: String) {
    var value = value
    bytes.append(UInt8(ascii: "\""))
    value.withUTF8 { text in
      // Nearly every string needs no escape, so runs of plain bytes are copied whole.
      var start = 0
      for (index, byte) in text.enumerated() where Self.needsEscape(byte) {
        bytes.append(contentsOf: text[start..<index])
        escape(byte)
        start = index + 1
      }
      bytes.append(contentsOf: text[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "<") || byte == 0x7F
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case UInt8(ascii: "\n"): raw("\\n")
    default: raw("\\u00" + byte.hexadecimal)
    }
  }
}
