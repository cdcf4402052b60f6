/// What kind of symbol a code came from: `]`, a letter, a modifier, as in `]Q3`. Source: ISO/IEC 15424.
package struct AIMIdentifier: Hashable, Sendable, CustomStringConvertible {
  package let letter: UInt8
  package let modifier: UInt8

  package var description: String { "]" + String(decoding: [letter, modifier], as: UTF8.self) }

  /// nil unless the three bytes are `]`, a letter of the standard, and a digit or letter.
  package init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes.prefix(4))
    guard bytes.count == 3, bytes[0] == UInt8(ascii: "]"), Self.names[bytes[1]] != nil,
      (0x30...0x39).contains(bytes[2]) || (0x41...0x5A).contains(bytes[2]) || (0x61...0x7A).contains(bytes[2])
    else { return nil }
    letter = bytes[1]
    modifier = bytes[2]
  }

  /// The symbology by name.
  package var symbology: String {
    switch (letter, modifier) {
    case (UInt8(ascii: "C"), UInt8(ascii: "1")): "GS1-128"
    case (UInt8(ascii: "E"), UInt8(ascii: "0")): "EAN-13"
    case (UInt8(ascii: "E"), UInt8(ascii: "4")): "EAN-8"
    case (UInt8(ascii: "Q"), UInt8(ascii: "3")): "GS1 QR Code"
    case (UInt8(ascii: "d"), UInt8(ascii: "2")): "GS1 Data Matrix"
    default: Self.names[letter] ?? "unknown"
    }
  }

  /// Whether this is a vendor's menu answer, not a symbol: `]Z…` and `]X0`.
  var isVendorAnswer: Bool { letter == UInt8(ascii: "Z") || letter == UInt8(ascii: "X") && modifier == 0x30 }

  private static let names: [UInt8: String] = [
    UInt8(ascii: "A"): "Code 39", UInt8(ascii: "C"): "Code 128", UInt8(ascii: "E"): "EAN/UPC",
    UInt8(ascii: "F"): "Codabar", UInt8(ascii: "G"): "Code 93", UInt8(ascii: "I"): "Interleaved 2 of 5",
    UInt8(ascii: "L"): "PDF417", UInt8(ascii: "M"): "MSI", UInt8(ascii: "Q"): "QR Code",
    UInt8(ascii: "R"): "2 of 5", UInt8(ascii: "S"): "2 of 5", UInt8(ascii: "U"): "MaxiCode",
    UInt8(ascii: "X"): "other", UInt8(ascii: "Z"): "vendor", UInt8(ascii: "d"): "Data Matrix",
    UInt8(ascii: "e"): "GS1 DataBar", UInt8(ascii: "h"): "Han Xin", UInt8(ascii: "z"): "Aztec",
  ]
}
