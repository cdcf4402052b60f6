/// The detected encoding of a code's bytes.
package enum TextEncoding: String, Hashable, Sendable {
  case utf8 = "utf-8"
  case gb18030 = "gb18030"
  case latin1 = "iso-8859-1"
}

/// The text of a scanned code: its bytes decoded as UTF-8, else as GB 18030, else as Latin-1.
///
/// In that order, because random GB 18030 is hardly ever valid UTF-8, while any bytes are valid Latin-1. A short
/// Latin-1 word may decode as GB 18030, which is acceptable in China.
package struct ScanText: Hashable, Sendable {
  package let text: String
  package let encoding: TextEncoding

  package init(_ bytes: some Collection<UInt8>) {
    // A byte order mark names the encoding and is not part of the text.
    let marked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if let text = String(validating: marked ? bytes.dropFirst(3) : bytes[...], as: UTF8.self) {
      (self.text, encoding) = (text, .utf8)
    } else if let text = try? GB18030.decode(bytes) {
      (self.text, encoding) = (text, .gb18030)
    } else {
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
      (text, encoding) = (String(scalars), .latin1)
    }
  }
}
