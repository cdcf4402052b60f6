import ArgumentParser
import Control
import Foundation
import Seal

struct HashSecretCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hash-secret", abstract: "Reads a secret from standard input and gives the line for the configuration."
  )
  /// The shortest secret, in characters.
  static let shortest = 8
  static let longest = 128
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    guard let secret = Self.read() else {
      return try answer.give(ControlReply(.usage, "no secret was given", zh: "没有输入口令"))
    }
    guard (Self.shortest...Self.longest).contains(secret.utf8.count) else {
      return try answer.give(
        ControlReply(
          .usage, "a secret has \(Self.shortest) to \(Self.longest) bytes",
          zh: "口令要 \(Self.shortest) 到 \(Self.longest) 个字节（字母和数字各占一个，汉字占三个）"))
    }
    let hash = try ClosedHall.seal.hashSecret(secret)
    try answer.give(ControlReply(hash, ["secret_hash": .text(hash)]))
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
