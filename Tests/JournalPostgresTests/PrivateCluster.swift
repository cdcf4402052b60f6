import Foundation
import Glibc
import Groundwork
import Hall
import Ports
import Seal
import Synchronization
import TestKit

@testable import JournalPostgres

/// A PostgreSQL of its own for one test: a folder, a Unix socket, no port, no system service; gone with the value.
///
/// PostgreSQL refuses to run as root, so there it runs as the user that Debian's package brings.
final class PrivateCluster: Sendable {
  static let programs = "/usr/lib/postgresql/15/bin"
  static let tree = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  let folder: String
  let name: String
  /// Part of its socket's name; only with TLS it is listened at.
  let port: Int
  let seal = HallSeal(key: HallKey(bytes: [UInt8](repeating: 7, count: HallKey.length)))
  static let machines = 1...8

  struct Failed: Error, CustomStringConvertible { let description: String }

  /// A stopped cluster with the hall's schema, of which each test gets a copy: making one takes seconds.
  private static let template = Mutex<PrivateCluster?>(nil)

  /// Starts a cluster with the hall's schema.
  convenience init(port: Int = 5432, _ settings: [String] = [], prepare: (PrivateCluster) throws -> Void = { _ in })
    throws
  {
    try self.init(folder: Self.newFolder(), name: "main", port: port)
    let original = try Self.template.withLock { template in
      let made = try template ?? Self.made()
      template = made
      return made.data
    }
    try run("/usr/bin/cp", ["-a", original, data])
    try prepare(self)
    try start(settings)
  }

  private static func made() throws -> PrivateCluster {
    let cluster = try PrivateCluster(folder: newFolder(), name: "main")
    try cluster.run(
      "initdb", ["-D", cluster.data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N"])
    try cluster.start()
    try cluster.sql("CREATE DATABASE hall", in: "postgres")
    try cluster.sql(String(contentsOfFile: tree + "/packaging/shared/schema-1.sql", encoding: .utf8))
    for machine in machines { try cluster.sql("CREATE ROLE machine\(machine) LOGIN IN ROLE yc_machine") }
    cluster.stop("fast")
    // The process ends without ever releasing it.
    let folder = cluster.folder
    atExit.withLock { $0.append(folder) }
    atexit {
      for folder in PrivateCluster.atExit.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: folder) }
    }
    return cluster
  }

  private static let atExit = Mutex<[String]>([])

  private static func newFolder() throws -> String {
    let folder = "/tmp/ycpg-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try own(folder)
    return folder
  }

  init(folder: String, name: String, port: Int = 5432) {
    self.port = port
    self.folder = folder
    self.name = name
  }

  deinit {
    stop("immediate")
    if name == "main" { try? FileManager.default.removeItem(atPath: folder) }
  }

  var data: String { "\(folder)/\(name)" }
  /// The folder of its socket.
  var socket: String { "\(folder)/\(name)-socket" }

  private static func own(_ path: String) throws {
    guard geteuid() == 0 else { return }
    guard let user = getpwnam("postgres") else { throw Failed(description: "there is no user postgres") }
    chown(path, user.pointee.pw_uid, user.pointee.pw_gid)
  }

  /// - Parameter settings: on the command line of the server.
  func start(_ settings: [String] = []) throws {
    try FileManager.default.createDirectory(atPath: socket, withIntermediateDirectories: true)
    try Self.own(socket)
    let options =
      [
        "listen_addresses=", "unix_socket_directories=\(socket)", "max_wal_senders=4", "wal_level=replica",
        "port=\(port)",
      ] + settings
    let log = "\(folder)/\(name).log"
    do {
      try run(
        "pg_ctl",
        ["-D", data, "-w", "-l", log, "-o", options.map { "-c '\($0)'" }.joined(separator: " "), "start"])
    } catch {
      let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      throw Failed(description: "\(error)\(said.suffix(800))")
    }
  }

  /// - Parameter mode: `fast` or `immediate`.
  func stop(_ mode: String) { _ = try? run("pg_ctl", ["-D", data, "-m", mode, "-w", "stop"]) }

  func promote() throws { try run("pg_ctl", ["-D", data, "-w", "promote"]) }

  /// A copy of this cluster that follows it, started.
  func standby(_ name: String) throws -> PrivateCluster {
    let copy = PrivateCluster(folder: folder, name: name)
    try run(
      "pg_basebackup", ["-h", socket, "-U", "postgres", "-D", copy.data, "-R", "-X", "stream", "-c", "fast", "-N"])
    try copy.start()
    return copy
  }

  /// Runs statements as the superuser, each in a transaction of its own.
  @discardableResult
  func sql(_ text: String, in database: String = "hall") throws -> String {
    let file = "\(folder)/\(UUID().uuidString).sql"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: file) }
    return try run(
      "psql",
      [
        "-h", socket, "-p", "\(port)", "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-X", "-q", "-A",
        "-t", "-f", file,
      ])
  }

  /// Runs a program of PostgreSQL, or one by its path, as the cluster's user.
  @discardableResult
  func run(_ program: String, _ arguments: [String]) throws -> String {
    let isRoot = geteuid() == 0
    let command =
      (isRoot ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [])
      + [program.hasPrefix("/") ? program : "\(Self.programs)/\(program)"] + arguments
    // A file and not a pipe, and no Foundation.Process: the server inherits what it watches, and lives on.
    let path = "\(folder)/\(UUID().uuidString).out"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // The other tests of this process have hundreds of files open, which would leave the server none.
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
      if let file = Int32(name), file > 2 { posix_spawn_file_actions_addclose(&actions, file) }
    }
    let words = command.map { strdup($0) } + [nil]
    let environment = [strdup("LC_ALL=C"), strdup("PATH=/usr/bin:/bin"), nil]
    defer { for text in words + environment { free(text) } }
    var child: pid_t = 0
    guard posix_spawn(&child, command[0], &actions, nil, words, environment) == 0 else {
      throw Failed(description: "\(command[0]) cannot be started")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let text = try String(contentsOfFile: path, encoding: .utf8)
    guard status == 0 else { throw Failed(description: "\(program): \(text)") }
    return text
  }

  // MARK: Machines

  func journal(
    of machine: Int, on clusters: [PrivateCluster] = [], head: ChainPosition = .origin, fence: ClusterFence? = nil,
    _ knobs: PostgresKnobs = PostgresKnobs(), keep: @escaping @Sendable (ClusterFence) -> Void = { _ in }
  ) -> PostgresJournal {
    let hosts = (clusters.isEmpty ? [self] : clusters).map { PostgresServer.Node(address: $0.socket) }
    return PostgresJournal(
      PostgresServer(hosts: hosts, database: "hall", role: "machine\(machine)"), head: head, fence: fence,
      sealing: seal, log: .quiet, knobs: knobs, keep: keep)
  }

  /// The same, connected.
  func connected(_ machine: Int, _ knobs: PostgresKnobs = PostgresKnobs()) async throws -> PostgresJournal {
    let journal = journal(of: machine, knobs)
    _ = try await journal.probe()
    return journal
  }
}
