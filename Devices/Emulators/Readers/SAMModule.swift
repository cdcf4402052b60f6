package import ReaderProtocols

/// An emulated card module: takes the bytes of commands and returns those of replies.
///
/// Like real ones it does not find a card again that was read and still lies there, and every step needs the one before
/// it.
package struct SAMModule: Sendable {
  /// 05.03-20190101-0000000001-0000000000.
  package static let usualIdentity: [UInt8] = [5, 0, 3, 0, 0x95, 0x13, 0x34, 0x01, 1, 0, 0, 0, 0, 0, 0, 0]

  /// The card on the reader.
  package enum Laid: Hashable, Sendable {
    case nothing
    case card(CardText)
    /// A card that answers but is no identity card.
    case foreign
  }

  private enum Stage { case none, found, selected, read }

  package let identity: [UInt8]
  private var laid = Laid.nothing
  private var progress = Stage.none
  private var commands = SAMFrameParser(.commands)

  package init(identity: [UInt8] = usualIdentity) { self.identity = identity }

  package mutating func lay(_ laid: Laid) { (self.laid, progress) = (laid, .none) }

  /// Takes bytes from the host; each complete command gives one reply, returned with its command.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [(command: [UInt8], reply: [UInt8])] {
    commands.take(bytes).map { outcome in
      switch outcome {
      case .damaged: return (command: [], reply: SAMReply.bytes(.commandChecksumWrong))
      case .frame(let frame): return (command: frame.body, reply: reply(to: frame.body))
      }
    }
  }

  private mutating func reply(to body: [UInt8]) -> [UInt8] {
    guard let command = SAMCommand(body: body) else { return SAMReply.bytes(.commandWrong) }
    switch command {
    case .reset:
      progress = .none
      return SAMReply.bytes(.done)
    case .status: return SAMReply.bytes(.done)
    case .identity: return SAMReply.bytes(.done, identity)
    case .find:
      guard laid != .nothing, progress != .read else { return SAMReply.bytes(.noCard) }
      progress = .found
      return SAMReply.bytes(.cardFound, [0, 0, 0, 0])
    case .select:
      guard progress == .found else { return SAMReply.bytes(.selectionFailed) }
      guard case .card = laid else { return SAMReply.bytes(.unknownCard) }
      progress = .selected
      return SAMReply.bytes(.done, [UInt8](repeating: 0, count: 8))
    case .readText:
      guard progress == .selected, case .card(let text) = laid else { return SAMReply.bytes(.readingFailed) }
      progress = .read
      return SAMReply.bytes(text: text.bytes, photo: Self.photo)
    case .readAddresses: return SAMReply.bytes(progress == .selected ? .noSuchItem : .readingFailed)
    }
  }

  /// Not a picture: text of the right length that is easy to search for where it must not be.
  package static let photo: [UInt8] = (0..<1024).map { Array("NOT A PICTURE ".utf8)[$0 % 14] }
}
