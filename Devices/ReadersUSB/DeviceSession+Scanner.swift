import ReaderLink
import ReaderProtocols

extension DeviceSession {
  /// Reads a scanner until the session ends.
  func work(scanner candidate: Candidate, _ handle: USBHandle) throws(Ending) {
    var ear = try Ear(candidate, handle, self)
    // Empty reads until an incomplete code counts as over. Two, because a process that was not scheduled for so long
    // would see the timeout at once.
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
        // Codes that are scanned while reading is off are dropped and do not appear later.
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

  /// Consecutive failed transfers after which the device is opened again.
  private static let mostFailures = 10

  private func tell(_ outcome: ScanOutcome) {
    switch outcome {
    case .code(let scan):
      let safe = SafeText(scan.text, limit: LinkReport.mostText)
      report(
        .code(
          portPath: portPath, text: safe.description, isWhole: !safe.wasChanged, symbol: scan.symbol?.description))
    case .tooLong, .cutOff: report(.codeTrouble(portPath: portPath))
    case .answer: break
    }
  }

  /// The decoder of the candidate.
  private enum Ear {
    case keyboard(KeyboardDecoder, skipsID: Bool)
    case pos(POSDecoder)
    case line(LineDecoder)

    init(_ candidate: Candidate, _ handle: USBHandle, _ session: DeviceSession) throws(Ending) {
      switch candidate.match.way {
      case .keyboard:
        // The boot protocol has no report ids; others may, as their descriptor tells.
        let number = candidate.interface.number
        let isBoot = candidate.interface.subclass == 1
        let told = try session.usb { () throws(USBFailure) in try ReportDescriptor(asking: handle, number) }
        let skipsID = !isBoot && told?.hasReportIDs ?? false
        session.recorder?.works(as: candidate.match, skipsID: skipsID)
        self = .keyboard(KeyboardDecoder(candidate.match.keyboard), skipsID: skipsID)
      case .pos: self = .pos(POSDecoder())
      case .serial, .cardBulk, .cardHID:
        self = .line(LineDecoder(tellsSymbol: candidate.match.keyboard.tellsSymbol))
      }
    }

    /// Milliseconds of silence after which an incomplete code is over.
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
