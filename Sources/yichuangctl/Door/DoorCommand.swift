import ArgumentParser
import Control
import Foundation
import Hall
import Seal
import Settings
import Subprocesses

struct DoorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "door", abstract: "The hall's door: TLS for consoles and boards on other machines.",
    subcommands: [Write.self])

  struct Write: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "write",
      abstract:
        "Writes the door's files from the configuration and the certificates: nginx's, and the page for enrolling.")
    @Option(help: "The hall's configuration.")
    var config = ConfigurationOptions.usual
    @Flag(help: "Have a running door take them over, where something changed; connections go on.")
    var reload = false
    @Option(
      help: ArgumentHelp("The door's folder for its process (default: /run/yichuang-nginx).", visibility: .hidden))
    var run = "/run/yichuang-nginx"
    @OptionGroup var folder: TLSOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      try await answer.giveTLS { () async throws(TLSFault) in
        let files = DoorFiles(config: config, tls: folder, run: self.run)
        try await files.prove()
        let written = try files.write()
        if reload, written.isChanged { try await DoorService.reload() }
        return ControlReply(
          "\(written.folder) is \(written.isChanged ? "written" : "as it was"): \(written.origins.joined(separator: ", "))",
          zh: "\(written.folder) \(written.isChanged ? "已写好" : "没有变化")：\(written.origins.joined(separator: "、"))",
          [
            "changed": .flag(written.isChanged), "origins": .list(written.origins.map(ControlValue.text)),
            "enrol": .list(written.enrolment.map(ControlValue.text)),
          ])
      }
    }
  }
}

/// The files of the door, made from configuration, certificates and the packaged template.
struct DoorFiles {
  static let group = "yichuang-door"

  struct Written {
    let folder: String
    let isChanged: Bool
    let origins: [String]
    /// Where a computer gets the hall's certificate.
    let enrolment: [String]
  }

  let config: String
  let tls: TLSOptions
  var run = "/run/yichuang-nginx"

  private typealias File = (name: String, bytes: [UInt8], mode: mode_t)

  private static let nginx = "/usr/sbin/nginx"

  /// Has nginx read the new files in a folder of their own, before any of them replaces a former one.
  ///
  /// This nginx listens at sockets of that folder and stays root, because the service that renews certificates may open no
  /// port and has few capabilities. Without nginx there is no door, and nothing is checked.
  func prove() async throws(TLSFault) {
    guard access(Self.nginx, X_OK) == 0 else { return }
    let (_, door) = try ConfigurationOptions.door(config)
    let trial = door.folder + "/trial"
    let files = try files(in: trial, run: trial, isTrial: true)
    try TLSFile.makeFolder(door.folder, mode: 0o755)
    try? FileManager.default.removeItem(atPath: trial)
    try TLSFile.makeFolder(trial, mode: 0o700)
    defer { try? FileManager.default.removeItem(atPath: trial) }
    for file in files { try TLSFile.write(file.bytes, "\(trial)/\(file.name)", mode: 0o600) }
    let result = await SubprocessRunner().output(
      of: Self.nginx, ["-t", "-q", "-e", "stderr", "-g", "user root;", "-c", "\(trial)/nginx.conf"], reading: .both,
      limit: 65_536, within: 30_000)
    guard case .failure(let fault) = result else { return }
    var why = "\(fault)"
    if case .exited(_, let output) = fault {
      let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
      why = lines.first { $0.contains("[emerg]") }.map { String($0.prefix(300)) } ?? why
    }
    throw TLSFault(
      .refused,
      "nginx does not take the new files (\(why.replacingOccurrences(of: trial, with: door.folder))): the former ones stay in force; mend that, then yichuangctl door write",
      zh:
        "nginx 不接受新的入口文件（\(why.replacingOccurrences(of: trial, with: door.folder))）：原来的照用；改好以后再运行 yichuangctl door write"
    )
  }

  /// Writes the files that differ.
  func write() throws(TLSFault) -> Written {
    let (_, door) = try ConfigurationOptions.door(config)
    let files = try files(in: door.folder, run: run)
    try TLSFile.makeFolder(door.folder, mode: 0o755)
    chmod(door.folder, 0o755)
    var isChanged = false
    for file in files {
      let path = "\(door.folder)/\(file.name)"
      guard FileManager.default.contents(atPath: path).map({ Array($0) }) != file.bytes || !isSettled(path, file.mode)
      else {
        continue
      }
      try TLSFile.write(file.bytes, path, mode: file.mode, group: file.mode == 0o640 ? Self.group : nil)
      isChanged = true
    }
    return Written(
      folder: door.folder, isChanged: isChanged, origins: door.origins,
      enrolment: door.hosts.map { "http://\($0):\(door.plainPort)/" })
  }

  /// The files as they are for a folder, in the order in which they are written.
  private func files(in folder: String, run: String, isTrial: Bool = false) throws(TLSFault) -> [File] {
    let (settings, door) = try ConfigurationOptions.door(config)
    let certificate = tls.certificate
    guard let authority = certificate.authority.certificate, certificate.current != nil,
      let pem = Certificate.bytes(certificate.file), let key = Certificate.bytes(certificate.keyFile)
    else { throw TLSOptions.nothing }
    if let missing = door.hosts.first(where: { !Certificate.isFor($0, pem: pem) }) {
      throw TLSFault(
        .refused, "the certificate is not for \(missing): yichuangctl tls renew",
        zh: "证书里没有 \(missing)：先运行 yichuangctl tls renew")
    }
    let share: String
    do throws(ShareFolder.Missing) { share = try ShareFolder.find().door } catch {
      throw TLSFault(.installation, error.description, zh: error.chinese)
    }
    let clients = try clients(door)
    var words = words(door, share: share, folder: folder, run: run)
    words.merge(training(settings.trainingDoor, at: isTrial ? "unix:\(run)/training" : nil)) { $1 }
    if isTrial { words.merge(["PORT": "unix:\(run)/tls", "PLAIN_PORT": "unix:\(run)/plain"]) { $1 } }
    let files: [File] = [
      ("hall.crt", pem, 0o644), ("ca.crt", authority.der, 0o644),
      (
        "index.html", try filled("\(share)/enrol/index.html", page(settings, door, authority)),
        0o644
      ),
      // Key and certificate in one file, so that the door never reads one without the other.
      ("hall.pem", pem + key, 0o640),
      ("nginx.conf", try filled("\(share)/nginx.conf", words), 0o644),
    ]
    return clients + files
  }

