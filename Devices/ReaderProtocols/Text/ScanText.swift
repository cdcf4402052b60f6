/// How the bytes of a code turned out to be written.
package enum TextEncoding: String, Hashable, Sendable {
  case utf8 = "utf-8"
  case gb18030 = "gb18030"
  case latin1 = "iso-8859-1"
}

/// The text of a scanned code: its bytes tried as UTF-8, then as GB 18030, then as Latin-1.
///
/// In that order, because random GB 18030 is hardly ever valid UTF-8 while nearly everything is Latin-1, which therefore
/// comes last and always succeeds. A short Latin-1 word may read as GB 18030; halls in China scan Chinese.
package struct ScanText: Hashable, Sendable {
  package let text: String
  package let encoding: TextEncoding

  package init(_ bytes: some Collection<UInt8>) {
    // A byte order mark says what follows and is no part of it.
    let marked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if let text = String(validating: marked ? bytes.dropFirst(3) : bytes[...], as: UTF8.self) {
      (self.text, encoding) = (text, .utf8)
    } else if let text = GB18030.decode(bytes) {
      (self.text, encoding) = (text, .gb18030)
    } else {
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
      (text, encoding) = (String(scalars), .latin1)
    }
  }
}
