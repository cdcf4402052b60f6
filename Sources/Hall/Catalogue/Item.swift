/// One thing that a resident can have done (事项).
///
/// The fields are those of the district's draft catalogue, which follow GB/T 39554.2 and Chongqing's published material
/// tables. `Item.fields` lists the fields; a variable is one that is read by its key path there.
package struct Item: Hashable, Sendable {
  /// Internal code, unique in a catalogue version: `YB-001`.
  package let code: String
  package let name: String
  /// The English names of item and category; nil where the catalogue has none, and then Chinese is shown.
  package let english: English?
  /// Initials of the name in pinyin, capital letters; two items may share them.
  package let initials: String
  /// Other names residents use.
  package var aliases: [String]
  /// 办事类别, shown to residents as the department: 医疗保障, 社会保险 …
  package let category: String
  /// The queue group (队列分组) that serves it where windows are departmental: 医保, 社保, 户籍 …
  package let queueGroup: String
  package let audience: Audience
  package let handledBy: Handler
  /// The only body that may act in law (公安), if there is one: such an item keeps its lane in every window mode.
  package var legalActor: String?
  package var sensitivity: String?
  package var delegation: String?
  package var serviceModes: [String]
  package var basis: [String]
  package var conditions: [String]
  /// The questions about a resident's case, in order; empty when every case needs the same.
  package let questions: [Question]
  package var materials: [Material]
  package var steps: [String]
  package let legalLimit: TimeLimit?
  package let promisedLimit: TimeLimit?
  /// The fee in the resident's words; 不收费 when there is none.
  package let fee: String
  /// A phone number, or nil: then the hall's own.
  package let consultPhone: String?
  package let supervisePhone: String?
  /// Official 12-digit code, nil until the district gives it; never invented.
  package var nationalBasicCode: String?
  package var note: String?
  /// Done in every hall of the city (全市通办).
  package let cityWide: Bool
  /// The level at which it is applied for.
  package let level: Level
  /// The village's list that contains it; nil for what only the town does.
  package var directory: Directory?
  /// The stages of its way (行使层级); empty where `steps` suffices.
  package let stages: [Stage]
  /// The place where it is done when no window of this hall does it (集中进驻事项负面清单).
  package let elsewhere: Elsewhere?
  /// The law that prevents a personal item from being delegated.
  package var exceptionBasis: String?
  /// 收费依据, where something is charged.
  package var feeBasis: String?
  /// Official 31-character code of the 实施清单; nil until the district gives it.
  package var implementationCode: String?
  /// 审批结果名称: what the resident holds at the end.
  package var result: String?
  /// 实施主体: the body in whose name it is done.
  package var actingBody: String?
  /// 到办事现场次数: how often a resident has to come; nil where the source does not say.
  package var visits: Int?
  /// 网办入口: where it can be applied for online (渝快办), in words or as an address.
  package var online: String?
  /// 事项类型; nil where the source does not say.
  package var kind: Kind?
  /// What the law says about telling what is missing; nil: the hall's own promise.
  package var correction: ItemCorrection?
  /// 须本人办理: why no agent may carry it (民法典 第一百六十一条第二款); nil where one may.
  package var inPerson: String?
  /// 行政复议机关 of decisions about this item, where it is not the hall's (税务 and other bodies led from above, 行政复议法
  /// 第二十七条); nil: `CaseRule.remedyOrgan`.
  package var remedyOrgan: String?

  /// The English names, shown beside the official Chinese ones.
  package struct English: Hashable, Sendable, Codable {
    /// Nil where only the category has an English name.
    package let name: String?
    /// Nil where only the item has an English name.
    package let category: String?

    package init(name: String?, category: String?) {
      self.name = name
      self.category = category
    }
  }

  package enum Audience: String, Sendable, Codable { case person, enterprise }
  package enum Handler: String, Sendable, Codable { case window, agent, village, police }

  package init(
    code: String, name: String, initials: String, aliases: [String] = [], category: String, queueGroup: String,
    audience: Audience = .person, handledBy: Handler, legalActor: String? = nil, sensitivity: String? = nil,
    delegation: String? = nil, serviceModes: [String] = [], basis: [String] = [], conditions: [String] = [],
    situations: [Situation] = [], materials: [Material] = [], steps: [String] = [], legalLimit: TimeLimit? = nil,
    promisedLimit: TimeLimit? = nil, fee: String = "不收费", consultPhone: String? = nil,
    supervisePhone: String? = nil, nationalBasicCode: String? = nil, note: String? = nil, cityWide: Bool = false,
    questions: [Question] = [], level: Level = .town, directory: Directory? = nil, stages: [Stage] = [],
    elsewhere: Elsewhere? = nil, exceptionBasis: String? = nil, feeBasis: String? = nil,
    implementationCode: String? = nil, result: String? = nil, actingBody: String? = nil, visits: Int? = nil,
    online: String? = nil, english: English? = nil, kind: Kind? = nil, correction: ItemCorrection? = nil,
    inPerson: String? = nil, remedyOrgan: String? = nil
  ) {
    self.code = code
    self.name = name
    self.english = english
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
    self.questions = questions + Self.onlyQuestion(situations)
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
    self.level = level
    self.directory = directory
    self.stages = stages
    self.elsewhere = elsewhere
    self.exceptionBasis = exceptionBasis
    self.feeBasis = feeBasis
    self.implementationCode = implementationCode
    self.result = result
    self.actingBody = actingBody
    self.visits = visits
    self.online = online
    self.kind = kind
    self.correction = correction
    self.inPerson = inPerson
    self.remedyOrgan = remedyOrgan
  }

  /// A list of situations without a question is one question whose answers exclude each other.
  package static func onlyQuestion(_ situations: [Situation]) -> [Question] {
    situations.isEmpty ? [] : [Question(key: "situation", choice: .one, situations: situations)]
  }

  /// Every answer to every question.
  package var situations: [Situation] { questions.flatMap(\.situations) }
  /// True for a situation's key, and for “none of these” of a question with any number of answers.
  package func knows(answer: String) -> Bool {
    questions.contains { question in
      question.situations.contains { $0.key == answer } || (question.choice == .any && question.noneKey == answer)
    }
  }

  /// True when a public output may not name the item (个人信息保护法 28), by its catalogue or by `Sensitivity`.
  package var isSensitive: Bool { sensitivity != nil || !Sensitivity.implied(by: self).isEmpty }
  /// True when only the police may handle it, in every window mode.
  package var isPoliceOnly: Bool { handledBy == .police || legalActor != nil }
}