  /// Whether mode and group are right, which they may not be for a file from an archive.
  private func isSettled(_ path: String, _ mode: mode_t) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & 0o777 == mode else { return false }
    guard mode == 0o640, geteuid() == 0, let group = getgrnam(Self.group) else { return true }
    return status.st_gid == group.pointee.gr_gid
  }

  /// The authority of computers' certificates and the revoked ones, where the door asks for them.
  private func clients(_ door: DoorSettings) throws(TLSFault) -> [File] {
    guard door.needsClientCertificate else { return [] }
    let clients = ClientCertificates(tls.path)
    guard let authority = Certificate.bytes(clients.authority.certificateFile),
      let revoked = FileManager.default.contents(atPath: clients.revocations)
    else {
      throw TLSFault(
        .refused, "`client_certificates` needs one computer's certificate at least: yichuangctl tls client issue NAME",
        zh: "client_certificates 要先有一台电脑的证书：yichuangctl tls client issue 名字")
    }
    return [("clients.crt", authority, 0o644), ("clients.crl", Array(revoked), 0o644)]
  }

  /// The values of the `@…@` placeholders in nginx.conf.
  private func words(_ door: DoorSettings, share: String, folder: String, run: String) -> [String: String] {
    let clients =
      door.needsClientCertificate
      ? "ssl_client_certificate \(folder)/clients.crt; ssl_crl \(folder)/clients.crl; ssl_verify_client on;"
      : ""
    return [
      "PORT": "\(door.port)", "PLAIN_PORT": "\(door.plainPort)", "SOCKET": door.socket, "FOLDER": folder,
      "SHARE": share, "RUN": run, "PER_ADDRESS": "\(door.perAddress)", "CLIENTS": clients,
      "HOSTS": door.authorities.map { "\"\($0)\" 1;" }.joined(separator: " "),
      "PLAIN_HOSTS": door.hosts.map { "\"\($0):\(door.plainPort)\" 1;" }.joined(separator: " "),
    ]
  }

  /// The values of the placeholders for a training's own port; empty texts where it has none.
  ///
  /// - Parameter address: instead of its port.
  private func training(_ door: DoorSettings?, at address: String?) -> [String: String] {
    guard let door else {
      return ["UPSTREAM": "hall", "TRAINING_HOSTS": "", "TRAINING_LISTEN": "", "TRAINING": ""]
    }
    return [
      "UPSTREAM": "$instance", "TRAINING_HOSTS": door.authorities.map { "\"\($0)\" 1;" }.joined(separator: " "),
      "TRAINING_LISTEN":
        "listen \(address ?? "\(door.port)") ssl http2 default_server backlog=1024 so_keepalive=5s:5s:3;",
      "TRAINING": """
      map $server_port $instance { default hall; \(door.port) training; }
        upstream training {
          server unix:\(door.socket);
          keepalive 16;
          keepalive_timeout 10s;
        }
      """,
    ]
  }

  private func page(_ settings: HallSettings, _ door: DoorSettings, _ authority: Certificate) -> [String: String] {
    [
      "HALL": Self.escaped(settings.rules.identity.name), "THUMBPRINT": authority.thumbprint,
      "FINGERPRINT": authority.fingerprint, "UNTIL": authority.lastDay,
      "ADDRESSES": door.origins.map { "<li><a href=\"\($0)/window/\">\($0)/window/</a></li>" }.joined(),
    ]
  }

  private func filled(_ template: String, _ words: [String: String]) throws(TLSFault) -> [UInt8] {
    guard var text = try? String(contentsOfFile: template, encoding: .utf8) else {
      throw TLSFault(.installation, "\(template) is missing: install the package again", zh: "缺少 \(template)：重新安装")
    }
    for (word, value) in words { text = text.replacingOccurrences(of: "@\(word)@", with: value) }
    return Array(text.utf8)
  }

  static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: "\"", with: "&quot;")
  }
}

/// The door's unit, where systemd runs.
enum DoorService {
  private static let unit = "yichuang-door.service"

  /// New workers read the files; the connections of the old ones go on.
  static func reload() async throws(TLSFault) { try await systemctl("try-reload-or-restart") }
  /// Ends all connections.
  static func restart() async throws(TLSFault) { try await systemctl("try-restart") }

  private static func systemctl(_ verb: String) async throws(TLSFault) {
    guard access("/run/systemd/system", F_OK) == 0 else { return }
    let result = await SubprocessRunner().output(
      of: "/usr/bin/systemctl", [verb, unit], reading: .both, limit: 65_536, within: 60_000)
    if case .failure = result {
      throw TLSFault(
        .unavailable, "the files are written, but the door did not take them over: systemctl status \(unit)",
        zh: "文件已写好，但入口没有换上：systemctl status \(unit)")
    }
  }
}
