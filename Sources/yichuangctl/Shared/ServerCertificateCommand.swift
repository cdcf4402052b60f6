import ArgumentParser
import Control
import Settings

struct ServerCertificateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate",
    abstract: "Makes another certificate of the server, for the hosts of the configuration.",
    discussion: """
      Run it as root on the machine that founded, when the certificate runs out (ten years) or the server has another address. Machines \
      that are connected stay so; the authority that they trust is the same. A second server needs the same two files (docs/OPERATING.md).
      """)
  @OptionGroup var administrator: AdminOptions
  @OptionGroup var options: SharedOptions

  func run() async throws {
    try await options.give {
      let (_, shared) = try options.settings()
      try await ServerEncryption(shared: shared, admin: administrator.admin).renew()
      let hosts = shared.hosts.filter { !$0.isLocal }.map(\.address).joined(separator: ", ")
      return ControlReply(
        .done, "the server has a new certificate for \(hosts)", zh: "服务器换了新证书（\(hosts)）", ["hosts": .text(hosts)])
    }
  }
}
