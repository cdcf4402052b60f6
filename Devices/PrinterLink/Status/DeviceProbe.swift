package import PrinterProtocols

/// Asks a printer how it is, over a connection of its own that is closed again at once.
///
/// For moments when no slip is on its way: most slip printers speak with one at a time. Blocks.
package enum DeviceProbe {
  /// - Parameters:
  ///   - milliseconds: for the connection and all answers together.
  /// - Throws: `busy` when somebody else speaks with the printer; `timedOut` when it does not answer; `broken` also
  ///   when its answers make no sense.
  package static func ask(_ place: DeviceAddress.Place, milliseconds: Int) throws(LinkFault) -> PrinterStatus {
    let deadline = Monotonic.now() + milliseconds
    let link = try DeviceLink.open(place, milliseconds: milliseconds)
    var answers = AnswerDemultiplexer()
    var inquiry = StatusInquiry()
    var asked = StatusInquiry.first
    var output = question(asked, &answers)
    while Monotonic.now() < deadline {
      if !output.isEmpty { output = output.dropFirst(try link.write(output)) }
      link.wait(toWrite: !output.isEmpty, milliseconds: deadline - Monotonic.now())
      switch try link.read() {
      case .nothing: continue
      case .ended: throw .broken("closed")
      case .bytes(let bytes):
        for answer in answers.take(bytes) {
          if answer.isNoise { throw .broken("answers that make no sense") }
          guard case .realTime(asked, let status) = answer else { continue }
          switch inquiry.take(asked, status) {
          case .over(let status): return status
          case .ask(let next):
            asked = next
            output = question(next, &answers)
          }
        }
      }
    }
    throw .timedOut
  }

  private static func question(
    _ question: RealTimeQuestion, _ answers: inout AnswerDemultiplexer
  ) -> ArraySlice<UInt8> {
    answers.asked(question)
    return question.bytes[...]
  }
}
