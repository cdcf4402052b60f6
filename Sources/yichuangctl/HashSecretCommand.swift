import Accounts
import ArgumentParser
import Control
import Foundation
import Seal

struct HashSecretCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hash-secret",
    abstract: "Reads a secret from standard input and gives the line for the configuration, in quotes."
  )
  @Option(help: "Whose secret it is; one that contains the badge and little else is refused.")
  var badge: String?
  @Option(help: "Their name, the hall's name or phone number; may be given several times.")
  var known: [String] = []
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    guard let secret = Self.read() else {
      return try answer.give(ControlReply(.usage, "no secret was given", zh: "没有输入口令"))
    }
    let rule = SecretRule(words: known + [badge].compactMap(\.self))
    if let weak = rule.weakness(of: secret) {
      return try answer.give(ControlReply(.usage, weak.english, zh: weak.chinese))
    }
    let hash = try ClosedHall.seal.hashSecret(secret)
    // In quotes, because a hash has commas, which would end the value in a flow table `{…}`.
    try answer.give(ControlReply("secret_hash: '\(hash)'", ["secret_hash": .text(hash)]))
  }

  /// The first line of input; a terminal does not echo it.
  private static func read() -> String? {
    var settings = termios()
    let isTerminal = tcgetattr(0, &settings) == 0
    let before = settings
    if isTerminal {
      FileHandle.standardError.write(Data((Terminal.isChinese ? "口令：" : "secret: ").utf8))
      settings.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(0, TCSAFLUSH, &settings)
    }
    defer {
      if isTerminal {
        var restored = before
        tcsetattr(0, TCSAFLUSH, &restored)
        FileHandle.standardError.write(Data("\n".utf8))
      }
    }
    return readLine()
  }
}
