import Groundwork
import Ports
import YAMLDocuments

/// The digest of what all machines of a hall have to decide by alike: the configuration without what belongs to one
/// machine, and the catalogue, the calendar and the divisions.
///
/// It is over the file's values and not over its bytes: comments, spaces and the order of keys make no difference.
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

  /// Lengths before texts, so that no two trees give one text.
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
