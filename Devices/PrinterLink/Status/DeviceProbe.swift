package import PrinterProtocols

/// Asks a printer how it is, over a connection of its own that is closed again at once.
///
/// For moments when no slip is on its way: most slip printers speak with one at a time. Blocks; each answer has the
/// printer's own time (`DeviceAddress.answerMilliseconds`).
package struct DeviceProbe {
  private let address: DeviceAddress
  private let link: DeviceLink
  private var answers = AnswerDemultiplexer()
  private var inquiry = StatusInquiry()
  private var asked = StatusInquiry.first
  private var output: ArraySlice<UInt8> = []
  private var answerBy = 0
  /// Until then whatever the printer says is passed over: it greets.
  private var quietUntil: Int?
  private var hasQuieted = false

  /// Milliseconds between two looks whether somebody needs the printer.
  private static let turn = 50

  /// - Parameters:
  ///   - connectMilliseconds: for the connection.
  ///   - mustGiveWay: whether somebody wants to print. Asked again and again; on a node, where the answer to an open question
  ///     would be heard by the next one that opens it, only between two questions.
  /// - Returns: nil when it gave way.
  /// - Throws: `busy` when somebody else speaks with the printer; `timedOut` when it does not answer; `broken` also
  ///   when its answers make no sense.
  package static func ask(
    _ address: DeviceAddress, connectMilliseconds: Int, mustGiveWay: () -> Bool = { false }
  ) throws(LinkFault) -> PrinterStatus? {
    var probe = DeviceProbe(
      address: address, link: try DeviceLink.open(address.place, milliseconds: connectMilliseconds))
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

  /// Nobody else hears an answer that comes late on a connection; on a node the next one would.
  private var canLeave: Bool {
    if case .network = address.place { return true }
    // The next question was not sent yet.
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
