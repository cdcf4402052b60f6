import Hall
import YAMLDocuments

/// Parses when a material is needed.
///
/// `when: key`; `when: [a, b]` for any of them; `when: {all: […]}`, `{any: […]}`, `{not: …}` otherwise.
struct ConditionParser {
  /// Keys of the item's situations.
  let situations: Set<String>
  let log: FaultLog

  /// Nil where there is none; nil with a fault where it cannot be parsed.
  func condition(_ table: YAMLTable) -> Condition? {
    guard let node = table.node("when"), let condition = read(node, depth: 1) else { return nil }
    if condition.keys.count > Condition.mostKeys {
      log.fault(
        node.location, "`when` names \(condition.keys.count) situations", "\(Condition.mostKeys) are the most",
        zh: "适用情形（when）写了 \(condition.keys.count) 个情形：最多 \(Condition.mostKeys) 个")
    }
    return condition
  }

  private func read(_ node: YAMLNode, depth: Int) -> Condition? {
    guard depth <= Condition.deepest else {
      log.fault(
        node.location, "`when` is nested too deep", "\(Condition.deepest) levels are the most",
        zh: "适用情形（when）嵌套太深：最多 \(Condition.deepest) 层")
      return nil
    }
    switch node.content {
    case .scalar: return key(node)
    case .list(let parts): return Condition.any(self.parts(parts, node, depth))
    case .table(let pairs):
      guard pairs.count == 1, let pair = pairs.first else { break }
      switch (pair.key, pair.value.content) {
      case ("all", .list(let parts)): return .all(self.parts(parts, pair.value, depth))
      case ("any", .list(let parts)): return .any(self.parts(parts, pair.value, depth))
      case ("not", _): return read(pair.value, depth: depth + 1).map(Condition.not)
      default: break
      }
    case .null: break
    }
    log.fault(
      node.location, "`when` is \(node.kind)",
      "write a situation's key, a list of them, or {all: […]}, {any: […]}, {not: …}",
      zh: "适用情形（when）是\(node.chineseKind)：写一个情形、几个情形的列表，或 {all: […]}、{any: […]}、{not: …}")
    return nil
  }

  private func parts(_ nodes: [YAMLNode], _ whole: YAMLNode, _ depth: Int) -> [Condition] {
    if nodes.isEmpty {
      log.fault(
        whole.location, "`when` names no situation", "name one, or take the line out",
        zh: "适用情形（when）没有写情形：写一个，或去掉这一行")
    }
    return nodes.compactMap { read($0, depth: depth + 1) }
  }

  private func key(_ node: YAMLNode) -> Condition? {
    guard let key = YAMLTable.text(node, "when", atMost: 40, log, .ofMaterial) else { return nil }
    if !situations.contains(key) {
      let known = situations.sorted().joined(separator: ", ")
      log.fault(
        node.location, "`when` names the situation \(key), which the item does not have",
        known.isEmpty ? "add it under `situations`" : "write one of: \(known)",
        zh: "适用情形（when）里的 \(key) 不是这个事项的情形：\(known.isEmpty ? "先在情形（situations）里加上" : "请写其中之一：\(known)")")
    }
    return .chosen(key)
  }
}
