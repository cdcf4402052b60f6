import ReaderLink
import ReaderProtocols

extension DeviceSession {
  /// Listens to a scanner until the session ends.
  func work(scanner candidate: Candidate, _ handle: USBHandle) throws(Ending) {
    var ear = try Ear(candidate, handle, self)
    // Empty looks until a code that was begun is over. Two: a process that was not let run for so long would find one over at once.
    var looks = 0
    var troubles = 0
    isWell()
    while true {
      try check()
      do throws(USBFailure) {
        let bytes = try handle.read(
          candidate.input, milliseconds: looks > 0 ? ear.silence / 2 : 1000, onePacket: true)
        troubles = 0
        looks = bytes.isEmpty ? max(0, looks - 1) : 2
        let outcomes = !bytes.isEmpty ? ear.take(bytes) : looks == 0 ? ear.pause() : []
        // What is scanned while nobody may know is gone, and does not turn up later.
        if reads { for outcome in outcomes { tell(outcome) } }
      } catch .noDevice {
        throw .failed(.noDevice)
      } catch {
        troubles += 1
        if troubles > Self.mostFailures { throw .reopen }
        _ = ear.pause()
        if error == .stalled { try usb { () throws(USBFailure) in try handle.clearHalt(candidate.input) } }
        try pause(milliseconds: 20)
      }
    }
  }

  /// Failed transfers in a row after which the device is opened anew.
  private static let mostFailures = 10

  private func tell(_ outcome: ScanOutcome) {
    switch outcome {
    case .code(let scan):
      let safe = SafeText(scan.text, limit: LinkReport.mostText)
      report(
        .code(
          place: place, text: safe.description, isWhole: !safe.wasChanged, symbol: scan.symbol?.description))
    case .tooLong, .cutOff: report(.codeTrouble(place: place))
    case .answer: break
    }
  }

  /// The decoder that fits the way.
  private enum Ear {
    case keyboard(KeyboardDecoder, skipsID: Bool)
    case pos(POSDecoder)
    case line(LineDecoder)

    init(_ candidate: Candidate, _ handle: USBHandle, _ keeper: DeviceSession) throws(Ending) {
      switch candidate.match.way {
      case .keyboard:
        // The boot protocol has no ids; others may, which their descriptor tells.
        let number = candidate.interface.number
        let isBoot = candidate.interface.subclass == 1
        let told = try keeper.usb { () throws(USBFailure) in try ReportDescriptor(asking: handle, number) }
        let skipsID = !isBoot && told?.hasReportIDs ?? false
        keeper.recorder?.works(as: candidate.match, skipsID: skipsID)
        self = .keyboard(KeyboardDecoder(candidate.match.keyboard), skipsID: skipsID)
      case .pos: self = .pos(POSDecoder())
      case .serial, .cardBulk, .cardHID:
        self = .line(LineDecoder(tellsSymbol: candidate.match.keyboard.tellsSymbol))
      }
    }

    /// Milliseconds without a word after which a code that was begun is over.
    var silence: Int {
      switch self {
      case .keyboard(let decoder, _): decoder.isEnded ? ScanPatience.keyboard.ended : ScanPatience.keyboard.open
      case .pos: 300
      case .line(let decoder): decoder.isEnded ? ScanPatience.line.ended : ScanPatience.line.open
      }
    }

    mutating func take(_ bytes: [UInt8]) -> [ScanOutcome] {
      switch self {
      case .keyboard(var decoder, let skipsID):
        defer { self = .keyboard(decoder, skipsID: skipsID) }
        decoder.take(skipsID ? Array(bytes.dropFirst()) : bytes)
        return []
      case .pos(var decoder):
        defer { self = .pos(decoder) }
        return decoder.take(bytes).map { [$0] } ?? []
      case .line(var decoder):
        defer { self = .line(decoder) }
        decoder.take(bytes)
        return []
      }
    }

    mutating func pause() -> [ScanOutcome] {
      let outcome: ScanOutcome?
      switch self {
      case .keyboard(var decoder, let skipsID):
        outcome = decoder.silence()
        self = .keyboard(decoder, skipsID: skipsID)
      case .pos(var decoder):
        outcome = decoder.silence()
        self = .pos(decoder)
      case .line(var decoder):
        outcome = decoder.silence()
        self = .line(decoder)
      }
      return outcome.map { [$0] } ?? []
    }
  }
}
