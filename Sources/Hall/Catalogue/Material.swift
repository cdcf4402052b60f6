/// One paper or thing a resident brings (材料).
package struct Material: Hashable, Sendable, Codable {
  package enum Kind: String, Sendable, Codable {
    case original, copy, originalAndCopy = "original_and_copy", originalOrCopy = "original_or_copy", form
  }

  package let name: String
  package let kind: Kind
  /// Originals asked for; at least 0.
  package let originals: Int
  /// Photocopies asked for; at least 0.
  package let copies: Int
  /// False for 非必要 or when it is needed only in a situation.
  package let required: Bool
  /// An electronic licence (电子证照) is accepted instead.
  package let electronicAccepted: Bool
  /// Where it comes from (来源渠道): 申请人自备, 政府部门核发（公安）…
  package let source: String?
  package let basis: String?
  /// The key of the situation in which it is needed; nil means always.
  package let when: String?
  /// What this material may be, one of them being enough; empty when the name says it all.
  package let anyOf: [String]
  package let note: String?

  package init(
    name: String, kind: Kind, originals: Int, copies: Int, required: Bool, electronicAccepted: Bool = false,
    source: String? = nil, basis: String? = nil, when: String? = nil, anyOf: [String] = [], note: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.originals = originals
    self.copies = copies
    self.required = required
    self.electronicAccepted = electronicAccepted
    self.source = source
    self.basis = basis
    self.when = when
    self.anyOf = anyOf
    self.note = note
  }
}

/// An answer that changes which materials an item needs (情形).
package struct Situation: Hashable, Sendable, Codable {
  package let key: String
  package let label: String

  package init(key: String, label: String) {
    self.key = key
    self.label = label
  }
}
