import Emulators
import Groundwork
import ReaderProtocols

/// The script language of the testbed, one command a line; the script chooses each device's name.
///
///     plug NAME reader|reader-split|reader-hid|keyboard|pos|serial PORT-PATH [VVVV:PPPP]
///     replay NAME FILE PORT-PATH      plugs in the device of a transcript
///     play NAME                       a scanner of a transcript sends the data up to its next pause
///     unplug NAME
///     lay NAME resident|residence_permit|permanent_resident_2017|permanent_resident_2023|foreign [VARIANT]
///     lay NAME text HEX               a card with these 256 bytes of text
///     lift NAME
///     say NAME HEX [HEX …]            transfers that the device sends: reports of a scanner, bytes of a line
///     fault NAME silent|badsum|noise|stall|late [COMMAND]
///     fault NAME chunk|truncate NUMBER [COMMAND]     the next reply, or the next one to this command (hex), goes wrong
///     fail NAME N stall|error|silence|unplug          the N-th transfer from now goes wrong
///     taken NAME on|off               another program holds the device (not possible with a real kernel)
///     stats NAME
///
/// Cards and failures may be set before a device is plugged in; they then apply from its first transfer.
struct Script {
  let bed: any ReaderTestbed

  /// Executes a line; false when it is no known command.
  func perform(_ line: String) -> Bool {
    let words = line.split(separator: " ").map(String.init)
    guard words.count >= 2 else { return false }
    let (name, rest) = (words[1], Array(words.dropFirst(2)))
    switch words[0] {
    case "plug": return plug(name, rest)
    case "replay":
      guard rest.count == 2, let replay = Replay(file: rest[0]) else { return false }
      let numbers = (vendor: replay.transcript.vendor, product: replay.transcript.product)
      return bed.plug(name, replay.model, portPath: rest[1], numbers: numbers, replay: replay)
    case "play":
      var isOver = false
      let isThere = bed.with(name) { device in
        guard let burst = device.replay?.burst() else {
          isOver = true
          return
        }
        for answer in burst { device.say(answer) }
      }
      if isOver { Report.write("over", name) }
      return isThere
    case "unplug": return bed.unplug(name)
    case "lay":
      guard let laid = laid(rest) else { return false }
      return bed.prepare(name) { $0.module.lay(laid) }
    case "lift": return bed.prepare(name) { $0.module.lay(.nothing) }
    case "say":
      let transfers = rest.compactMap { [UInt8](hexadecimal: $0) }
      return transfers.count == rest.count
        && bed.with(name) { device in for bytes in transfers { device.say(bytes, on: device.model.input) } }
    case "fault": return fault(rest).map { fault in bed.with(name) { $0.fault = fault } } ?? false
    case "fail":
      guard rest.count == 2, let count = Int(rest[0]), let how = TransferFailure(rawValue: rest[1]) else {
        return false
      }
      return bed.prepare(name) { $0.failure = (after: count, how: how) }
    case "taken": return bed.take(name, rest == ["on"])
    case "stats":
      let isThere = bed.with(name) { device in
        Report.write(
          "stats", name,
          [
            ("calls", device.calls), ("transfers", device.transfers), ("in_flight", device.waiting.count),
            ("claims", device.claimCount), ("armed", device.failure != nil),
          ])
      }
      if !isThere { Report.write("stats", name, [("claims", 0), ("armed", false)]) }
      return true
    default: return false
    }
  }

  private func plug(_ name: String, _ words: [String]) -> Bool {
    guard words.count == 2 || words.count == 3, let model = DeviceModel(rawValue: words[0]) else { return false }
    var numbers: (vendor: UInt16, product: UInt16)?
    if words.count == 3 {
      let parts = words[2].split(separator: ":").compactMap { UInt16($0, radix: 16) }
      guard parts.count == 2 else { return false }
      numbers = (parts[0], parts[1])
    }
    return bed.plug(name, model, portPath: words[1], numbers: numbers, replay: nil)
  }

  private func laid(_ words: [String]) -> SAMModule.Laid? {
    if words == ["foreign"] { return .foreign }
    if words.count == 2, words[0] == "text" {
      guard let text = [UInt8](hexadecimal: words[1]), let card = try? CardText(text) else { return nil }
      return .card(card)
    }
    guard let kind = words.first.flatMap(CardKind.init) else { return nil }
    return .card(SyntheticCard.text(kind, variant: words.count > 1 ? Int(words[1]) ?? 0 : 0))
  }

  private func fault(_ words: [String]) -> ReaderFault? {
    guard let kind = words.first.flatMap(ReaderFault.Kind.init) else { return nil }
    var rest = words.dropFirst()
    var number = 0
    if kind == .chunk || kind == .truncate {
      guard let given = rest.popFirst().flatMap({ Int($0) }) else { return nil }
      number = given
    }
    return ReaderFault(kind: kind, number: number, command: rest.first.flatMap { UInt8($0, radix: 16) })
  }
}
