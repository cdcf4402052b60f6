import NIOCore

/// The state machine of a connection's requests, with the timeout of each state.
///
/// It does no I/O: events in, the present activity out. A request has one deadline from its first byte to its last, so
/// that sending it slowly gains no time.
struct ConnectionProgress {
  enum Activity: Hashable, Sendable {
    /// No byte has come yet.
    case silent
    /// A request has begun and not ended.
    case reading
    /// A request is whole, and the hall has not begun its response: the client waits for us.
    case deciding
    /// A response has begun and not ended: the client has to take it.
    case responding
    /// Between requests.
    case idle

    /// Whether a whole request has come for which the hall owes a response.
    var waitsForUs: Bool { self == .deciding || self == .responding }
  }

  /// From the connection to the first byte.
  static let silence: TimeAmount = .seconds(10)
  /// From the first byte of a request to its last, head and body.
  static let request: TimeAmount = .seconds(10)
  /// Between requests: of consoles, boards and kiosks' pages, and of other clients.
  static let idleOfKnown: TimeAmount = .seconds(90)
  static let idleOfUnknown: TimeAmount = .seconds(15)
  /// From the first byte of a response to its last, which an unknown client has to take.
  static let response: TimeAmount = .seconds(30)

  private var isReading = false
  private var hasServed = false
  /// Requests whose head was read and whose response has not ended.
  private(set) var unanswered = 0
  /// Whether the head of a response was written whose end was not.
  private(set) var hasBegunResponse = false

  /// Bytes came, before they are parsed.
  mutating func readBytes() { isReading = true }

  mutating func readHead() { unanswered += 1 }

  mutating func readEnd() { isReading = false }

  mutating func wroteHead() { hasBegunResponse = true }

  mutating func wroteEnd() {
    unanswered -= 1
    hasBegunResponse = false
    hasServed = true
  }

  var activity: Activity {
    if isReading { return .reading }
    if unanswered > 0 { return hasBegunResponse ? .responding : .deciding }
    return hasServed ? .idle : .silent
  }

  /// Whether an error response can be written now without mixing with another response.
  var canAnswer: Bool { unanswered == 0 || unanswered == 1 && isReading && !hasBegunResponse }

  /// The timeout of an activity. Nil for none: the client does not cause the time that the hall takes, and a known
  /// client's response may be a feed.
  static func limit(_ activity: Activity, isKnown: Bool) -> TimeAmount? {
    switch activity {
    case .silent: silence
    case .reading: request
    case .deciding: nil
    case .responding: isKnown ? nil : response
    case .idle: isKnown ? idleOfKnown : idleOfUnknown
    }
  }
}
