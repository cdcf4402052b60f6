import Groundwork
import Ports
import YAMLDocuments

/// The digest of everything that decisions depend on, which has to be the same on all machines of a hall.
///
/// These are the configuration without the sections of one machine, the catalogue, the calendar and the divisions. It is
/// computed over the configuration's values and not over its bytes, so comments, spaces and the order of keys make no
/// difference.
struct HallDigest {
  /// Sections of one machine.
  private static let ofOneMachine: Set = [
    "shared", "listeners", "door", "monitoring", "readers", "training", "speech", "files",
  ]

  /// - Parameter files: the contents of the files that decide.
  /// - Returns: 16 hexadecimal digits.
  static func make(_ root: YAMLNode, files: [String], _ sealing: any Sealing) -> String {
    var text = ""
    if case .table(let pairs) = root.content {
      for pair in pairs.sorted(by: { $0.key < $1.key }) where !ofOneMachine.contains(pair.key) {
        text += pair.key + ":"
        write(pair.value, &text)
      }
    }
    for file in files { text += "\n" + sealing.digest(Array(file.utf8)).hexadecimal }
    return sealing.digest(Array(text.utf8)).prefix(8).hexadecimal
  }

  /// Writes the length before each text, so that two different trees never give the same text.
  private static func write(_ node: YAMLNode, _ text: inout String) {
    switch node.content {
    case .null: text += "~"
    case .scalar(let value, _): text += "\(value.utf8.count)'\(value)"
    case .list(let elements):
      text += "["
      for element in elements { write(element, &text) }
      text += "]"
    case .table(let pairs):
      text += "{"
      for pair in pairs.sorted(by: { $0.key < $1.key }) {
        text += "\(pair.key):"
        write(pair.value, &text)
      }
      text += "}"
    }
  }
}
