import Foundation
import PrinterLink
import PrintersCUPS
import Synchronization
import TestKit

/// A cupsd of the test's own: its configuration, spool, socket and log lie in a temporary folder that goes with it.
///
/// As root, cupsd runs its backends as `lp`, so the folder is readable for everybody; as another user it runs them as
/// that user.
final class PrivateCUPS: Sendable {
  let folder: URL
  private let cupsd = Mutex<ChildProcess?>(nil)
  /// Whether the spool is a file system of its own.
  private let hasSmallSpool: Bool
  private let isShared: Bool

  var socket: String { folder.appendingPathComponent("state/cups.sock").path }
  var server: CUPSServer { .socket(path: socket) }
  var claimsFolder: URL { file("claims") }
  var claims: ClaimsFolder { ClaimsFolder(path: claimsFolder.path) }

  /// - Parameters:
  ///   - spoolKilobytes: makes the spool a file system of this size, which needs root.
  ///   - isShared: it is never released; its folder goes when this process has ended.
  init(spoolKilobytes: Int? = nil, isShared: Bool = false) async throws {
    hasSmallSpool = spoolKilobytes != nil
    self.isShared = isShared
    // The path of a domain socket may have 107 bytes: no long names.
    folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
      "cups-\(UInt32.random(in: 0...(.max)))")
    try Self.layOut(programs: folder.appendingPathComponent("bin"))
    try Self.makeClaimsFolder(claimsFolder)
    for part in ["etc/ppd", "spool/tmp", "cache", "state", "ssl", "log"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(part), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o755])
    }
    if let spoolKilobytes {
      try run(
        "/bin/mount", "-t", "tmpfs", "-o", "size=\(spoolKilobytes)k,mode=755", "tmpfs", file("spool").path)
      try FileManager.default.createDirectory(at: file("spool/tmp"), withIntermediateDirectories: true)
    }
    try Self.filesConfiguration(folder.path).write(to: file("etc/cups-files.conf"), atomically: true, encoding: .utf8)
    try Self.configuration(socket).write(to: file("etc/cupsd.conf"), atomically: true, encoding: .utf8)
    try await start()
  }

  deinit {
    stop()
    if hasSmallSpool { _ = try? run("/bin/umount", "--lazy", file("spool").path) }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Fills the spool to the last byte.
  func fillSpool() throws {
    let filler = open(file("spool/filler").path, O_WRONLY | O_CREAT, 0o600)
    guard filler >= 0 else { throw NeverHappened("open: \(errno)") }
    defer { close(filler) }
    for size in [4096, 1] {
      let bytes = [UInt8](repeating: 0, count: size)
      while write(filler, bytes, size) == size {}
    }
  }

  func emptySpool() throws { try FileManager.default.removeItem(at: file("spool/filler")) }

  /// Starts cupsd, also again on the same spool.
  func start() async throws {
    let started = try await ChildProcess(
      ["/usr/sbin/cupsd", "-f", "-c", file("etc/cupsd.conf").path, "-s", file("etc/cups-files.conf").path],
      folder: folder, name: "cupsd", removing: isShared ? folder : nil)
    cupsd.withLock { $0 = started }
    // lpstat succeeds also when it says that the scheduler is not running.
    try await eventually("cupsd answers") {
      (try? run("/usr/bin/lpstat", "-h", socket, "-r"))?.contains("is running") == true
    }
  }

  /// SIGTERM, and waits.
  func stop() {
    cupsd.withLock { $0.take() }?.stop()
  }

  /// SIGKILL: nothing is saved, and the backends live on.
  func crash() {
    signal(SIGKILL)
    stop()
  }

  /// Stops every thread of cupsd where it stands; connections are still accepted by the kernel.
  func freeze() { signal(SIGSTOP) }
  func thaw() { signal(SIGCONT) }

  private func signal(_ number: Int32) { cupsd.withLock { $0 }?.signal(number) }

  /// A queue's name that no test has had, on a cupsd that several tests use.
  func newQueue(_ kind: String) -> String { "\(kind)-\(Self.queues.add(1, ordering: .relaxed).newValue)" }
  private static let queues = Atomic(0)

  /// Removes a queue with its jobs.
  func removeQueue(_ name: String) { _ = try? run("/usr/sbin/lpadmin", "-h", socket, "-x", name) }

  /// Adds a raw queue to a printer that takes bytes on a port of the loopback interface.
  func addRawQueue(_ name: String, port: Int) throws {
    try run(
      "/usr/sbin/lpadmin", "-h", socket, "-p", name, "-E", "-v", "socket://127.0.0.1:\(port)/?contimeout=3", "-m",
      "raw",
      "-o", "printer-error-policy=abort-job")
  }

  /// Adds a queue of `yichuang-pos` to a printer on a port of the loopback interface.
  ///
  /// - Parameter options: of the device-uri, `NAME=VALUE&…`.
  func addSlipQueue(_ name: String, port: Int, options: String = "") throws {
    try addSlipQueue(name, uri: "yichuang-pos://127.0.0.1:\(port)/?\(options)")
  }

  func addSlipQueue(_ name: String, uri: String) throws {
    try run(
      "/usr/sbin/lpadmin", "-h", socket, "-p", name, "-E", "-v", uri, "-m", "raw", "-o",
      "printer-error-policy=abort-job")
  }

  /// Adds a driverless queue; CUPS asks the printer in the background, so this waits for the queue's set-up.
  func addDriverlessQueue(_ name: String, uri: String) async throws {
    try run("/usr/sbin/lpadmin", "-h", socket, "-p", name, "-E", "-v", uri, "-m", "everywhere")
    try await eventually("the queue is set up") {
      FileManager.default.fileExists(atPath: file("etc/ppd/\(name).ppd").path)
    }
  }

  /// Jobs that are not over, one line each.
  func activeJobs(_ queue: String) throws -> String { try run("/usr/bin/lpstat", "-h", socket, "-o", queue) }

  func printerIs(_ state: String, _ queue: String) throws {
    try run("/usr/sbin/\(state == "enabled" ? "cupsenable" : "cupsdisable")", "-h", socket, queue)
  }

  /// The job-name in the job's control file: an IPP message, in which two bytes of length stand before a value.
  func spooledName(ofJob number: Int) async throws -> String? {
    let digits = String(number)
    let control = file("spool/c" + String(repeating: "0", count: max(5 - digits.count, 0)) + digits)
    try await eventually("the job is in the spool") { FileManager.default.fileExists(atPath: control.path) }
    let bytes = try Data(contentsOf: control)
    guard let name = bytes.range(of: Data("job-name".utf8)), name.upperBound + 2 <= bytes.count else { return nil }
    let length = Int(bytes[name.upperBound]) << 8 | Int(bytes[name.upperBound + 1])
    return String(decoding: bytes[(name.upperBound + 2)...].prefix(length), as: UTF8.self)
  }

  var log: String { (try? String(contentsOf: file("log/error_log"), encoding: .utf8)) ?? "" }

  private func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

  private static func filesConfiguration(_ folder: String) -> String {
    """
    ServerRoot \(folder)/etc
    RequestRoot \(folder)/spool
    CacheDir \(folder)/cache
    StateDir \(folder)/state
    TempDir \(folder)/spool/tmp
    ServerKeychain \(folder)/ssl
    AccessLog \(folder)/log/access_log
    ErrorLog \(folder)/log/error_log
    PageLog \(folder)/log/page_log
    ServerBin \(folder)/bin
    SetEnv YICHUANG_POS_CLAIMS \(folder)/claims
    DataDir /usr/share/cups
    DocumentRoot /usr/share/cups/doc-root
    User lp
    Group lp
    SystemGroup root
    """
  }

  /// The settings that a hall's cupsd has, with the policy that Debian ships: whoever sent a job owns it.
  private static func configuration(_ socket: String) -> String {
    """
    LogLevel info
    Listen \(socket)
    Browsing No
    WebInterface No
    DefaultAuthType None
    IdleExitTimeout 0
    DirtyCleanInterval 0
    PreserveJobHistory 86400
    PreserveJobFiles No
    MultipleOperationTimeout 60
    JobKillDelay 5
    MaxJobTime 120
    ErrorPolicy abort-job
    <Location />
      Order allow,deny
      Allow all
    </Location>
    <Policy default>
      JobPrivateAccess default
      JobPrivateValues default
      <Limit Create-Job Print-Job Print-URI Validate-Job>
        Order deny,allow
      </Limit>
      <Limit Send-Document Send-URI Hold-Job Release-Job Restart-Job Purge-Jobs Set-Job-Attributes \
    Cancel-Job Close-Job Cancel-My-Jobs>
        Require user @OWNER @SYSTEM
        Order deny,allow
      </Limit>
      <Limit All>
        Order deny,allow
      </Limit>
    </Policy>
    """
  }
}
