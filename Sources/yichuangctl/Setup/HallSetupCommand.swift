import ArgumentParser
import Control
import Foundation
import HallSetup
import YAMLDocuments

struct HallSetupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Sets the hall up: asks, tries the printers, writes the configuration, opens the hall.",
    discussion: """
      Run again, it starts from what is there. --answers takes the answers from a file and asks nothing; an example is \
      /usr/share/doc/yichuang/examples/answers.yaml. Nothing is in force before the whole configuration has been checked; the \
      former one stays beside it as yichuang.yaml.1.
      """)
  @Option(help: ArgumentHelp("The answers; nothing is asked then.", valueName: "file"))
  var answers: String?
  @Option(help: "The configuration to write.")
  var config = "/etc/yichuang/yichuang.yaml"
  @Flag(help: "Show the configuration that would be written, and change nothing.")
  var dryRun = false
  @Flag(help: "Write the configuration, but do not start or reload the daemon.")
  var noStart = false
  @Flag(
    help:
      "Print the first secrets of new staff on slips of the first kiosk's printer; shown is only what did not come out."
  )
  var printSecrets = false
  @Flag(help: "Restart the daemon where a change needs it, also while the business day is open.")
  var restart = false
  @Option(help: "The port of the kiosk's pages on this machine (default: what the configuration has, else 7310).")
  var kioskPort: Int?
  @Option(help: "The port of consoles and boards on this machine (default: what the configuration has, else 7311).")
  var hallPort: Int?
  /// A stand-in, for tests without systemd.
  @Option(help: .hidden)
  var systemctl = "/usr/bin/systemctl"
  @OptionGroup var server: ServerOptions
  @OptionGroup var models: ModelOptions
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    guard !answer.json || answers != nil else {
      throw ValidationError("--json needs --answers: questions are for people")
    }
    guard (kioskPort == nil) == (hallPort == nil) else {
      throw ValidationError("--kiosk-port and --hall-port belong together")
    }
    for port in [kioskPort, hallPort].compactMap(\.self) where !(1...65_535).contains(port) {
      throw ValidationError("\(port) is no port: 1 to 65535")
    }
  }

  func run() async throws {
    let reply: ControlReply
    do {
      reply = try await HallSetUp(self).run()
    } catch let fault as SetupFault {
      reply = fault.reply
    } catch let fault as ModelOptions.Unreadable {
      reply = fault.reply
    } catch let fault as FileReplacement.Fault {
      reply = ControlReply(.disk, fault.english, zh: fault.chinese)
    }
    try answer.give(reply)
  }
}

/// Why setup ended without its configuration in force.
struct SetupFault: Error {
  let reply: ControlReply

  init(_ status: ExitStatus, _ sentence: String, zh chinese: String) {
    reply = ControlReply(status, sentence, zh: chinese)
  }

  init(_ reply: ControlReply) { self.reply = reply }
}
