import ReaderProtocols

/// The transport of a card module's frames.
///
/// - Whole: a bulk endpoint each way.
/// - Split: preamble and length on 02 and 81, the rest on 06 and 85. Detected by the endpoints and confirmed by an
///   answer, because modules with four endpoints that take whole frames exist.
/// - HID: reports of 64 bytes without a report id, padded with zeros.
struct CardLine {
  private enum Form { case whole, split, hid }

  private let handle: USBHandle
  private let input: USBDescription.Endpoint
  private let output: USBDescription.Endpoint?
  private let interface: Int32
  private let bodyInput: USBDescription.Endpoint?
  private let bodyOutput: USBDescription.Endpoint?
  private var form: Form
  /// Bytes of the announced body that are still to come on their own endpoint.
  private var bodyLeft = 0
  private var header: [UInt8] = []
  /// The last exchange failed, so the second endpoint may hold remains.
  private var isDirty = true

  init(_ candidate: Candidate, _ handle: USBHandle) {
    self.handle = handle
    interface = candidate.interface.number
    let endpoints = candidate.interface.endpoints
    bodyInput = endpoints.first { $0.address == 0x85 && $0.isBulk }
    bodyOutput = endpoints.first { $0.address == 0x06 && $0.isBulk }
    let canSplit = bodyInput != nil && bodyOutput != nil && endpoints.contains { $0.address == 0x81 }
    form = candidate.match.way == .cardHID ? .hid : canSplit ? .split : .whole
    let first = endpoints.first { $0.address == 0x81 && $0.isBulk }
    input = canSplit ? first ?? candidate.input : candidate.input
    output = canSplit ? endpoints.first { $0.address == 0x02 && $0.isBulk } ?? candidate.output : candidate.output
  }

  var words: String {
    switch form {
    case .whole: "whole frames"
    case .split: "split frames"
    case .hid: "frames in reports"
    }
  }

  /// The module has not answered in this form: try the other one, where there is one.
  mutating func tryOtherForm() {
    guard bodyInput != nil, bodyOutput != nil, form != .hid else { return }
    form = form == .split ? .whole : .split
  }

  mutating func send(_ frame: [UInt8]) throws(USBFailure) {
    if isDirty { try drainBody() }
    (bodyLeft, header, isDirty) = (0, [], true)
    switch form {
    case .whole: if let output { try handle.write(frame, to: output) }
    case .split:
      guard let output, let bodyOutput else { return }
      try handle.write(Array(frame.prefix(7)), to: output)
      try handle.write(Array(frame.dropFirst(7)), to: bodyOutput)
    case .hid:
      let report = frame + [UInt8](repeating: 0, count: max(0, 64 - frame.count))
      if let output {
        try handle.write(report, to: output)
      } else {
        try handle.send(0x21, 0x09, value: 0x0200, index: UInt16(interface), report)
      }
    }
  }

  /// Received bytes; empty after the timeout.
  mutating func receive(milliseconds: Int) throws(USBFailure) -> [UInt8] {
    guard form == .split, let bodyInput else { return try handle.read(input, milliseconds: milliseconds) }
    if bodyLeft > 0 {
      let bytes = try handle.read(bodyInput, milliseconds: milliseconds)
      bodyLeft = bytes.isEmpty ? 0 : max(0, bodyLeft - bytes.count)
      isDirty = bodyLeft > 0 || bytes.isEmpty
      return bytes
    }
    let bytes = try handle.read(input, milliseconds: milliseconds)
    // Kept only to know the length of the body; the state machine finds frames by itself.
    header = Array((header + bytes).suffix(7))
    if header.count == 7, header.starts(with: SAMFrame.preamble) {
      bodyLeft = Int(header[5]) << 8 | Int(header[6])
      if !SAMFrame.Direction.replies.lengths.contains(bodyLeft) { bodyLeft = 0 }
      header = []
    }
    return bytes
  }

  func clearHalt() throws(USBFailure) {
    for endpoint in [input, output, bodyInput, bodyOutput].compactMap(\.self) { try handle.clearHalt(endpoint) }
  }

  /// A late body without its header would be taken for the next one.
  private func drainBody() throws(USBFailure) {
    guard form == .split, let bodyInput else { return }
    for _ in 0..<16 {
      do throws(USBFailure) {
        if try handle.read(bodyInput, milliseconds: 5).isEmpty { return }
      } catch .stalled {
        try handle.clearHalt(bodyInput)
      }
    }
  }
}
