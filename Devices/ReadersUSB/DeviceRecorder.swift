import ReaderProtocols

/// Records the transfers of one device, with personal data replaced before it leaves this process.
///
/// Data is buffered until it is complete, because only then is it known which part is personal: up to the next command
/// of a card module, up to the next pause of a scanner. Used by the session's thread only.
final class DeviceRecorder {
  private struct Heard {
    let milliseconds: Int
    let endpoint: UInt8
    var bytes: [UInt8]
    let failure: String?
  }

  /// The most bytes buffered; a device that sends more without a pause is cut there.
  private static let mostHeld = 65_536

  private let tell: (String) -> Void
  private let began = ContinuousClock.now
  private var way: ReaderWay?
  private var settings = KeyboardDecoder.Settings()
  private var skipsID = false
  private var cards = CardScrubber()
  private var commands = SAMFrameParser(.commands)
  private var command: SAMCommand?
  /// Whether the command of this exchange is complete, so that the next byte to the device begins another.
  private var isAsked = false
  private var told: [TranscriptLine] = []
  private var heard: [Heard] = []
  private var heldBytes = 0
  /// The previous exchange, for comparison, and how often it was repeated.
  private var former: [TranscriptLine.Event] = []
  private var repeats = 0

  /// - Parameter tell: receives a line.
  init(tell: @escaping (String) -> Void) { self.tell = tell }

  /// The candidate of the device that works.
  func works(as match: ReaderMatch, skipsID: Bool = false) {
    (way, settings, self.skipsID) = (match.way, match.keyboard, skipsID)
  }

  func note(_ event: TranscriptLine.Event) {
    flush()
    endRepeats()
    write(.moment(milliseconds: now, event))
  }

  func sent(_ bytes: [UInt8], to endpoint: UInt8, _ failure: USBFailure?) {
    if isAsked || !heard.isEmpty { flush() }
    for case .frame(let frame) in commands.take(bytes) {
      command = SAMCommand(body: frame.body)
      isAsked = true
    }
    told.append(.moment(milliseconds: now, .out(endpoint: endpoint, bytes, failure: failure?.word)))
  }

  func received(_ bytes: [UInt8], from endpoint: UInt8, _ failure: USBFailure?) {
    guard !bytes.isEmpty || failure.map({ $0 != .timedOut }) ?? false else {
      // A pause ends a scanner's data.
      if way?.readsCards != true, !heard.isEmpty {
        flush()
        write(.moment(milliseconds: now, .pause))
      }
      return
    }
    let word = failure == .timedOut ? nil : failure?.word
    heard.append(Heard(milliseconds: now, endpoint: endpoint, bytes: bytes, failure: word))
    heldBytes += bytes.count + 64
    if heldBytes > Self.mostHeld { flush() }
  }

  func asked(_ setup: [UInt8], _ bytes: [UInt8], _ failure: USBFailure?) {
    note(.control(setup, bytes, failure: failure?.word))
  }

  /// Writes what is buffered, with personal data replaced.
  func flush() {
    defer {
      for index in heard.indices {
        for offset in heard[index].bytes.indices { heard[index].bytes[offset] = 0 }
      }
      (told, heard, heldBytes, isAsked) = ([], [], 0, false)
    }
    guard !told.isEmpty || !heard.isEmpty else { return }
    let pieces = heard.map(\.bytes)
    let scrubbed = scrub(pieces)
    var lines = told
    for (one, bytes) in zip(heard, scrubbed) {
      let most = TranscriptLine.mostBytes
      lines.append(
        .moment(
          milliseconds: one.milliseconds,
          .input(endpoint: one.endpoint, Array(bytes.prefix(most)), failure: one.failure)))
      for start in stride(from: most, to: bytes.count, by: most) {
        let more = Array(bytes[start..<min(start + most, bytes.count)])
        lines.append(.moment(milliseconds: one.milliseconds, .more(more)))
      }
    }
    let notes = cards.takeNotes()
    let events = lines.compactMap { if case .moment(_, let event) = $0 { event } else { nil } }
    if notes.isEmpty, way?.readsCards == true, events == former {
      repeats += 1
      return
    }
    endRepeats()
    former = events
    for line in lines { write(line) }
    for note in notes { write(.note(note)) }
  }

  private func scrub(_ pieces: [[UInt8]]) -> [[UInt8]] {
    guard let way else { return pieces.map { [UInt8](repeating: 0, count: $0.count) } }
    guard way.readsCards else {
      return ScannerScrubber.scrub(pieces, way: way, settings: settings, skipsID: skipsID)
    }
    return ScannerScrubber.cut(cards.scrub(pieces.flatMap(\.self), answering: command), like: pieces)
  }

  private func endRepeats() {
    if repeats > 0 { write(.moment(milliseconds: now, .again(repeats))) }
    (former, repeats) = ([], 0)
  }

  private func write(_ line: TranscriptLine) { tell(line.text) }

  private var now: Int { began.duration(to: .now).milliseconds }
}

extension USBFailure {
  /// The word in a transcript.
  fileprivate var word: String {
    switch self {
    case .noDevice: "gone"
    case .busy: "taken"
    case .notPermitted: "not_permitted"
    case .timedOut: "late"
    case .stalled: "stalled"
    case .other: "error"
    }
  }
}
