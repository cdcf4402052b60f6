/// Works one card module: introduces itself, looks for a card, selects it, reads its text, and finds its way back after
/// whatever goes wrong. Takes events and returns what to do; does nothing itself.
///
/// A card is found without anything being known of whom it belongs to; it is read only while that is allowed (`mayRead`).
///
/// find (9F) → select (90) → read (90). A card that was read and still lies there is mostly not found again, some modules do
/// find it; it is reported once all the same, until the field was empty in between. Whether it still lies there is asked by resetting
/// the module, which makes it find any card; where that does not help, such a card counts as lifted.
///
/// The keeper of the device carries the actions out in their order. There is one timer: `wait` sets it anew, and when it
/// runs out the event is `timedOut`. Bytes alone never set it, so that noise cannot hold the machine.
package struct CardReader: Sendable {
  package enum Event: Hashable, Sendable {
    /// The device is open and claimed, for the first time or again.
    case opened
    case bytes([UInt8])
    case timedOut
    /// The device left, or an operation said so.
    case gone
  }

  package enum Action: Hashable, Sendable {
    case send(SAMCommand)
    /// Sets the timer.
    case wait(milliseconds: Int)
    /// Clears a halt of both endpoints.
    case clearHalt
    /// Resets the device on its bus.
    case resetDevice
    /// Closes the device and opens it anew, after a while; nothing more happens until `opened`.
    case reopen
    case report(Report)
  }

  package enum Report: Hashable, Sendable {
    /// The module answers. nil when it does not tell its number.
    case ready(SAMIdentity?)
    /// Something lies there, and it may not be read; once for each time that it is laid down.
    case found
    /// A card, once for each time that it is laid down.
    case card(CardText)
    /// The card was there and could not be read: it was lifted too early, or lies badly.
    case layAgain
    case refused(CardRefusal)
    /// No card is found where one was before: it may have been lifted.
    case fieldEmpty
    /// The module itself says that it cannot work; service has to come.
    case needsService(SAMStatus)
    /// No sensible answer came, several times.
    case silent
  }

  /// Between two looks for a card, in milliseconds.
  package static let pollPause = 300
  /// Between two looks whether a card that was read still lies there: each resets the module.
  package static let lyingPause = 600
  /// After this much silence no late answer comes any more.
  package static let drainPause = 50
  /// Between two questions to a module that needs service.
  package static let servicePause = 30_000
  /// Times that one card is tried before it is given up.
  package static let mostTries = 3
  /// Pieces of late answers that are waited out; more is a device that never stops.
  package static let mostLatePieces = 64

  enum State: Hashable, Sendable {
    case closed
    /// Lets late answers run out, then sends `next`.
    case draining(next: SAMCommand, pieces: Int)
    case awaiting(SAMCommand)
    /// Rests, then sends `next`.
    case resting(next: SAMCommand)
  }

  /// Whether a card that lies there is read, or only found. Not by itself: somebody has to be told first what for
  /// (个人信息保护法 第十七条). Allowed anew, a card that still lies there is told again.
  package var mayRead: Bool { didSet { if mayRead, !oldValue { lastCard = nil } } }

  var state = State.closed
  var frames = SAMFrameParser(.replies)
  /// Time-outs and senseless answers since the last sensible one.
  var failures = 0
  /// Whether the command under way was already sent twice because its check byte arrived wrong.
  var wasResent = false
  /// Tries at the card that lies there.
  var tries = 0
  /// Resets because of what the module said, since something last worked.
  var resets = 0
  /// The card that was read last, as a hash that only this process can make.
  var lastCard: Int?
  /// No card was found since: the same one was laid down again. A reset makes modules find a card that never left.
  var mayRepeat = false
  /// The module has read the card and may keep silent about it while it lies there.
  var mayHide = false
  /// The module was reset to find out whether the card that it has read still lies there.
  var isChecking = false
  /// A card was given up; nothing is said of it again until the field was empty.
  var isRefused = false
  /// It was said that something lies there.
  var isFoundSaid = false
  /// Something lies in the field, as far as we know.
  var isOccupied = false
  var identity: SAMIdentity?

  package init(mayRead: Bool = false) { self.mayRead = mayRead }

  /// Takes one event and gives what to do now.
  package mutating func step(_ event: Event) -> [Action] {
    switch event {
    case .opened:
      // What is known of the card outlives a reopening; `gone` forgets it.
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
        // The rest of what looked like a frame will not come; the answer may stand behind it.
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
        // What does not fit the question is a late answer to another one.
        guard let reply = SAMReply(frame), command.isAnswered(by: reply) else { continue }
        return answered(command, reply)
      }
    }
    // Nothing usable: the timer runs on, a damaged answer is asked for again when it runs out.
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

  /// No sensible answer: each time a heavier remedy.
  private mutating func failed(_ command: SAMCommand) -> [Action] {
    failures += 1
    switch failures {
    // A module that has read a card does not find it again: what was lost is only to be had after a reset.
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
