import Glibc
import PrinterLink
import PrinterProtocols

/// Performs the actions of a `SlipDelivery` and feeds events back.
final class DeliveryLoop {
  private var delivery: SlipDelivery
  private let location: DeviceAddress.Location
  private let job: JobArguments
  private let folder: ClaimsFolder
  private let messages: Messages
  private var link: DeviceLink?
  private var output: [UInt8] = []
  private var written = 0
  private var claim: HeldClaim?
  private var result: SlipDelivery.Ending?
  /// Since when all bytes are taken by a printer that will not answer, after our end was closed.
  private var takenSince: Int?
  private var outputHasEnded = false
  private var isTerminated = false

  /// The longest sleep of the loop, in milliseconds: SIGTERM is checked as often.
  private static let turn = 100
  /// Milliseconds without a reset after which taken bytes count as accepted.
  private static let calm = 300

  init(_ plan: SlipDelivery.Plan, _ job: JobArguments, _ folder: ClaimsFolder, _ messages: Messages) {
    delivery = SlipDelivery(plan)
    location = plan.address.location
    self.job = job
    self.folder = folder
    self.messages = messages
  }

  func run() -> SlipDelivery.Ending {
    tell(.begun)
    while true {
      if let result { return result }
      if !isTerminated, Termination.isAsked {
        isTerminated = true
        tell(.terminated)
      }
      if let deadline = delivery.deadline, Monotonic.now() >= deadline { tell(.tick) }
      exchange()
    }
  }

  private func tell(_ event: SlipDelivery.Event) {
    for action in delivery.handle(event, at: Monotonic.now()) {
      // The event of an earlier action may have ended it.
      guard result == nil else { return }
      perform(action)
    }
  }

  private func perform(_ action: SlipDelivery.Action) {
    switch action {
    case .connect(let milliseconds): connect(milliseconds)
    case .disconnect: disconnect()
    case .send(let bytes): give(bytes)
    case .endOutput:
      link?.endOutput()
      outputHasEnded = true
    case .claim: tell(.claimed(makeClaim()))
    case .abandonClaim: abandonClaim()
    case .done(let method): markDone(method)
    case .report(let reasons): messages.report(reasons)
    case .finish(let result):
      // The remaining bytes, if the printer takes them at once.
      if link != nil, written < output.count { _ = try? link?.write(output[written...]) }
      self.result = result
    }
  }

  private func connect(_ milliseconds: Int) {
    do {
      link = try DeviceLink.open(location, milliseconds: milliseconds)
      tell(.connected)
    } catch {
      tell(.unreachable("\(error)"))
    }
  }

  private func disconnect() {
    link = nil
    output = []
    written = 0
  }

  private func give(_ bytes: [UInt8]) {
    if written == output.count { (output, written) = ([], 0) }
    output += bytes
  }

  /// One turn: waits for the printer, reads its bytes and writes to it.
  private func exchange() {
    let now = Monotonic.now()
    let time = min(max((delivery.deadline ?? now) - now, 1), Self.turn)
    guard let link else {
      usleep(useconds_t(time * 1_000))
      return
    }
    link.wait(toWrite: written < output.count, milliseconds: outputHasEnded ? min(time, 20) : time)
    do {
      switch try link.read() {
      case .bytes(let bytes): tell(.received(bytes))
      case .ended: tell(.ended)
      case .nothing: try write(to: link)
      }
    } catch {
      tell(.broken("\(error)"))
    }
  }

  private func write(to link: DeviceLink) throws(LinkFault) {
    if written < output.count {
      let count = try link.write(output[written...])
      written += count
      if count > 0 { tell(.wrote(count)) }
    } else if outputHasEnded {
      guard link.untaken == 0 else { return takenSince = nil }
      let since = takenSince ?? Monotonic.now()
      takenSince = since
      if Monotonic.now() - since >= Self.calm { tell(.flushed) }
    }
  }

  private func makeClaim() -> SlipDelivery.ClaimAnswer {
    do {
      guard let claim = try folder.claim(job.uuid, jobName: job.title) else {
        return .heldBy(try folder.standing(of: job.uuid))
      }
      self.claim = claim
      return .taken
    } catch {
      return .impossible("\(error)")
    }
  }

  private func abandonClaim() {
    guard let claim else { return }
    do {
      try folder.abandon(claim, jobName: job.title)
    } catch {
      result = .unknown(reason: "nothing was sent, but that could not be written down: \(error)")
    }
  }

  private func markDone(_ method: CompletionMethod) {
    guard let claim else { return }
    do {
      try folder.finish(claim, method)
    } catch {
      result = .unknown(reason: "the printer has confirmed, but that could not be written down: \(error)")
    }
  }
}
