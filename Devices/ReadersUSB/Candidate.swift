import ReaderProtocols

/// One way to use a device, from its descriptors and the matches.
struct Candidate: Hashable, Sendable {
  let match: ReaderMatch
  let interface: USBDescription.Interface
  let input: USBDescription.Endpoint
  /// Missing for scanners, and for HID modules that take reports on the control endpoint.
  let output: USBDescription.Endpoint?

  private static let hid: UInt8 = 3
  private static let bootKeyboard: UInt8 = 1
  private static let bootMouse: UInt8 = 2

  /// The candidates to try, in this order; empty for a device that is not the hall's.
  ///
  /// Point-of-sale mode precedes keyboard mode, because a scanner that offers both reports more in it. Only the report
  /// descriptor of the open device tells whether it really does.
  static func all(_ device: USBDescription, _ matches: [ReaderMatch]) -> [Candidate] {
    let ours = matches.filter { $0.fits(vendor: device.vendor, product: device.product) }
      .sorted { $0.product != nil && $1.product == nil }
    let order: [ReaderWay] = [.cardBulk, .cardHID, .pos, .keyboard, .serial]
    return order.flatMap { way -> [Candidate] in
      guard let match = ours.first(where: { $0.way == way }) else { return [] }
      return device.interfaces.compactMap { candidate(match, $0) }
    }
  }

  private static func candidate(_ match: ReaderMatch, _ interface: USBDescription.Interface) -> Candidate? {
    let interrupt = interface.endpoint { $0.isIn && $0.isInterrupt }
    let bulkIn = interface.endpoint { $0.isIn && $0.isBulk }
    let bulkOut = interface.endpoint { !$0.isIn && $0.isBulk }
    switch match.way {
    case .cardBulk:
      guard interface.deviceClass == 0xFF, let bulkIn, let bulkOut else { return nil }
      return Candidate(match: match, interface: interface, input: bulkIn, output: bulkOut)
    case .cardHID, .pos:
      guard interface.deviceClass == hid, ![bootKeyboard, bootMouse].contains(interface.usage), let interrupt else {
        return nil
      }
      let out = interface.endpoint { !$0.isIn && $0.isInterrupt }
      return Candidate(match: match, interface: interface, input: interrupt, output: out)
    case .keyboard:
      guard interface.deviceClass == hid, interface.usage != bootMouse, let interrupt else { return nil }
      return Candidate(match: match, interface: interface, input: interrupt, output: nil)
    case .serial:
      // CDC data; the communication interface before it is claimed too.
      guard interface.deviceClass == 0x0A, let bulkIn else { return nil }
      return Candidate(match: match, interface: interface, input: bulkIn, output: bulkOut)
    }
  }
}
