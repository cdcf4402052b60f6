import CCUPS

/// An IPP request under construction.
///
/// libcups frees the message when it is sent; a request that is never sent is freed here.
final class IPPRequest {
  let operation: String
  private var message: OpaquePointer?

  /// Every request names its target and the user, as required by RFC 8011 §4.1.5 and the scheduler's ownership rules.
  init(_ code: ipp_op_t, printer uri: String) {
    operation = ippOpString(code).map { String(cString: $0) } ?? "request"
    message = ippNewRequest(code)
    add(IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", uri)
    add(IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", cupsUser().map { String(cString: $0) } ?? "")
  }

  deinit { ippDelete(message) }

  /// Adds a text, keyword, name, uri or MIME type.
  func add(_ group: ipp_tag_t, _ tag: ipp_tag_t, _ name: String, _ value: String) {
    ippAddString(message, group, tag, name, nil, value)
  }

  func add(_ group: ipp_tag_t, _ name: String, integer value: Int) {
    ippAddInteger(message, group, IPP_TAG_INTEGER, name, Int32(clamping: value))
  }

  func add(_ group: ipp_tag_t, _ name: String, boolean value: Bool) {
    ippAddBoolean(message, group, name, value ? 1 : 0)
  }

  /// Adds `requested-attributes`.
  func ask(for keywords: [String]) {
    guard let first = keywords.first else { return }
    var attribute = ippAddString(message, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", nil, first)
    for (index, keyword) in keywords.enumerated().dropFirst() {
      ippSetString(message, &attribute, Int32(index), keyword)
    }
  }

  /// The encoded length of the message, in bytes.
  var length: Int { ippLength(message) }

  /// Hands the message to a libcups call that frees it.
  func release() -> OpaquePointer? {
    defer { message = nil }
    return message
  }

  /// Lends the message to a libcups call that does not free it.
  func lend<Result>(_ body: (OpaquePointer?) -> Result) -> Result { body(message) }
}

/// The attributes of an IPP answer, copied out of libcups: groups in order, each name with its values.
struct IPPAnswer {
  enum Value: Hashable {
    case integer(Int)
    case boolean(Bool)
    case text(String)
    /// Out of band: no-value, unknown, or a type that is not used here.
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

  /// Copies `message`, which stays the caller's.
  init(copying message: OpaquePointer) {
    var groups: [Group] = []
    // Groups are separated by an attribute without a name, or by a change of the tag.
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
