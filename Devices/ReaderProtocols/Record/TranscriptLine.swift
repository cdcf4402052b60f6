import Groundwork

/// One line of a transcript: a transfer from or to a device, in a form that people read and the simulator replays.
///
///     yichuang-transcript 1           the form
///     numbers 0400:c35a               facts of the device, before everything else
///     0.012 out 02 aaaaaa96690003…    seconds since the device was first opened, the endpoint, the bytes of one transfer
///     0.019 in 81 aaaaaa96690508…00{1024}66
///     0.019 more 00{31}               the same transfer goes on
///     0.020 in 81 ! stalled           a transfer that failed, after the bytes that came
///     0.100 pause                     a scanner has paused
///     0.030 control 8106002200000004 05018c…
///     4.800 again 15                  the exchange before this line, so many times more
///     # …                             for people
package enum TranscriptLine: Hashable, Sendable {
  case form(Int)
  case fact(Fact, String)
  case note(String)
  case moment(milliseconds: Int, Event)

  package enum Fact: String, Hashable, Sendable, CaseIterable {
    /// The port path.
    case portPath = "place"
    case numbers, model, way
    /// Device and configuration descriptors, as the kernel keeps them.
    case descriptors
  }

  package enum Event: Hashable, Sendable {
    case opened, closed, reset, pause
    case clear(endpoint: UInt8)
    case out(endpoint: UInt8, [UInt8], failure: String?)
    case input(endpoint: UInt8, [UInt8], failure: String?)
    case more([UInt8])
    /// The eight bytes of the setup packet, and the data of either direction.
    case control([UInt8], [UInt8], failure: String?)
    case again(Int)
    /// Another failure, in words.
    case failed(String)
  }

  package static let version = 1
  /// The most bytes in one line; a longer transfer continues in further lines.
  package static let mostBytes = 1024
  /// The most characters of a line.
  package static let longest = 3000

  /// nil for a line that cannot be parsed.
  package init?(_ text: some StringProtocol) {
    let words = String(text).split(separator: " ").map(String.init)
    guard text.utf8.count <= Self.longest, let first = words.first else { return nil }
    if first.hasPrefix("#") {
      self = .note(String(text.drop { $0 == "#" || $0 == " " }))
    } else if first == "yichuang-transcript" {
      guard words.count == 2, let form = Int(words[1]) else { return nil }
      self = .form(form)
    } else if let fact = Fact(rawValue: first) {
      self = .fact(fact, words.dropFirst().joined(separator: " "))
    } else {
      guard let milliseconds = Self.milliseconds(first), let event = Event(words.dropFirst()) else { return nil }
      self = .moment(milliseconds: milliseconds, event)
    }
  }

  package var text: String {
    switch self {
    case .form(let version): "yichuang-transcript \(version)"
    case .fact(let fact, let value): "\(fact.rawValue) \(value)"
    case .note(let words): "# \(words)"
    case .moment(let milliseconds, let event):
      "\(milliseconds / 1000).\(padded(milliseconds % 1000, 3)) \(event.text)"
    }
  }

  private static func milliseconds(_ word: String) -> Int? {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 3, parts[0].utf8.count <= 9,
      let seconds = Int(parts[0]), let rest = Int(parts[1]), seconds >= 0, rest >= 0
    else { return nil }
    return seconds * 1000 + rest
  }
}

extension TranscriptLine.Event {
  fileprivate init?(_ words: ArraySlice<String>) {
    guard let verb = words.first else { return nil }
    let mark = words.firstIndex(of: "!")
    let failure = mark.map { words[($0 + 1)...].joined(separator: "_") }
    let rest = Array(words[..<(mark ?? words.endIndex)].dropFirst())
    func bytes(_ index: Int) -> [UInt8]? { index < rest.count ? HexText.bytes(rest[index]) : [] }
    func endpoint() -> UInt8? { rest.first.flatMap { $0.utf8.count == 2 ? UInt8($0, radix: 16) : nil } }
    switch verb {
    case "opened": self = .opened
    case "closed": self = .closed
    case "reset": self = .reset
    case "pause": self = .pause
    case "clear":
      guard let endpoint = endpoint() else { return nil }
      self = .clear(endpoint: endpoint)
    case "out", "in":
      guard let endpoint = endpoint(), let data = bytes(1), rest.count <= 2 else { return nil }
      self =
        verb == "out"
        ? .out(endpoint: endpoint, data, failure: failure) : .input(endpoint: endpoint, data, failure: failure)
    case "more":
      guard let data = bytes(0), rest.count == 1 else { return nil }
      self = .more(data)
    case "control":
      guard let setup = bytes(0), setup.count == 8, let data = bytes(1), rest.count <= 2 else { return nil }
      self = .control(setup, data, failure: failure)
    case "again":
      guard let times = rest.first.flatMap({ Int($0) }), times > 0 else { return nil }
      self = .again(times)
    case "failed": self = .failed(rest.joined(separator: " "))
    default: return nil
    }
  }

  fileprivate var text: String {
    func transfer(_ verb: String, _ first: String, _ bytes: [UInt8], _ failure: String?) -> String {
      verb + " " + first + (bytes.isEmpty ? "" : " " + HexText.text(bytes)) + (failure.map { " ! " + $0 } ?? "")
    }
    return switch self {
    case .opened: "opened"
    case .closed: "closed"
    case .reset: "reset"
    case .pause: "pause"
    case .clear(let endpoint): "clear " + HexText.text([endpoint])
    case .out(let endpoint, let bytes, let failure): transfer("out", HexText.text([endpoint]), bytes, failure)
    case .input(let endpoint, let bytes, let failure): transfer("in", HexText.text([endpoint]), bytes, failure)
    case .more(let bytes): "more " + HexText.text(bytes)
    case .control(let setup, let bytes, let failure): transfer("control", HexText.text(setup), bytes, failure)
    case .again(let times): "again \(times)"
    case .failed(let words): "failed \(words)"
    }
  }
}
