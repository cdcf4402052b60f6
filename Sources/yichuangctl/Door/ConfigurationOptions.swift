import ArgumentParser
import Control
import Settings
import YAMLDocuments

/// A hall's configuration, as the daemon reads it.
enum ConfigurationOptions {
  static let usual = "/etc/yichuang/yichuang.yaml"

  /// - Throws: with every fault of the file.
  static func settings(_ file: String) throws(TLSFault) -> HallSettings {
    let models: String
    do throws(ShareFolder.Missing) { models = try ShareFolder.find().models } catch {
      throw TLSFault(.installation, error.description, zh: error.chinese)
    }
    let loaded = ConfigurationFile.load(absolutePath(file), models: models, sealing: ClosedHall.seal)
    guard let settings = loaded.value else { throw TLSFault(reply: Reference.faults(loaded.faults, file)) }
    return settings
  }

  /// The addresses and names of the configured door; nil without one, or where the file cannot be used.
  static func doorHosts(_ file: String) -> [String]? { (try? settings(file))?.door?.hosts }

  /// - Throws: without a door in the file too.
  static func door(_ file: String) throws(TLSFault) -> (HallSettings, DoorSettings) {
    let settings = try settings(file)
    guard let door = settings.door else {
      throw TLSFault(
        .configuration, "\(file) has no `door`: write one with the machine's address (packaging/yichuang.yaml.example)",
        zh: "\(file) 没有 door 一节：照样例写上本机地址")
    }
    return (settings, door)
  }
}

struct BoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board", abstract: "The board's link, which its browser opens once.",
    discussion: "The link has the board's secret: whoever has it sees the calls, nothing else.")
  @Option(help: "The hall's configuration.")
  var config = ConfigurationOptions.usual
  @Flag(help: "The link of a training (演练), which opens no board of the hall.")
  var training = false
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    let reply: ControlReply
    do throws(TLSFault) {
      var settings = try ConfigurationOptions.settings(config)
      if training, let own = settings.forTraining(ClosedHall.seal) { settings = own }
      let path = "/board/enter?token=" + Self.escaped(settings.boardToken)
      let remote = (settings.door?.origins ?? []).map { $0 + path }
      let own = "http://\(settings.hallListener)\(path)"
      let links = remote + [own]
      reply = ControlReply(
        links.joined(separator: "\n"), ["links": .list(links.map(ControlValue.text)), "own": .text(own)])
    } catch { reply = error.reply }
    try answer.give(reply)
  }

  /// The token in a query (RFC 3986 §2.3).
  static func escaped(_ token: String) -> String {
    token.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
