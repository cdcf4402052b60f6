import ReaderProtocols

/// The encodings of tables that offices' programs write.
package enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  /// Excel's “CSV UTF-8” and WPS's; without the byte order mark Excel would read it as GB 18030.
  case utf8Marked = "UTF-8 with BOM"
  /// “CSV” of WPS and Excel on a Chinese system (GBK is a subset).
  case gb18030 = "GB 18030"
  /// Excel's “Unicode text”.
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"

  /// Why bytes cannot be decoded.
  package enum Fault: Error, Hashable, Sendable {
    /// A workbook (.xlsx, .xls, .et), not a table as text.
    case workbook
    /// A picture or a program: it contains zero bytes.
    case binary
    /// Neither UTF-8 nor GB 18030: the offset, from 0, of the first byte that fits neither.
    case unknown(at: Int)
  }

  /// Detects the encoding and returns the text without its byte order mark.
  ///
  /// A byte order mark decides. Otherwise valid UTF-8 is UTF-8, because GB 18030 text is hardly ever valid UTF-8;
  /// anything else must be valid GB 18030.
  package static func decode(_ bytes: [UInt8]) throws(Fault) -> (text: String, encoding: TextEncoding) {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw .workbook
    }
    if bytes.starts(with: [0xFF, 0xFE]) {
      return (try utf16(bytes.dropFirst(2)) { $0 | $1 << 8 }, .utf16LittleEndian)
    }
    if bytes.starts(with: [0xFE, 0xFF]) { return (try utf16(bytes.dropFirst(2)) { $0 << 8 | $1 }, .utf16BigEndian) }
    if bytes.contains(0) { throw .binary }
    let mark: Unicode.Scalar = "\u{FEFF}"
    if let text = String(validating: bytes, as: UTF8.self) {
      return text.unicodeScalars.first == mark
        ? (String(text.unicodeScalars.dropFirst()), .utf8Marked) : (text, .utf8)
    }
    let text: String
    do throws(GB18030.Fault) { text = try GB18030.decode(bytes) } catch { throw .unknown(at: error.offset) }
    return (text.unicodeScalars.first == mark ? String(text.unicodeScalars.dropFirst()) : text, .gb18030)
  }

  private static func utf16(
    _ bytes: ArraySlice<UInt8>, _ unit: (UInt16, UInt16) -> UInt16
  ) throws(Fault) -> String {
    let pairs = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2)
    let units = pairs.map { unit(UInt16(bytes[$0]), UInt16(bytes[$0 + 1])) }
    guard bytes.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else { throw .unknown(at: 2) }
    return text
  }
}
