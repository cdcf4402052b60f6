/// What a printer calls itself over USB: maker and model of its IEEE 1284 device id, `MFG:…;MDL:…;`.
///
/// It comes from a device, so only printable ASCII is kept, and not much of it. Source: USB Printer Class 1.1 §4.2.1, IEEE 1284-2000 §7.6.
package struct PrinterDeviceID: Hashable, Sendable, CustomStringConvertible {
  /// Characters of `description`.
  private static let longest = 60

  /// Maker and model in one line: `EPSON TM-T88V`.
  package let description: String

  /// nil for a text without a model and a maker.
  package init?(_ text: String) {
    let fields = text.split(separator: ";").map { $0.split(separator: ":", maxSplits: 1).map(String.init) }
    func field(_ names: Set<String>) -> String? {
      fields.first { $0.count == 2 && names.contains(Self.printable($0[0]).uppercased()) }?[1]
    }
    self.init(maker: field(["MFG", "MANUFACTURER"]), model: field(["MDL", "MODEL"]))
  }

  /// The strings of the USB device, where it has no device id.
  package init?(maker: String?, model: String?) {
    let words = [maker, model].compactMap { $0.map(Self.printable) }.filter { !$0.isEmpty }
    guard !words.isEmpty else { return nil }
    description = String(words.joined(separator: " ").prefix(Self.longest))
  }

  /// Whether a pattern of a model file fits, without regard to case; `*` stands for any characters.
  package func fits(_ pattern: String) -> Bool { Self.fits(description.lowercased()[...], pattern.lowercased()[...]) }

  private static func fits(_ text: Substring, _ pattern: Substring) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return text == pattern }
    guard text.hasPrefix(first) else { return false }
    var rest = text.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = range(of: part, in: rest) else { return false }
      rest = rest[found...].dropFirst(part.count)
    }
    return rest.count >= last.count && rest.hasSuffix(last)
  }

  private static func range(of part: Substring, in text: Substring) -> Substring.Index? {
    text.indices.first { text[$0...].hasPrefix(part) }
  }

  private static func printable(_ text: String) -> String {
    var kept = String(String.UnicodeScalarView(text.unicodeScalars.filter { (0x20..<0x7F).contains($0.value) }))[...]
    while kept.first == " " { kept = kept.dropFirst() }
    while kept.last == " " { kept = kept.dropLast() }
    return String(kept)
  }
}
