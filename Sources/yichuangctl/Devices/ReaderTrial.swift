import Control
import Foundation
import Hall
import Ports
import ReaderProtocols
import ReadersProcess
import Settings
import Synchronization

/// Tries whether one reader or scanner reads a card that is laid on it, or a code that is scanned.
///
/// A reader process of the trial opens the device, as the daemon's does. Of a card or a code only the kind and the number
/// of characters are kept. Its text is neither shown nor stored.
struct ReaderTrial {
  enum Outcome: Hashable, Sendable {
    case card(CardKind, characters: Int)
    case code(characters: Int, symbol: String?)
    /// It was ended before anything was read.
    case nothing
    /// The reader process ended by itself.
    case ended(String)
  }

  typealias Words = (english: String, chinese: String)

  let device: PluggedDevice
  let matches: [ReaderMatch]
  /// The path of `yichuang-readerd`.
  var program = Self.beside

  /// The folder of this executable.
  static var beside: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/usr/bin/yichuangctl"
    return (own as NSString).deletingLastPathComponent + "/yichuang-readerd"
  }

  /// Waits until something was read.
  ///
  /// - Parameters:
  ///   - seconds: how long at most; nil for as long as it takes.
  ///   - isStoppedByEnter: a line on standard input ends the trial, and so does the end of the input.
  ///   - tell: shows the person what happens meanwhile; called on another thread.
  /// - Throws: where the reader process cannot be started.
  func run(
    seconds: Int? = nil, isStoppedByEnter: Bool, tell: @escaping @Sendable (Words) -> Void
  ) throws(ReaderRecording.Failure) -> Outcome {
    let recording = try ReaderRecording(program: program, matches: matches, portPath: device.portPath)
    let hearing = Hearing()
    // Its writing end is closed when the reader process has ended.
    let over = Pipe()
    let told = device.model
    Thread.detachNewThread {
      let trouble = recording.hear { said in
        guard case .event(let event) = said else { return }
        if let outcome = Self.outcome(of: event) {
          if hearing.take(outcome) { recording.stop() }
        } else if let words = Self.words(event, told) {
          tell(words)
        }
      }
      if let trouble { _ = hearing.take(.ended(trouble)) }
      try? over.fileHandleForWriting.close()
    }
    wait(for: over.fileHandleForReading.fileDescriptor, until: seconds, isStoppedByEnter) { recording.stop() }
    return hearing.outcome ?? .nothing
  }

  /// Returns when the other end of the pipe was closed; stops the trial before, when its time is over or somebody pressed Enter.
  private func wait(for ended: Int32, until seconds: Int?, _ isStoppedByEnter: Bool, stop: () -> Void) {
    let deadline = seconds.map { ContinuousClock.now + .seconds($0) }
    var isStopping = false
    while true {
      // poll(2) ignores a negative descriptor.
      let input = isStoppedByEnter && !isStopping ? TerminalInput.descriptor : -1
      var entries = [
        pollfd(fd: ended, events: Int16(POLLIN), revents: 0), pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      ]
      let left = isStopping ? nil : deadline.map { max(0, ($0 - .now).components.seconds * 1000 + 1) }
      let ready = poll(&entries, 2, left.map { Int32(clamping: $0) } ?? -1)
      if ready < 0, errno != EINTR { return }
      if entries[0].revents != 0 { return }
      let isOver = !isStopping && deadline.map { ContinuousClock.now >= $0 } == true
      let isAsked = entries[1].revents != 0
      guard isOver || isAsked else { continue }
      if isAsked { _ = TerminalInput.line() }
      isStopping = true
      stop()
    }
  }

  private static func outcome(of event: ReaderEvent) -> Outcome? {
    switch event {
    case .card(_, let card): .card(card.kind, characters: card.number.unicodeScalars.count)
    case .code(_, let code): .code(characters: code.text.unicodeScalars.count, symbol: code.symbol)
    default: nil
    }
  }

  /// What the person can do, as the pages say it.
  private static func words(_ event: ReaderEvent, _ model: ReaderModel) -> Words? {
    func remedy(_ code: String) -> Words {
      let words = model.remedies[code]
      return (words?["en"] ?? code, words?["zh-Hans"] ?? code)
    }
    return switch event {
    case .condition(_, .ready), .condition(_, .opening): nil
    case .condition(_, let condition): remedy(condition.rawValue)
    case .left: remedy("left")
    case .cardTrouble(_, .layAgain): ("lay it down again, and leave it there", "请再放一次，放好别动")
    case .cardTrouble(_, .notAnIdentityCard): ("that is no identity card", "这不是身份证，请放身份证")
    case .cardTrouble(_, .unverifiable), .cardTrouble(_, .unknownText):
      ("the reader works, and cannot read this card: try another", "读卡器能用，但这张证读不出来：请换一张")
    case .codeTrouble: ("that was no usable code: scan another", "这个码读不出来：请换一个")
    default: nil
    }
  }
}

/// The first outcome; written by the thread that reads from the reader process.
private final class Hearing: Sendable {
  private let first = Mutex<ReaderTrial.Outcome?>(nil)

  var outcome: ReaderTrial.Outcome? { first.withLock { $0 } }

  /// False where there was an outcome already.
  func take(_ outcome: ReaderTrial.Outcome) -> Bool {
    first.withLock { there in
      guard there == nil else { return false }
      there = outcome
      return true
    }
  }
}

extension ReaderTrial.Outcome {
  /// The result for the person who tried; without anything of the card or the code itself.
  func reply(at portPath: String) -> ControlReply {
    switch self {
    case .card(let kind, let characters):
      ControlReply(
        "\(portPath) works: a card was read (\(kind.rawValue), \(characters) characters); nothing of it was kept",
        zh: "\(portPath) 能用：读到一张\(kind.chinese)，号码 \(characters) 位；内容没有显示，也没有保存",
        [
          "place": .text(portPath), "read": "card", "kind": .text(kind.rawValue),
          "characters": .number(Int64(characters)),
        ])
    case .code(let characters, let symbol):
      ControlReply(
        "\(portPath) works: a code was read (\(symbol.map { "\($0), " } ?? "")\(characters) characters); nothing of it was kept",
        zh: "\(portPath) 能用：读到一个码（\(symbol.map { "\($0)，" } ?? "")\(characters) 个字符）；内容没有显示，也没有保存",
        [
          "place": .text(portPath), "read": "code", "kind": symbol.map(ControlValue.text) ?? .null,
          "characters": .number(Int64(characters)),
        ])
    case .nothing:
      ControlReply(
        .unavailable, "\(portPath) was not tried: nothing was read", zh: "\(portPath) 没有试：什么也没有读到",
        ["place": .text(portPath), "read": .null])
    case .ended(let why):
      ControlReply(
        .unavailable, "\(portPath): the reader process ended (\(why)): try again, or look at `yichuangctl devices`",
        zh: "\(portPath)：读卡进程结束了（\(why)）：再试一次，或用 yichuangctl devices 查看",
        ["place": .text(portPath), "read": .null])
    }
  }
}

extension CardKind {
  /// The card's own name.
  var chinese: String {
    switch self {
    case .resident: "居民身份证"
    case .residencePermit: "港澳台居民居住证"
    case .permanentResident2017, .permanentResident2023: "外国人永久居留身份证"
    }
  }
}
