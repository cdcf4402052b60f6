import ReaderLink
import ReaderProtocols

extension DeviceSession {
  /// Runs a card module until the session ends: performs the state machine's actions and feeds events back.
  func work(card candidate: Candidate, _ handle: USBHandle) throws(Ending) {
    var line = CardLine(candidate, handle)
    machine.mayRead = mayReadCards
    var actions = machine.step(.opened)
    var deadline = ContinuousClock.now
    var hasAnswered = false
    var isResting = false
    var isAwaiting = false
    var troubles = 0
    while true {
      var sent: SAMCommand?
      for action in actions {
        switch action {
        case .send(let command):
          sent = command
          try harmless { () throws(USBFailure) in try line.send(command.bytes) }
        case .wait(let milliseconds):
          deadline = .now + .milliseconds(milliseconds)
          isResting = sent == nil && milliseconds >= CardReader.pollPause
          isAwaiting = sent != nil
        case .clearHalt: try usb { () throws(USBFailure) in try line.clearHalt() }
        case .resetDevice: try usb { () throws(USBFailure) in try handle.reset() }
        case .reopen: throw .reopen
        case .report(let report): tell(report, over: line)
        }
      }
      actions = []
      try check()
      machine.mayRead = mayReadCards
      while isResting, !reads { try pause(milliseconds: 1000) }
      let left = (deadline - .now).milliseconds
      guard left > 0 else {
        // No answer at all to the first query: perhaps it uses the other form.
        if !hasAnswered, isAwaiting { line.tryOtherForm() }
        actions = machine.step(.timedOut)
        continue
      }
      do throws(USBFailure) {
        var bytes = try line.receive(milliseconds: min(left, 1000))
        troubles = 0
        guard !bytes.isEmpty else { continue }
        hasAnswered = true
        actions = machine.step(.bytes(bytes))
        // A card's text and photo were in it.
        for index in bytes.indices { bytes[index] = 0 }
      } catch .noDevice {
        throw .failed(.noDevice)
      } catch {
        troubles += 1
        if troubles > Self.mostTroubles { throw .reopen }
        if error == .stalled { try usb { () throws(USBFailure) in try line.clearHalt() } }
        try pause(milliseconds: 20)
      }
    }
  }

  /// Consecutive failed transfers after which the device is opened again.
  private static let mostTroubles = 50

  /// A command that could not be sent is handled like one without an answer.
  private func harmless(_ request: () throws(USBFailure) -> Void) throws(Ending) {
    do throws(USBFailure) { try request() } catch .noDevice { throw .failed(.noDevice) } catch {}
  }

  private func tell(_ report: CardReader.Report, over line: CardLine) {
    switch report {
    case .ready(let identity):
      arrived(name: nil, serial: identity?.description)
      note("ready, \(line.words), module \(identity?.description ?? "without a number")")
      isWell()
    case .found: self.report(.found(portPath: portPath))
    case .card(let text): self.report(.card(portPath: portPath, LinkCard(text)))
    case .cardTrouble(let trouble): self.report(.cardTrouble(portPath: portPath, trouble))
    case .fieldEmpty: self.report(.fieldEmpty(portPath: portPath))
    case .needsService(let status):
      note(status.meaning)
      condition(.needsService)
    case .silent: condition(.silent)
    }
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, so that no loop polls with zero.
  var milliseconds: Int {
    let (seconds, fraction) = components
    return Int(seconds) * 1000 + Int((fraction + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
