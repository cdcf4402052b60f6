import ArgumentParser
import Control
import Foundation
import Glibc
import Ports
import Subprocesses

/// How the hall's PostgreSQL on this machine is reached, and its administrator.
struct AdminOptions: ParsableArguments {
  @Option(help: "The folder of PostgreSQL's socket on this machine.")
  var socket = "/var/run/postgresql"
  @Option(help: "The port of PostgreSQL.")
  var port = 5432
  @Option(help: "PostgreSQL's administrator, and the user of this machine who may be it.")
  var superuser = "postgres"

  var admin: PostgresAdmin { PostgresAdmin(socket: socket, port: port, superuser: superuser) }
}

/// Runs statements as PostgreSQL's administrator, by its own program `psql`.
///
/// Where the tool runs as root, it runs psql as the administrator's user, whom Debian's PostgreSQL admits.
struct PostgresAdmin {
  private static let patienceMilliseconds: Int64 = 60_000

  let socket: String
  let port: Int
  let superuser: String
  private let programs = SubprocessRunner()

  init(socket: String, port: Int, superuser: String) {
    self.socket = socket
    self.port = port
    self.superuser = superuser
  }

  /// - Returns: the rows, a line each, columns separated by `|`.
  @discardableResult
  func run(_ sql: String, in database: String = "postgres") async throws(SharedFault) -> [String] {
    // In a file that only the administrator can read, not in the arguments, which everybody on the machine can see.
    let folder = try workFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/statements.sql"
    do throws(StateFault) { try DurableFileText.write(sql, file) } catch {
      throw SharedFault(reply: ControlReply(error))
    }
    give(file)
    let words = [
      "-h", socket, "-p", "\(port)", "-U", superuser, "-d", database, "-v", "ON_ERROR_STOP=1", "-X", "-q", "-A", "-t",
      "-f", file,
    ]
    let (program, arguments) =
      geteuid() == 0
      ? ("/usr/sbin/runuser", ["-u", superuser, "--", "/usr/bin/psql"] + words) : ("/usr/bin/psql", words)
    switch await programs.output(
      of: program, arguments, reading: .both, limit: 1 << 20, within: Self.patienceMilliseconds)
    {
    case .success(let output):
      return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        .filter { !$0.contains("NOTICE:") }
    case .failure(.notStarted):
      throw SharedFault(
        .installation, "psql cannot be started: install postgresql (apt install postgresql)",
        zh: "psql 没有装：apt install postgresql")
    case .failure(.exited(_, let output)):
      let text = String(decoding: output, as: UTF8.self)
      let line = text.split(whereSeparator: \.isNewline).first { $0.contains("ERROR") || $0.contains("error") }
      let why = line.map(String.init) ?? text
      throw SharedFault(
        .unavailable, "PostgreSQL refuses: \(why)",
        zh: "PostgreSQL 没有照办：\(why)。看它开着没有（systemctl status postgresql），用 sudo 运行")
    case .failure(let fault):
      throw SharedFault(.unavailable, "psql did not end well: \(fault)", zh: "psql 没有正常结束：\(fault)")
    }
  }

  /// Runs statements that change the hall's database or its roles, in one transaction and under a lock.
  ///
  /// Without the lock, two commands that grant on the same row of a catalogue at once would fail ("tuple concurrently
  /// updated"). Statements that cannot run in a transaction, such as CREATE DATABASE and ALTER SYSTEM, go through `run`.
  func change(_ sql: String, in database: String) async throws(SharedFault) {
    try await run("BEGIN;\nSELECT pg_advisory_xact_lock(\(Self.lock));\n\(sql)\nCOMMIT;\n", in: database)
  }

  /// The advisory lock of these commands. The daemons' turns use locks of two numbers, which are a separate space.
  private static let lock = 0x7963_6164_6d69

  /// Gives a file to the administrator's user.
  func give(_ path: String) {
    guard geteuid() == 0, let user = getpwnam(superuser) else { return }
    chown(path, user.pointee.pw_uid, user.pointee.pw_gid)
  }

  private func workFolder() throws(SharedFault) -> String {
    var template = Array("/tmp/yichuang-shared.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SharedFault(.folder, "no folder can be made in /tmp", zh: "在 /tmp 里建不了文件夹")
    }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    give(path)
    return path
  }

  /// A text as a literal of SQL.
  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  /// Refuses a server that is not the primary: only there roles can be made and removed, and it may have moved to another
  /// machine.
  func requirePrimary() async throws(SharedFault) {
    guard try await run("SELECT pg_is_in_recovery()").first == "t" else { return }
    throw SharedFault(
      .refused,
      "PostgreSQL of this machine is a standby: run it on the machine with the primary (yichuangctl shared status says which)",
      zh: "这台机器上是备库：到主库那台上运行（yichuangctl shared status 看是哪一台）")
  }

  /// Makes a machine's role, or gives it a new password. The role may only log in and call the functions.
  func enrol(_ role: String, password: String, in database: String) async throws(SharedFault) {
    try await change(
      """
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(role)') THEN CREATE ROLE \(role); END IF;
      END $$;
      ALTER ROLE \(role) LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD \(Self.quoted(password));
      ALTER ROLE \(role) SET idle_in_transaction_session_timeout = '1s';
      ALTER ROLE \(role) SET lock_timeout = '2s';
      ALTER ROLE \(role) SET statement_timeout = 0;
      GRANT yc_machine TO \(role);
      GRANT CONNECT ON DATABASE \(database) TO \(role);
      """, in: database)
  }

  /// Revokes a machine's role and ends its connections.
  func revoke(_ role: String, in database: String) async throws(SharedFault) {
    try await change(
      """
      ALTER ROLE \(role) NOLOGIN PASSWORD NULL;
      REVOKE yc_machine FROM \(role);
      """, in: database)
    // Only after that transaction: before its end the machine could connect again.
    try await run(
      "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE usename = '\(role)'", in: database)
    try await change("DELETE FROM yc.machines WHERE machine = '\(role)';", in: database)
  }

  /// 32 hexadecimal digits from the system's generator.
  static func newPassword() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(UInt32.random(in: 0...UInt32.max, using: &generator), radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}

/// A small file for one run of a program.
private enum DurableFileText {
  static func write(_ text: String, _ path: String) throws(StateFault) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .notWritable(path, errno) }
    defer { close(file) }
    let error = FileWriting.write(Array(text.utf8), to: file)
    guard error == 0 else { throw .notWritable(path, error) }
  }
}
