import Groundwork
import Ports
import YAMLDocuments

/// The canonical form: the same bytes for the same data, whatever the file's layout. Tables in the order of their keys,
/// texts in quotes, no comments, no spaces.
enum CanonicalForm {
  static func bytes(_ node: YAMLNode) -> [UInt8] {
    var out: [UInt8] = []
    write(node, &out)
    return out
  }

  /// First 16 hexadecimal digits of the digest of the canonical form.
  static func version(_ node: YAMLNode, _ sealing: any Sealing) -> String {
    sealing.digest(bytes(node)).prefix(8).hexadecimal
  }

  private static func write(_ node: YAMLNode, _ out: inout [UInt8]) {
    switch node.content {
    case .null:
      out += Array("null".utf8)
    case .scalar(let text, _):
      write(text, &out)
    case .list(let elements):
      out.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        write(element, &out)
      }
      out.append(UInt8(ascii: "]"))
    case .table(let pairs):
      out.append(UInt8(ascii: "{"))
      for (index, pair) in pairs.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }).enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        write(pair.key, &out)
        out.append(UInt8(ascii: ":"))
        write(pair.value, &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, _ out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { out.append(UInt8(ascii: "\\")) }
      out.append(byte)
    }
    out.append(UInt8(ascii: "\""))
  }
}
