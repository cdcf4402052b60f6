package import PrinterProtocols

/// The address of a slip printer and how to query it, from the device-uri of its queue.
///
/// `yichuang-pos://HOST:PORT/?options`, `yichuang-pos:/dev/usb/lp0?options` or `yichuang-pos:/dev/ttyS0?options`.
/// `yichuangctl printer setup` writes the options from the model's file.
package struct DeviceAddress: Hashable, Sendable {
  package enum Location: Hashable, Sendable {
    /// A name, an IPv4 address or an IPv6 address without its brackets; the AppSocket port is usually 9100.
    case network(host: String, port: Int)
    /// A node of the kernel's USB printer class driver (usblp).
    case printerNode(path: String)
    case serial(path: String, SerialLine)
  }

  package let location: Location
  /// The id of the model's folder, for messages only.
  package let model: String?
  /// `.realtime` or `.none`.
  package let status: StatusMethod
  /// `.echo`, `.status` or `.none`.
  package let completion: CompletionMethod
  /// How long the printer may take for one answer, in milliseconds; from the model.
  package let answerMilliseconds: Int
  /// How long to wait for a printer that is not ready before the first byte, in milliseconds.
  package let waitMilliseconds: Int
  /// From the last byte until the printer's answer, in milliseconds; long enough to put in paper.
  package let confirmMilliseconds: Int

  package init(
    location: Location, model: String? = nil, status: StatusMethod = .realtime, completion: CompletionMethod = .echo,
    answerMilliseconds: Int = defaultAnswer, waitMilliseconds: Int = defaultWait,
    confirmMilliseconds: Int = defaultConfirm
  ) {
    self.location = location
    self.model = model
    self.status = status
    self.completion = completion
    self.answerMilliseconds = answerMilliseconds
    self.waitMilliseconds = waitMilliseconds
    self.confirmMilliseconds = confirmMilliseconds
  }

  package static let scheme = "yichuang-pos"
  package static let defaultPort = 9100
  /// Cheap interface boards answer after 0.7 to 3 s. Only a printer that never answers takes the full time.
  package static let defaultAnswer = 3_500
  package static let defaultWait = 4_000
  package static let defaultConfirm = 25_000
  /// The longest of either time.
  package static let longestTime = 600_000
  /// CUPS limits a device-uri to 1023 bytes.
  package static let longestURI = 1_023
}

/// The settings of a serial printer: eight bits, no parity, one stop bit.
package struct SerialLine: Hashable, Sendable {
  /// How the printer stops the sender when its buffer is full; without it bytes are lost.
  package enum FlowControl: String, Hashable, Sendable, CaseIterable {
    case rtscts
    case xonxoff
    case none
  }

  /// Bits in a second, one of `bauds`.
  package let baud: Int
  package let flow: FlowControl

  package init(baud: Int = 9_600, flow: FlowControl = .rtscts) {
    self.baud = baud
    self.flow = flow
  }

  package static let bauds = [1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400]
}
