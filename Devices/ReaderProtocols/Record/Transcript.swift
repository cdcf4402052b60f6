/// A parsed transcript, from which the simulator can replay the device.
package struct Transcript: Hashable, Sendable {
  /// What the device sent after a command, or unsolicited.
  package struct Exchange: Hashable, Sendable {
    /// The command's body; nil for what came before any command.
    package var command: [UInt8]?
    package var answers: [Answer] = []
  }

  package struct Answer: Hashable, Sendable {
    package var endpoint: UInt8
    package var bytes: [UInt8]
    /// `stalled` or another word for the transfer's failure.
    package var failure: String?
  }

  /// A line that cannot be parsed, by its number from 1.
  package struct Fault: Error, Hashable, Sendable {
    package let line: Int
    package let what: String
  }

  package private(set) var way = ReaderWay.cardBulk
  package private(set) var vendor: UInt16 = 0
  package private(set) var product: UInt16 = 0
  package private(set) var descriptors: [UInt8] = []
  /// Of a card module.
  package private(set) var exchanges: [Exchange] = []
  /// Of a scanner: the data between two pauses.
  package private(set) var bursts: [[Answer]] = []
  /// Data by the setup packet of the request; nil for one that was refused.
  package private(set) var controls: [[UInt8]: [UInt8]?] = [:]

  package init(_ text: String) throws(Fault) {
    var commands = SAMFrameParser(.commands)
    var isForm = false
    var facts: Set<TranscriptLine.Fact> = []
    for (index, words) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !words.isEmpty {
      func fault(_ what: String) -> Fault { Fault(line: index + 1, what: what) }
      guard let line = TranscriptLine(words) else { throw fault("not understood") }
      switch line {
      case .form(let version):
        guard version == TranscriptLine.version else { throw fault("a form of another version") }
        isForm = true
      case .note: continue
      case .fact(let fact, let value):
        guard take(fact, value) else { throw fault("\(fact.rawValue) is not understood") }
        facts.insert(fact)
      case .moment(_, let event):
        guard isForm else { throw fault("no transcript: it begins with yichuang-transcript 1") }
        guard take(event, &commands) else { throw fault("nothing goes on here") }
      }
    }
    if bursts.last?.isEmpty == true { bursts.removeLast() }
    guard isForm, facts.isSuperset(of: [.way, .numbers, .descriptors]) else {
      throw Fault(line: 1, what: "no transcript of a device: form, way, numbers or descriptors are missing")
    }
  }

  private mutating func take(_ fact: TranscriptLine.Fact, _ value: String) -> Bool {
    switch fact {
    case .portPath, .model: return true
    case .way:
      guard let way = ReaderWay(rawValue: value) else { return false }
      self.way = way
    case .numbers:
      let parts = value.split(separator: ":").map { UInt16($0, radix: 16) }
      guard parts.count == 2, let vendor = parts[0], let product = parts[1] else { return false }
      (self.vendor, self.product) = (vendor, product)
    case .descriptors:
      guard let bytes = HexText.bytes(value), bytes.count >= 18 else { return false }
      descriptors = bytes
    }
    return true
  }

  private mutating func take(_ event: TranscriptLine.Event, _ commands: inout SAMFrameParser) -> Bool {
    switch event {
    case .opened, .closed, .reset, .clear, .again, .failed: return true
    case .pause: if bursts.last?.isEmpty == false { bursts.append([]) }
    case .control(let setup, let bytes, let failure): controls[setup] = .some(failure == nil ? bytes : nil)
    case .out(_, let bytes, _):
      for case .frame(let frame) in commands.take(bytes) { exchanges.append(Exchange(command: frame.body)) }
    case .input(let endpoint, let bytes, let failure):
      let answer = Answer(endpoint: endpoint, bytes: bytes, failure: failure)
      if way.readsCards {
        if exchanges.isEmpty { exchanges.append(Exchange()) }
        exchanges[exchanges.count - 1].answers.append(answer)
      } else {
        if bursts.isEmpty { bursts.append([]) }
        bursts[bursts.count - 1].append(answer)
      }
    case .more(let bytes):
      if way.readsCards {
        guard let answers = exchanges.last?.answers.count, answers > 0 else { return false }
        exchanges[exchanges.count - 1].answers[answers - 1].bytes += bytes
      } else {
        guard let answers = bursts.last?.count, answers > 0 else { return false }
        bursts[bursts.count - 1][answers - 1].bytes += bytes
      }
    }
    return true
  }
}
