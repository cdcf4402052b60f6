/// When a material is needed, over the situations of its item.
package indirect enum Condition: Hashable, Sendable {
  /// The situation with this key was chosen.
  case chosen(String)
  /// Every one holds.
  case all([Condition])
  /// At least one holds.
  case any([Condition])
  case not(Condition)

  /// The most situations in one condition: open questions are resolved by trying every combination of them.
  package static let mostKeys = 8
  /// The deepest nesting in a file.
  package static let deepest = 4

  /// Every situation that the condition names, once, in order of first mention.
  package var keys: [String] {
    var found: [String] = []
    collect(into: &found)
    return found
  }

  private func collect(into found: inout [String]) {
    switch self {
    case .chosen(let key): if !found.contains(key) { found.append(key) }
    case .all(let parts), .any(let parts): for part in parts { part.collect(into: &found) }
    case .not(let part): part.collect(into: &found)
    }
  }

  /// Whether it holds when exactly these situations apply.
  package func holds(in chosen: Set<String>) -> Bool {
    switch self {
    case .chosen(let key): chosen.contains(key)
    case .all(let parts): parts.allSatisfy { $0.holds(in: chosen) }
    case .any(let parts): parts.contains { $0.holds(in: chosen) }
    case .not(let part): !part.holds(in: chosen)
    }
  }

  /// The key of a condition that is a single situation; nil for any other.
  package var onlyKey: String? {
    if case .chosen(let key) = self { key } else { nil }
  }
}

extension Condition {
  /// One case in which a condition holds: these situations are chosen, and those are not.
  package struct Clause: Hashable, Sendable {
    package let chosen: [String]
    package let notChosen: [String]
  }

  /// The condition in disjunctive normal form, for readers that do not nest.
  ///
  /// Every combination of its situations in which it holds; empty when it never does.
  package var alternatives: [Clause] {
    let keys = keys
    guard keys.count <= Self.mostKeys else { return [] }
    if let key = onlyKey { return [Clause(chosen: [key], notChosen: [])] }
    return (0..<(1 << keys.count)).compactMap { bits in
      let chosen = keys.indices.filter { bits >> $0 & 1 == 1 }.map { keys[$0] }
      guard holds(in: Set(chosen)) else { return nil }
      return Clause(chosen: chosen, notChosen: keys.filter { !chosen.contains($0) })
    }
  }
}

extension Condition: ExpressibleByStringLiteral {
  package init(stringLiteral key: String) { self = .chosen(key) }
}

/// A key as a string, the others as an object with one field: `"a"`, `{"any": ["a", "b"]}`, `{"not": "a"}`.
extension Condition: Codable {
  private enum Field: String, CodingKey { case all, any, not }

  package init(from decoder: any Decoder) throws {
    if let key = try? decoder.singleValueContainer().decode(String.self) {
      self = .chosen(key)
      return
    }
    let fields = try decoder.container(keyedBy: Field.self)
    if let parts = try fields.decodeIfPresent([Condition].self, forKey: .all) {
      self = .all(parts)
    } else if let parts = try fields.decodeIfPresent([Condition].self, forKey: .any) {
      self = .any(parts)
    } else {
      self = .not(try fields.decode(Condition.self, forKey: .not))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    if let key = onlyKey {
      var value = encoder.singleValueContainer()
      try value.encode(key)
      return
    }
    var fields = encoder.container(keyedBy: Field.self)
    switch self {
    case .chosen: break
    case .all(let parts): try fields.encode(parts, forKey: .all)
    case .any(let parts): try fields.encode(parts, forKey: .any)
    case .not(let part): try fields.encode(part, forKey: .not)
    }
  }
}
