/// A name with enough left out that others in the queue do not learn it: 张三 is 张*, 张小三 is 张*三. A longer name keeps its
/// first and last character with at most three stars between; a name with · keeps the first and the last with two.
package struct MaskedName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// - Parameter name: as on the card.
  package init(_ name: String) {
    let letters = Array(name)
    guard let first = letters.first, let last = letters.last else {
      description = ""
      return
    }
    if letters.contains("·") || letters.contains("•") {
      description = "\(first)**\(last)"
      return
    }
    switch letters.count {
    case 1: description = "*"
    case 2: description = "\(first)*"
    default: description = "\(first)\(String(repeating: "*", count: min(letters.count - 2, 3)))\(last)"
    }
  }
}
