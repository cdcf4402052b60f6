/// The state machine of one card module: it identifies the module, looks for a card, selects it, reads its text, and
/// recovers from errors. Events go in, actions come out; it does no I/O.
///
/// Finding a card reveals nothing about its holder. It is read only while that is allowed (`mayRead`).
///
/// find (9F) → select (90) → read (90). Most modules do not find a card again that was read and still lies there, some
/// do. It is reported once in either case, until the field was empty in between. To check whether it still lies there
/// the module is reset, which makes it find any card; where that does not help, the card counts as lifted.
///
/// The device session performs the actions in order. There is one timer: `wait` restarts it, and its end is the event
/// `timedOut`. Bytes alone never restart it, so noise cannot block the state machine.
package struct CardReader: Sendable {
  package enum Event: Hashable, Sendable {
    /// The device is open and claimed, for the first time or again.
    case opened
    case bytes([UInt8])
    case timedOut
    /// The device left, or an operation reported that.
    case gone
  }

  package enum Action: Hashable, Sendable {
    case send(SAMCommand)
    /// Restarts the timer.
    case wait(milliseconds: Int)
    /// Clears a halt of both endpoints.
    case clearHalt
    /// Resets the device on its bus.
    case resetDevice
    /// Closes the device and opens it again after a pause; nothing more happens until `opened`.
    case reopen
    case report(Report)
  }

  package enum Report: Hashable, Sendable {
    /// The module answers. nil when it does not tell its number.
    case ready(SAMIdentity?)
    /// A card lies there and may not be read; once each time one is laid down.
    case found
    /// A card was read; once each time one is laid down.
    case card(CardText)
    /// The card could not be read; once each time one is laid down.
    case cardTrouble(CardTrouble)
    /// No card is found where one was before: it may have been lifted.
    case fieldEmpty
    /// The module reports that it cannot work.
    case needsService(SAMStatus)
    /// No valid answer came, several times.
    case silent
  }

  /// Milliseconds between two looks for a card.
  package static let pollPause = 300
  /// Milliseconds between two checks whether a card that was read still lies there; each resets the module.
  package static let lyingPause = 600
  /// Milliseconds of silence after which no late answer is expected.
  package static let drainPause = 50
  /// Milliseconds between two queries of a module that needs service.
  package static let servicePause = 30_000
  /// How often one card is tried before it is given up.
  package static let mostTries = 3
  /// Pieces of late answers that are drained; a device that sends more never stops.
  package static let mostLatePieces = 64

  enum State: Hashable, Sendable {
    case closed
    /// Drains late answers, then sends `next`.
    case draining(next: SAMCommand, pieces: Int)
    case awaiting(SAMCommand)
    /// Pauses, then sends `next`.
    case resting(next: SAMCommand)
  }

  /// Whether a card that lies there is read, or only found. Off by default: its holder has to be told first what for
  /// (个人信息保护法 第十七条). When it is allowed again, a card that still lies there is reported again.
  package var mayRead: Bool { didSet { if mayRead, !oldValue { lastCard = nil } } }

  var state = State.closed
  var frames = SAMFrameParser(.replies)
  /// Timeouts and invalid answers since the last valid one.
  var failures = 0
  /// Whether the present command was already sent twice because its check byte arrived wrong.
  var wasResent = false
  /// Tries at the present card.
  var tries = 0
  /// Resets because of the module's errors, since something last worked.
  var resets = 0
  /// The last card read, as a hash that is valid in this process only.
  var lastCard: Int?
  /// No card was found since: the same one was laid down again. A reset makes modules find a card that never left.
  var mayRepeat = false
  /// The module has read the card and may not report it while it lies there.
  var mayHide = false
  /// The module was reset to check whether the card that it has read still lies there.
  var isChecking = false
  /// A card was given up; it is not reported again until the field was empty.
  var isRefused = false
  /// The card was reported as found.
  var isFoundSaid = false
  /// A card lies in the field, as far as known.
  var isOccupied = false
  var identity: SAMIdentity?

  package init(mayRead: Bool = false) { self.mayRead = mayRead }

  /// Takes one event and returns the actions to perform.
  package mutating func step(_ event: Event) -> [Action] {
    switch event {
    case .opened:
      // The state of the card survives a reopening; `gone` resets it.
      (failures, tries, resets, wasResent, isChecking) = (0, 0, 0, false, false)
      return drain(then: .status)
    case .gone:
      self = CardReader(mayRead: mayRead)
      return []
    case .bytes(let bytes):
      switch state {
      case .closed, .resting: return []
      case .draining(let next, let pieces):
        state = .draining(next: next, pieces: pieces + 1)
        return pieces < Self.mostLatePieces ? [.wait(milliseconds: Self.drainPause)] : []
      case .awaiting(let command): return take(frames.take(bytes), for: command)
      }
    case .timedOut:
      switch state {
      case .closed: return []
      case .draining(let next, _), .resting(let next): return send(next)
      case .awaiting(let command):
        // The rest of an apparent frame will not come; the answer may follow it.
        let late = take(frames.silence(), for: command)
        if state != .awaiting(command) || !late.isEmpty { return late }
        return failed(command)
      }
    }
  }

  private mutating func take(_ outcomes: [SAMFrameParser.Outcome], for command: SAMCommand) -> [Action] {
    for outcome in outcomes {
      switch outcome {
      case .damaged: continue
      case .frame(let frame):
        // A reply that does not match the command is a late answer to another one.
        guard let reply = SAMReply(frame), command.isAnswered(by: reply) else { continue }
        return answered(command, reply)
      }
    }
    // Nothing usable: the timer runs on, and a damaged answer is requested again when it ends.
    return []
  }

  mutating func send(_ command: SAMCommand) -> [Action] {
    frames.clear()
    state = .awaiting(command)
    return [.send(command), .wait(milliseconds: command.patience)]
  }

  mutating func drain(then next: SAMCommand) -> [Action] {
    frames.clear()
    state = .draining(next: next, pieces: 0)
    return [.wait(milliseconds: Self.drainPause)]
  }

  mutating func rest(_ milliseconds: Int = pollPause, then next: SAMCommand = .find) -> [Action] {
    frames.clear()
    state = .resting(next: next)
    return [.wait(milliseconds: milliseconds)]
  }

  /// No valid answer: each failure gets a stronger remedy.
  private mutating func failed(_ command: SAMCommand) -> [Action] {
    failures += 1
    switch failures {
    // A module does not find a card again that it has read, so a lost text needs a reset.
    case 1: return drain(then: command == .readText ? .reset : command.isForCard ? .find : command)
    case 2: return [.clearHalt] + drain(then: .reset)
    case 3: return [.resetDevice, .report(.silent)] + drain(then: .status)
    default:
      state = .closed
      return [.reopen]
    }
  }
}

extension SAMCommand {
  /// Whether it works only right after a card was found.
  var isForCard: Bool {
    switch self {
    case .select, .readText, .readAddresses: true
    case .reset, .status, .identity, .find: false
    }
  }
}