/// Catalogues are stored in the state folder as long as their notices; older ones lack the later fields.
extension Item: Codable {
  private enum Older: String, CodingKey { case situations }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) throws -> String { try fields.decode(String.self, forKey: key) }
    func maybe(_ key: CodingKeys) throws -> String? { try fields.decodeIfPresent(String.self, forKey: key) }
    func texts(_ key: CodingKeys) throws -> [String] { try fields.decode([String].self, forKey: key) }
    let older = try decoder.container(keyedBy: Older.self)
    self.init(
      code: try text(.code), name: try text(.name), initials: try text(.initials), aliases: try texts(.aliases),
      category: try text(.category), queueGroup: try text(.queueGroup),
      audience: try fields.decode(Audience.self, forKey: .audience),
      handledBy: try fields.decode(Handler.self, forKey: .handledBy), legalActor: try maybe(.legalActor),
      sensitivity: try maybe(.sensitivity), delegation: try maybe(.delegation), serviceModes: try texts(.serviceModes),
      basis: try texts(.basis), conditions: try texts(.conditions),
      situations: try older.decodeIfPresent([Situation].self, forKey: .situations) ?? [],
      materials: try fields.decode([Material].self, forKey: .materials), steps: try texts(.steps),
      legalLimit: try fields.decodeIfPresent(TimeLimit.self, forKey: .legalLimit),
      promisedLimit: try fields.decodeIfPresent(TimeLimit.self, forKey: .promisedLimit), fee: try text(.fee),
      consultPhone: try maybe(.consultPhone), supervisePhone: try maybe(.supervisePhone),
      nationalBasicCode: try maybe(.nationalBasicCode), note: try maybe(.note),
      cityWide: try fields.decode(Bool.self, forKey: .cityWide),
      questions: try fields.decodeIfPresent([Question].self, forKey: .questions) ?? [],
      level: try fields.decodeIfPresent(Level.self, forKey: .level) ?? .town,
      directory: try fields.decodeIfPresent(Directory.self, forKey: .directory),
      stages: try fields.decodeIfPresent([Stage].self, forKey: .stages) ?? [],
      elsewhere: try fields.decodeIfPresent(Elsewhere.self, forKey: .elsewhere),
      exceptionBasis: try maybe(.exceptionBasis), feeBasis: try maybe(.feeBasis),
      implementationCode: try maybe(.implementationCode), result: try maybe(.result),
      actingBody: try maybe(.actingBody), visits: try fields.decodeIfPresent(Int.self, forKey: .visits),
      online: try maybe(.online),
      english: try fields.decodeIfPresent(English.self, forKey: .english),
      kind: try fields.decodeIfPresent(Kind.self, forKey: .kind),
      correction: try fields.decodeIfPresent(ItemCorrection.self, forKey: .correction),
      inPerson: try maybe(.inPerson), remedyOrgan: try maybe(.remedyOrgan))
  }
}
