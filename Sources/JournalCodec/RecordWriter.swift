import Groundwork

/// Writes one record's JSON: keys in the order of the calls, no blanks, so equal records give equal bytes.
struct RecordWriter {
  /// The bytes that were written and not handed to `put` yet.
  private(set) var bytes: [UInt8] = []
  private var needsComma = false
  /// Takes the bytes written so far, between two elements of an array; nil keeps all of them in `bytes`.
  private let put: ((ArraySlice<UInt8>) -> Void)?

  private static let part = 1 << 20

  init() {
    put = nil
    bytes.reserveCapacity(512)
  }

  init(to put: @escaping (ArraySlice<UInt8>) -> Void) { self.put = put }

  mutating func object(_ key: StaticString? = nil, _ body: (inout RecordWriter) -> Void) {
    begin(key)
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  mutating func array<Element>(
    _ key: StaticString, _ elements: [Element], _ body: (inout RecordWriter, Element) -> Void
  ) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
    needsComma = false
    for element in elements {
      body(&self, element)
      guard let put, bytes.count >= Self.part else { continue }
      put(bytes[...])
      bytes.removeAll(keepingCapacity: true)
    }
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// A number; without a key an element of an array.
  mutating func put(_ key: StaticString? = nil, _ value: Int64) {
    begin(key)
    append(value)
  }

  mutating func put(_ key: StaticString? = nil, _ value: Int) { put(key, Int64(value)) }

  mutating func put(_ key: StaticString, _ value: Bool) {
    begin(key)
    append(value ? "true" : "false")
  }

  /// A text; without a key an element of an array. nil is `null`.
  mutating func put(_ key: StaticString? = nil, _ value: String?) {
    begin(key)
    if let value { quote(value) } else { append("null") }
  }

  mutating func put(_ key: StaticString, _ value: Int?) {
    begin(key)
    if let value { append(Int64(value)) } else { append("null") }
  }

  /// Bytes in hexadecimal.
  mutating func put(_ key: StaticString, hexadecimal value: [UInt8]) {
    begin(key)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(hexadecimal: value)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func begin(_ key: StaticString?) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
    guard let key else { return }
    bytes.append(UInt8(ascii: "\""))
    append(key)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func append(_ value: Int64) { bytes.append(contentsOf: String(value).utf8) }

  private mutating func quote(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        append("\\u00")
        bytes.append(hexadecimal: CollectionOfOne(byte))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
