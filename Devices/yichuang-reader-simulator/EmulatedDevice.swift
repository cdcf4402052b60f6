import Emulators
import Glibc
import Groundwork
import ReaderProtocols

/// One plugged-in device, independent of its host: takes transfers and completes them as its model would.
// Proof: every access holds the testbed's lock.
class EmulatedDevice: @unchecked Sendable {
  let name: String
  let model: DeviceModel
  let numbers: (vendor: UInt16, product: UInt16)
  let portPath: String
  let address: Int
  var module: SAMModule
  /// Set for a device that replays a transcript.
  var replay: Replay?
  var fault: ReaderFault?
  /// The n-th transfer from now fails in this way.
  var failure: (after: Int, how: TransferFailure)?
  private(set) var transfers = 0
  var calls = 0
  var waiting: [HostTransfer] = []
  /// Lost transfers: they end when the host cancels them.
  var lost: [HostTransfer] = []
  private var packets: [UInt8: [[UInt8]]] = [:]
  private var halted: Set<UInt8> = []
  /// A reply that comes with the next one.
  private var late: [(endpoint: UInt8, bytes: [UInt8])] = []
  /// Called when the failure is an unplugging.
  var onUnplug: () -> Void = {}

  init(_ name: String, _ model: DeviceModel, portPath: String, address: Int, numbers: (vendor: UInt16, product: UInt16))
  {
    self.name = name
    self.model = model
    self.portPath = portPath
    self.address = address
    self.numbers = numbers
    var identity = SAMModule.usualIdentity
    // Every module has its own number.
    identity[8] = UInt8(truncatingIfNeeded: name.utf8.reduce(7) { $0 &* 31 &+ Int($1) })
    module = SAMModule(identity: identity)
  }

  /// Device and configuration descriptors, concatenated.
  var descriptors: [UInt8] { replay?.transcript.descriptors ?? model.descriptors(numbers) }

  /// Returns a completed transfer to the host.
  func handBack(_ transfer: HostTransfer) {}

  /// Interfaces that a program has claimed, where the host tells.
  var claimCount: Int { 0 }

  // MARK: Transfers

  func submit(_ transfer: HostTransfer) {
    if let failure {
      self.failure = failure.after > 1 ? (after: failure.after - 1, how: failure.how) : nil
      if failure.after <= 1 { return fail(transfer, failure.how) }
    }
    transfers += 1
    waiting.append(transfer)
    guard transfer.isControl else { return pump() }
    let count = control(transfer.bytes)
    transfer.filled = max(0, count)
    finish(transfer, count < 0 ? Int32(count) : 0)
  }

  private func fail(_ transfer: HostTransfer, _ how: TransferFailure) {
    Report.write("failed", name, [("how", how.rawValue)])
    transfers += 1
    switch how {
    case .stall:
      waiting.append(transfer)
      finish(transfer, -EPIPE)
    case .error:
      waiting.append(transfer)
      finish(transfer, -EPROTO)
    case .silence: lost.append(transfer)
    case .unplug:
      waiting.append(transfer)
      onUnplug()
    }
  }

  func finish(_ transfer: HostTransfer, _ status: Int32) {
    waiting.removeAll { $0 === transfer }
    lost.removeAll { $0 === transfer }
    transfer.status = status
    handBack(transfer)
  }

  func clearHalt(_ endpoint: UInt8) { halted.remove(endpoint) }

  func reset() {
    halted = []
    packets = [:]
  }

  // MARK: Data

  /// Sends data from the device: one transfer, in packets of the endpoint.
  func say(_ bytes: [UInt8], on endpoint: UInt8) {
    let most = model.packetBytes
    packets[endpoint, default: []] += stride(from: 0, to: bytes.count, by: most).map {
      Array(bytes[$0..<min($0 + most, bytes.count)])
    }
    pump()
  }

