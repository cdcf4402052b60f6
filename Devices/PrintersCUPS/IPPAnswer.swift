import CCUPS

/// The attributes of an IPP answer, copied out of libcups: groups in their order, each name with its values.
struct IPPAnswer {
  enum Value: Hashable {
    case integer(Int)
    case boolean(Bool)
    case text(String)
    /// Out of band: no-value, unknown, or a kind that is not used here.
    case none
  }

  /// The attributes of one printer or one job.
  struct Group {
    let tag: ipp_tag_t
    var values: [String: [Value]] = [:]

    func text(_ name: String) -> String? {
      if case .text(let text)? = values[name]?.first { text } else { nil }
    }

    func texts(_ name: String) -> [String] {
      (values[name] ?? []).compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    func integer(_ name: String) -> Int? {
      if case .integer(let integer)? = values[name]?.first { integer } else { nil }
    }

    func boolean(_ name: String) -> Bool? {
      if case .boolean(let boolean)? = values[name]?.first { boolean } else { nil }
    }
  }

  let groups: [Group]

  /// Copies what `message` says; the message stays the caller's.
  init(copying message: OpaquePointer) {
    var groups: [Group] = []
    // Groups follow one another, separated by an attribute without a name or by a change of the tag.
    var separated = true
    var attribute = ippFirstAttribute(message)
    while let current = attribute {
      defer { attribute = ippNextAttribute(message) }
      guard let name = ippGetName(current) else {
        separated = true
        continue
      }
      let tag = ippGetGroupTag(current)
      if separated || groups.last?.tag != tag { groups.append(Group(tag: tag)) }
      separated = false
      groups[groups.count - 1].values[String(cString: name)] = Self.values(of: current)
    }
    self.groups = groups
  }

  var jobs: [Group] { groups.filter { $0.tag == IPP_TAG_JOB } }
  var printer: Group? { groups.first { $0.tag == IPP_TAG_PRINTER } }

  private static func values(of attribute: OpaquePointer) -> [Value] {
    (0..<ippGetCount(attribute)).map { index in
      switch ippGetValueTag(attribute) {
      case IPP_TAG_INTEGER, IPP_TAG_ENUM: .integer(Int(ippGetInteger(attribute, index)))
      case IPP_TAG_BOOLEAN: .boolean(ippGetBoolean(attribute, index) != 0)
      default: ippGetString(attribute, index, nil).map { .text(String(cString: $0)) } ?? .none
      }
    }
  }
}
