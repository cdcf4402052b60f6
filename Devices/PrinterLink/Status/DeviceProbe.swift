package import PrinterProtocols

/// Queries a printer's status over a connection of its own, which is closed at once.
///
/// For moments when no slip is being sent: most slip printers accept one connection at a time. Blocks; each answer has
/// the printer's own timeout (`DeviceAddress.answerMilliseconds`).
package struct DeviceProbe {
  private let address: DeviceAddress
  private let link: DeviceLink
  private var answers = AnswerDemultiplexer()
  private var inquiry = StatusInquiry()
  private var asked = StatusInquiry.first
  private var output: ArraySlice<UInt8> = []
  private var answerBy = 0
  /// Until then the printer's bytes are dropped as its greeting.
  private var quietUntil: Int?
  private var hasQuieted = false

  /// Milliseconds between two checks whether the printer is needed.
  private static let turn = 50

  /// - Parameters:
  ///   - connectMilliseconds: timeout of the connection.
  ///   - mustGiveWay: whether somebody wants to print; called repeatedly. On a node only between two queries, because a
  ///     late answer would be read by the next opener.
  /// - Returns: nil when it gave way.
  /// - Throws: `busy` when another process talks to the printer; `timedOut` when it does not answer; `broken` also when
  ///   it sends nonsense.
  package static func ask(
    _ address: DeviceAddress, connectMilliseconds: Int, mustGiveWay: () -> Bool = { false }
  ) throws(LinkFault) -> PrinterStatus? {
    var probe = DeviceProbe(
      address: address, link: try DeviceLink.open(address.location, milliseconds: connectMilliseconds))
    return try probe.run(mustGiveWay)
  }

  private init(address: DeviceAddress, link: DeviceLink) {
    self.address = address
    self.link = link
  }

  private mutating func run(_ mustGiveWay: () -> Bool) throws(LinkFault) -> PrinterStatus? {
    ask(asked)
    while true {
      if canLeave, mustGiveWay() { return nil }
      let now = Monotonic.now()
      if let quiet = quietUntil, now >= quiet { askAnew() }
      guard Monotonic.now() < answerBy else { throw .timedOut }
      if !output.isEmpty { output = output.dropFirst(try link.write(output)) }
      let until = min(answerBy, quietUntil ?? answerBy)
      link.wait(toWrite: !output.isEmpty, milliseconds: min(Self.turn, max(until - now, 1)))
      switch try link.read() {
      case .nothing: continue
      case .ended: throw .broken("closed")
      case .bytes(let bytes):
        if let status = try take(bytes) { return status }
      }
    }
  }

  /// A late answer on a closed connection is lost; on a node the next opener would read it.
  private var canLeave: Bool {
    if case .network = address.location { return true }
    // The next query was not written yet.
    return output.count == asked.bytes.count
  }

  private mutating func take(_ bytes: [UInt8]) throws(LinkFault) -> PrinterStatus? {
    let heard = answers.take(bytes)
    guard quietUntil == nil, heard.allSatisfy({ !$0.isNoise }) else {
      guard !hasQuieted else { throw .broken("answers that make no sense") }
      quietUntil = Monotonic.now() + SlipDelivery.quietTime
      return nil
    }
    for answer in heard {
      guard case .realTime(asked, let status) = answer else { continue }
      switch inquiry.take(asked, status) {
      case .over(let status): return status
      case .ask(let next): ask(next)
      }
    }
    return nil
  }

  private mutating func askAnew() {
    quietUntil = nil
    hasQuieted = true
    answers = AnswerDemultiplexer()
    inquiry = StatusInquiry()
    ask(StatusInquiry.first)
  }

  private mutating func ask(_ question: RealTimeQuestion) {
    asked = question
    answers.asked(question)
    output = question.bytes[...]
    answerBy = Monotonic.now() + address.answerMilliseconds
  }
}