  /// Moves packets into waiting transfers by USB's rules: a transfer ends with a short packet or a full buffer; a
  /// packet that does not fit is an overflow.
  private func pump() {
    var isMoving = true
    while isMoving {
      isMoving = false
      for transfer in waiting {
        if halted.contains(transfer.endpoint) {
          finish(transfer, -EPIPE)
          isMoving = true
          break
        }
        if transfer.endpoint & 0x80 == 0 {
          let bytes = Array(transfer.bytes)
          transfer.filled = bytes.count
          finish(transfer, 0)
          take(bytes)
          isMoving = true
          break
        }
        if fill(transfer) {
          isMoving = true
          break
        }
      }
    }
  }

  /// Whether the transfer is complete now.
  private func fill(_ transfer: HostTransfer) -> Bool {
    while let packet = packets[transfer.endpoint]?.first {
      guard transfer.filled + packet.count <= transfer.size else {
        finish(transfer, -EOVERFLOW)
        return true
      }
      packets[transfer.endpoint]?.removeFirst()
      for (offset, byte) in packet.enumerated() { transfer.bytes[transfer.filled + offset] = byte }
      transfer.filled += packet.count
      if packet.count < model.packetBytes || transfer.filled == transfer.size {
        finish(transfer, 0)
        return true
      }
    }
    return false
  }

  /// Takes data from the host.
  private func take(_ bytes: [UInt8]) {
    if let answers = replay?.answers(to: bytes) {
      for answer in answers { say(answer) }
      return
    }
    guard model.isReader else { return }
    for (command, reply) in module.take(bytes) {
      if command.count == 2, command != SAMCommand.find.body {
        Report.write("command", name, [("hex", command.hexadecimal)])
      }
      for part in late { say(part.bytes, on: part.endpoint) }
      late = []
      answer(command, reply)
    }
  }

  private func answer(_ command: [UInt8], _ reply: [UInt8]) {
    guard let fault, fault.command.map({ $0 == command.first }) ?? true else { return send(reply) }
    self.fault = nil
    Report.write("fault", name, [("kind", fault.kind.rawValue)])
    switch fault.kind {
    case .silent: break
    case .badSum: send(Array(reply.dropLast()) + [(reply.last ?? 0) ^ 0x55])
    case .noise:
      say([0x00, 0xFF, 0x13, 0x37], on: 0x81)
      send(reply)
    case .stall:
      halted.insert(0x81)
      pump()
    case .chunk: send(reply, pieces: max(1, fault.number))
    case .truncate: send(Array(reply.dropLast(fault.number)))
    case .late: late = parts(reply)
    }
  }

  /// Sends a recorded answer: bytes, or a failed transfer.
  func say(_ answer: Transcript.Answer) {
    if !answer.bytes.isEmpty { say(answer.bytes, on: answer.endpoint) }
    switch answer.failure {
    case nil: break
    case "stalled":
      halted.insert(answer.endpoint)
      pump()
    default:
      if let transfer = waiting.first(where: { $0.endpoint == answer.endpoint }) { finish(transfer, -EPROTO) }
    }
  }

  private func parts(_ reply: [UInt8]) -> [(endpoint: UInt8, bytes: [UInt8])] {
    switch model {
    case .readerSplit: [(0x81, Array(reply.prefix(7))), (0x85, Array(reply.dropFirst(7)))]
    case .readerHID:
      stride(from: 0, to: reply.count, by: 64).map { start in
        let report = Array(reply[start..<min(start + 64, reply.count)])
        return (0x81, report + [UInt8](repeating: 0, count: 64 - report.count))
      }
    default: [(0x81, reply)]
    }
  }

  private func send(_ reply: [UInt8]) { for part in parts(reply) { say(part.bytes, on: part.endpoint) } }

  private func send(_ reply: [UInt8], pieces size: Int) {
    guard model != .readerHID else { return send(reply) }
    for part in parts(reply) {
      for start in stride(from: 0, to: part.bytes.count, by: size) {
        say(Array(part.bytes[start..<min(start + size, part.bytes.count)]), on: part.endpoint)
      }
    }
  }
}
