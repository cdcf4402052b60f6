package import ReaderProtocols

/// A message from the daemon to `yichuang-readerd`.
package enum LinkOrder: Hashable, Sendable {
  /// One kind of device of the hall; sent before `begin`.
  case match(ReaderMatch)
  /// All matches are sent; look for devices.
  case begin
  case read(Bool)
  /// Whether cards are read at these port paths, or at all when none is given. Off by default: a card is only found.
  case readCards(Bool, portPaths: [String])
  case rescan
  case reset(portPath: String)
  /// Answered with the same number.
  case ping(UInt32)
  /// Use only this device and report its transcript; sent before `begin`.
  case record(portPath: String)

  private enum Kind: UInt8 { case match = 129, begin, read, rescan, reset, ping, readCards, record }

  package var frame: LinkFrame {
    func frame(_ kind: Kind, _ fields: [UInt8]...) -> LinkFrame { LinkFrame(kind: kind.rawValue, fields: fields) }
    switch self {
    case .match(let match):
      return frame(
        .match, Array(match.way.rawValue.utf8), LinkField.word(match.vendor), LinkField.word(match.product),
        Array(match.keyboard.layout.rawValue.utf8), Array(match.keyboard.alt.rawValue.utf8),
        LinkField.flag(match.keyboard.tellsSymbol), LinkField.flag(match.keyboard.capsLock),
        LinkField.flag(match.mustBegin))
    case .begin: return frame(.begin)
    case .read(let reads): return frame(.read, LinkField.flag(reads))
    case .readCards(let mayRead, let portPaths):
      return LinkFrame(
        kind: Kind.readCards.rawValue, fields: [LinkField.flag(mayRead)] + portPaths.map { Array($0.utf8) })
    case .rescan: return frame(.rescan)
    case .reset(let portPath): return frame(.reset, Array(portPath.utf8))
    case .ping(let number): return frame(.ping, LinkField.number(number))
    case .record(let portPath): return frame(.record, Array(portPath.utf8))
    }
  }

  package init(_ frame: LinkFrame) throws(LinkFrame.Fault) {
    guard let kind = Kind(rawValue: frame.kind), let order = Self.read(kind, frame.fields) else {
      throw .message(kind: frame.kind)
    }
    self = order
  }

  private static func read(_ kind: Kind, _ fields: [[UInt8]]) -> LinkOrder? {
    switch (kind, fields.count) {
    case (.begin, 0): return .begin
    case (.rescan, 0): return .rescan
    case (.read, 1): return LinkField.flag(fields[0]).map(LinkOrder.read)
    case (.reset, 1): return LinkField.portPath(fields[0]).map { .reset(portPath: $0) }
    case (.record, 1): return LinkField.portPath(fields[0]).map { .record(portPath: $0) }
    case (.ping, 1): return LinkField.number(fields[0]).map(LinkOrder.ping)
    case (.readCards, 1...):
      let portPaths = fields.dropFirst().compactMap(LinkField.portPath)
      guard portPaths.count == fields.count - 1 else { return nil }
      return LinkField.flag(fields[0]).map { .readCards($0, portPaths: portPaths) }
    case (.match, 8): return match(fields).map(LinkOrder.match)
    default: return nil
    }
  }

  private static func match(_ fields: [[UInt8]]) -> ReaderMatch? {
    guard let way = LinkField.text(fields[0]).flatMap(ReaderWay.init),
      let vendor = LinkField.word(fields[1]) ?? nil, let product: UInt16? = LinkField.word(fields[2]),
      let layout = LinkField.text(fields[3]).flatMap(KeyboardLayout.init),
      let alt = LinkField.text(fields[4]).flatMap(AltReading.init), let tellsSymbol = LinkField.flag(fields[5]),
      let capsLock = LinkField.flag(fields[6]), let mustBegin = LinkField.flag(fields[7])
    else { return nil }
    return ReaderMatch(
      way, vendor: vendor, product: product,
      keyboard: KeyboardDecoder.Settings(layout: layout, alt: alt, tellsSymbol: tellsSymbol, capsLock: capsLock),
      mustBegin: mustBegin)
  }
}
