/// What the daemon asks of a card module. Source: GA/T 467-2019; checksums are computed, not copied.
package enum SAMCommand: Hashable, Sendable, CaseIterable {
  /// Starts the module anew; a card that lies there is found again.
  case reset
  case status
  /// Asks for the module's own number, the only unique name of a reader.
  case identity
  case find
  case select
  /// Text and photo. Fingerprints are never asked for.
  case readText
  /// The addresses that were added after the card was made.
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

  /// The command that a frame carries; nil when it is one that we do not use.
  package init?(body: [UInt8]) {
    guard let command = Self.allCases.first(where: { $0.body == body }) else { return nil }
    self = command
  }

  /// How long the module may take to answer, in milliseconds: vendors' figures with some room.
  package var patience: Int {
    switch self {
    case .status, .identity: 500
    case .reset, .find, .select: 1500
    case .readText, .readAddresses: 3000
    }
  }

  /// Whether a reply can be the answer to this command, and not a late one to another.
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
