import Control
import Groundwork
import ReaderProtocols

extension DecodedRecord {
  /// The frames of a dump in both directions; a command is recognised by its body.
  static func frames(_ bytes: [UInt8], masks: Bool) -> [DecodedRecord] {
    // The lengths of replies exclude commands without data, and those of commands exclude long replies. So both parsers
    // run, and the body decides. A frame is reported once, because no command's body is a reply's.
    var replies = SAMFrameParser(.replies)
    var commands = SAMFrameParser(.commands)
    var told: [DecodedRecord] = []
    func add(_ outcomes: [SAMFrameParser.Outcome], isCommand: Bool) {
      for outcome in outcomes {
        switch outcome {
        case .damaged where !isCommand:
          told.append(DecodedRecord("damaged: the check byte does not fit", ["frame": "damaged"]))
        case .damaged: continue
        case .frame(let frame):
          let command = SAMCommand(body: frame.body)
          if isCommand, frame.body.count < 3 || command != nil {
            told.append(DecodedRecord(command: command, frame.body))
          } else if !isCommand, command == nil, let reply = SAMReply(frame) {
            told.append(DecodedRecord(reply, masks: masks))
          }
        }
      }
    }
    for byte in bytes {
      add(commands.take(CollectionOfOne(byte)), isCommand: true)
      add(replies.take(CollectionOfOne(byte)), isCommand: false)
    }
    add(commands.silence(), isCommand: true)
    add(replies.silence(), isCommand: false)
    return told
  }

  private init(command: SAMCommand?, _ body: [UInt8]) {
    let name = command?.name ?? "unknown"
    let bytes = body.hexadecimal
    self.init("command \(name) (\(bytes))", ["frame": "command", "command": .text(name), "bytes": .text(bytes)])
  }

  private init(_ reply: SAMReply, masks: Bool) {
    let code = reply.statusByte.hexadecimal
    var details: [String: ControlValue] = [
      "frame": "reply", "status": .text(code), "data_bytes": .number(Int64(reply.data.count)),
      "dropped_bytes": .number(Int64(reply.droppedCount)),
    ]
    var lines = ["reply \(code): \(reply.status?.meaning ?? "a status that no paper names")"]
    if let status = reply.status {
      details["meaning"] = .text(status.meaning)
      details["reaction"] = .text(status.reaction.name)
    }
    if let text = reply.text, let card = try? CardText(text) {
      let told = DecodedRecord(card, masks: masks)
      details["card"] = .object(told.details)
      lines.append(told.sentence)
      lines.append("photo and fingerprints: \(reply.droppedCount) bytes, dropped")
    } else if reply.status == .done, let identity = SAMIdentity(reply.data) {
      details["sam"] = .text(identity.description)
      lines.append("module \(identity)")
    }
    let addresses = reply.data.isEmpty ? [] : reply.addresses
    if !addresses.isEmpty {
      details["addresses"] = .list(addresses.map { .text(masks ? Masking.masked($0, .address) : $0) })
      lines.append("addresses: \(addresses.map { SafeText(masks ? Masking.masked($0, .address) : $0).description })")
    }
    self.init(lines.joined(separator: "\n"), details)
  }
}

extension SAMCommand {
  fileprivate var name: String {
    switch self {
    case .reset: "reset"
    case .status: "status"
    case .identity: "identity"
    case .find: "find"
    case .select: "select"
    case .readText: "read_text"
    case .readAddresses: "read_addresses"
    }
  }
}
