/// The daemon's commands to a card module. Source: GA/T 467-2019; checksums are computed, not copied.
package enum SAMCommand: Hashable, Sendable, CaseIterable {
  /// Restarts the module; it finds a card again that lies there.
  case reset
  case status
  /// Asks for the module's number, the only unique name of a reader.
  case identity
  case find
  case select
  /// Text and photo. Fingerprints are never requested.
  case readText
  /// The addresses that were added after the card was issued.
  case readAddresses

  /// Command and parameter.
  package var body: [UInt8] {
    switch self {
    case .reset: [0x10, 0xFF]
    case .status: [0x11, 0xFF]
    case .identity: [0x12, 0xFF]
    case .find: [0x20, 0x01]
    case .select: [0x20, 0x02]
    case .readText: [0x30, 0x01]
    case .readAddresses: [0x30, 0x03]
    }
  }

  package var bytes: [UInt8] { SAMFrame.bytes(body: body) }

  /// The command in a frame; nil for one that is not used here.
  package init?(body: [UInt8]) {
    guard let command = Self.allCases.first(where: { $0.body == body }) else { return nil }
    self = command
  }

  /// The timeout of the answer, in milliseconds: the vendors' figures with a margin.
  package var patience: Int {
    switch self {
    case .status, .identity: 500
    case .reset, .find, .select: 1500
    case .readText, .readAddresses: 3000
    }
  }

  /// Whether a reply can belong to this command, and is not a late one to another.
  package func isAnswered(by reply: SAMReply) -> Bool {
    guard let status = reply.status else { return reply.data.isEmpty }
    let size = reply.data.count
    switch (self, status) {
    case (.reset, .done), (.status, .done): return size == 0
    case (.identity, .done): return size == SAMIdentity.byteCount
    case (.find, .cardFound): return size <= 8
    case (.select, .done): return size == 8
    case (.readText, .done): return reply.text != nil
    case (.readAddresses, .done): return size > 0 && size % SAMReply.addressBytes == 0
    case (.readAddresses, .noSuchItem): return size == 0
    case (.find, .noCard), (.select, .selectionFailed): return true
    case (_, .done), (_, .cardFound), (_, .noCard), (_, .selectionFailed), (_, .noSuchItem): return false
    default: return true
    }
  }
}
