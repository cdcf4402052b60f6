/// One thing a resident can have done (事项).
///
/// The fields are those of the district's draft catalogue, which follow GB/T 39554.2 and Chongqing's published
/// material tables.
package struct Item: Hashable, Sendable, Codable {
  /// Internal code, unique in a catalogue version: `YB-001`.
  package let code: String
  package let name: String
  /// Initials of the name in pinyin, capital letters; two items may share them.
  package let initials: String
  /// Other names residents use.
  package let aliases: [String]
  /// 办事类别, shown to the resident as the department: 医疗保障, 社会保险 …
  package let category: String
  /// The queue group (队列分组) that serves it where windows are departmental: 医保, 社保, 户籍 …
  package let queueGroup: String
  package let audience: Audience
  package let handledBy: Handler
  /// Set when only this body may act in law (公安): such an item keeps its lane in every window mode.
  package let legalActor: String?
  package let sensitivity: String?
  package let delegation: String?
  package let serviceModes: [String]
  package let basis: [String]
  package let conditions: [String]
  package let situations: [Situation]
  package let materials: [Material]
  package let steps: [String]
  package let legalLimit: TimeLimit?
  package let promisedLimit: TimeLimit?
  /// What it costs in the resident's words; 不收费 when nothing.
  package let fee: String
  /// A phone number, or nil: then the hall's own.
  package let consultPhone: String?
  package let supervisePhone: String?
  /// Official 12-digit code, nil until the district gives it; never invented.
  package let nationalBasicCode: String?
  package let note: String?
  /// Done in every hall of the city (全市通办).
  package let cityWide: Bool

  package enum Audience: String, Sendable, Codable { case person, enterprise }
  package enum Handler: String, Sendable, Codable { case window, agent, village, police }

  package init(
    code: String, name: String, initials: String, aliases: [String] = [], category: String, queueGroup: String,
    audience: Audience = .person, handledBy: Handler, legalActor: String? = nil, sensitivity: String? = nil,
    delegation: String? = nil, serviceModes: [String] = [], basis: [String] = [], conditions: [String] = [],
    situations: [Situation] = [], materials: [Material] = [], steps: [String] = [], legalLimit: TimeLimit? = nil,
    promisedLimit: TimeLimit? = nil, fee: String = "不收费", consultPhone: String? = nil,
    supervisePhone: String? = nil, nationalBasicCode: String? = nil, note: String? = nil, cityWide: Bool = false
  ) {
    self.code = code
    self.name = name
    self.initials = initials
    self.aliases = aliases
    self.category = category
    self.queueGroup = queueGroup
    self.audience = audience
    self.handledBy = handledBy
    self.legalActor = legalActor
    self.sensitivity = sensitivity
    self.delegation = delegation
    self.serviceModes = serviceModes
    self.basis = basis
    self.conditions = conditions
    self.situations = situations
    self.materials = materials
    self.steps = steps
    self.legalLimit = legalLimit
    self.promisedLimit = promisedLimit
    self.fee = fee
    self.consultPhone = consultPhone
    self.supervisePhone = supervisePhone
    self.nationalBasicCode = nationalBasicCode
    self.note = note
    self.cityWide = cityWide
  }

  /// True when a public output may not name the item (PIPL art. 28; DOMAIN.md §0.9).
  package var isSensitive: Bool { sensitivity != nil }
  /// True when only the police may handle it, in every window mode.
  package var isPoliceOnly: Bool { handledBy == .police || legalActor != nil }
}
