/// One paper or thing a resident brings (材料). `Material.fields` lists its fields.
package struct Material: Hashable, Sendable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case original, copy, originalAndCopy = "original_and_copy", originalOrCopy = "original_or_copy", form
  }

  /// 材料必要性; smaller is stricter.
  package enum Necessity: String, Sendable, Codable, CaseIterable, Comparable {
    /// 必要: the application is not accepted without it.
    case necessary = "必要"
    /// 容缺后补: the application is accepted without it, and it is handed in later.
    case deferrable = "容缺后补"
    /// 非必要: helps where it exists.
    case optional = "非必要"

    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    private var rank: Int {
      switch self {
      case .necessary: 0
      case .deferrable: 1
      case .optional: 2
      }
    }
  }

  /// 材料形式.
  package enum Medium: String, Sendable, Codable, CaseIterable {
    case paper = "纸质", electronic = "电子", either = "纸质或电子"
  }

  package let name: String
  package let kind: Kind
  /// Required originals; at least 0.
  package let originals: Int
  /// Required photocopies; at least 0.
  package let copies: Int
  /// How necessary it is where its condition holds.
  package var necessity: Necessity
  /// Nil where the source does not say.
  package let medium: Medium?
  /// 纸质材料规格: A4.
  package var size: String?
  /// An electronic licence (电子证照) may be shown instead.
  package var electronicAccepted: Bool
  /// The hall gets it by data sharing (数据共享): nobody is asked to bring it.
  package var shared: Bool
  /// Where it comes from (来源渠道): 申请人自备, 政府部门核发（公安）…
  package var source: String?
  /// How to get it (来源渠道说明): where to go, whom to call.
  package var obtain: String?
  /// What it has to look like (受理标准, 填报须知).
  package var standard: String?
  package var basis: String?
  /// When it is needed; nil means always.
  package let when: Condition?
  /// Alternatives of which one is enough; empty when the name says it all.
  package var anyOf: [String]
  /// The group of materials of which one is enough (任选其一), by its name; nil for a material on its own.
  package var oneOf: String?
  package var note: String?

  package init(
    name: String, kind: Kind, originals: Int, copies: Int, necessity: Necessity, medium: Medium? = nil,
    size: String? = nil, electronicAccepted: Bool = false, shared: Bool = false, source: String? = nil,
    obtain: String? = nil, standard: String? = nil, basis: String? = nil, when: Condition? = nil, anyOf: [String] = [],
    oneOf: String? = nil, note: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.originals = originals
    self.copies = copies
    self.necessity = necessity
    self.medium = medium
    self.size = size
    self.electronicAccepted = electronicAccepted
    self.shared = shared
    self.source = source
    self.obtain = obtain
    self.standard = standard
    self.basis = basis
    self.when = when
    self.anyOf = anyOf
    self.oneOf = oneOf
    self.note = note
  }

  /// From published tables: `required` is false for 非必要 and for what only a situation needs.
  package init(
    name: String, kind: Kind, originals: Int, copies: Int, required: Bool, electronicAccepted: Bool = false,
    source: String? = nil, basis: String? = nil, when: Condition? = nil, anyOf: [String] = [], note: String? = nil
  ) {
    self.init(
      name: name, kind: kind, originals: originals, copies: copies,
      necessity: required || when != nil ? .necessary : .optional, electronicAccepted: electronicAccepted,
      source: source, basis: basis, when: when, anyOf: anyOf, note: note)
  }

  /// True when everybody has to bring it.
  package var required: Bool { necessity == .necessary && when == nil }
  /// True when it may stay at home although the case needs it: the hall gets it itself, or it is 非必要. An electronic
  /// licence has to be shown like the paper, so it does not make a material dispensable.
  package var isDispensable: Bool { shared || necessity == .optional }
}

/// Catalogues are stored in the state folder as long as their notices; fields that an older one lacks get the meaning
/// they had then.
extension Material: Codable {
  private enum Older: String, CodingKey { case required }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func maybe(_ key: CodingKeys) throws -> String? { try fields.decodeIfPresent(String.self, forKey: key) }
    let when = try fields.decodeIfPresent(Condition.self, forKey: .when)
    let required =
      try decoder.container(keyedBy: Older.self).decodeIfPresent(Bool.self, forKey: .required) ?? true
    self.init(
      name: try fields.decode(String.self, forKey: .name), kind: try fields.decode(Kind.self, forKey: .kind),
      originals: try fields.decode(Int.self, forKey: .originals), copies: try fields.decode(Int.self, forKey: .copies),
      necessity: try fields.decodeIfPresent(Necessity.self, forKey: .necessity)
        ?? (required || when != nil ? .necessary : .optional),
      medium: try fields.decodeIfPresent(Medium.self, forKey: .medium), size: try maybe(.size),
      electronicAccepted: try fields.decode(Bool.self, forKey: .electronicAccepted),
      shared: try fields.decodeIfPresent(Bool.self, forKey: .shared) ?? false, source: try maybe(.source),
      obtain: try maybe(.obtain), standard: try maybe(.standard), basis: try maybe(.basis), when: when,
      anyOf: try fields.decode([String].self, forKey: .anyOf), oneOf: try maybe(.oneOf), note: try maybe(.note))
  }
}
