import CCUPS

/// An IPP request under construction.
///
/// libcups frees the message when it is sent; a request that is never sent is freed here.
final class IPPRequest {
  let operation: String
  private var message: OpaquePointer?

  /// Every request names its target and the user, as RFC 8011 §4.1.5 and the scheduler's ownership rules want it.
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

  /// The bytes that the message takes on the wire.
  var length: Int { ippLength(message) }

  /// Gives the message away to a call of libcups that frees it.
  func release() -> OpaquePointer? {
    defer { message = nil }
    return message
  }

  /// Lends the message to a call of libcups that leaves it to us.
  func lend<Result>(_ body: (OpaquePointer?) -> Result) -> Result { body(message) }
}
