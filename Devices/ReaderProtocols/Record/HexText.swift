import Groundwork

/// Bytes as hexadecimal digits; a byte that is repeated sixteen times or more is written once with a count: `00{1024}`.
package enum HexText {
  private static let shortestRun = 16
  /// The longest run, so that a short line cannot ask for much memory.
  private static let longestRun = 8192

  package static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.first {
      let run = rest.prefix { $0 == byte }.count
      text.append(hexadecimal: repeatElement(byte, count: run >= shortestRun ? 1 : run))
      if run >= shortestRun { text += Array("{\(run)}".utf8) }
      rest = rest.dropFirst(run)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// nil for any other text.
  package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
      guard let high = HexDigit.value(first), let low = rest.popFirst().flatMap(HexDigit.value) else { return nil }
      var run = 1
      if rest.first == UInt8(ascii: "{") {
        let number = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
        guard (1...4).contains(number.count), rest.dropFirst(1 + number.count).first == UInt8(ascii: "}") else {
          return nil
        }
        run = number.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        rest = rest.dropFirst(2 + number.count)
      }
      guard (1...longestRun).contains(run), bytes.count + run <= longestRun else { return nil }
      bytes += [UInt8](repeating: high << 4 | low, count: run)
    }
    return bytes
  }
}
