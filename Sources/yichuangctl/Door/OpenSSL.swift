import Control
import Foundation
import Subprocesses

/// Why something about certificates could not be done, for the person at the terminal.
struct TLSFault: Error {
  let reply: ControlReply

  init(reply: ControlReply) { self.reply = reply }

  init(_ status: ExitStatus, _ sentence: String, zh: String) { reply = ControlReply(status, sentence, zh: zh) }
}

/// Debian's `openssl` program, which makes keys and certificates.
struct OpenSSL {
  private static let program = "/usr/bin/openssl"
  private static let patienceMilliseconds: Int64 = 30_000
  private let programs = SubprocessRunner()

  /// - Throws: with the program's last line when it fails.
  @discardableResult
  func run(_ words: [String]) async throws(TLSFault) -> [UInt8] {
    let result = await programs.output(
      of: Self.program, words, reading: .both, limit: 256 << 10, within: Self.patienceMilliseconds)
    switch result {
    case .success(let output): return output
    case .failure(.notStarted):
      throw TLSFault(.installation, "openssl cannot be started: install openssl", zh: "openssl 没有装：安装 openssl")
    case .failure(.exited(let code, let output)):
      let last = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
      throw TLSFault(
        .unavailable, "openssl \(words.first ?? "") ended with status \(code): \(last)",
        zh: "openssl \(words.first ?? "") 没有成功（\(code)）：\(last)")
    case .failure(let fault):
      throw TLSFault(.unavailable, "openssl did not end well: \(fault)", zh: "openssl 没有正常结束：\(fault)")
    }
  }

  /// A new key on the curve P-256, readable by its owner only.
  func makeKey(_ path: String) async throws(TLSFault) {
    try await run(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path])
    chmod(path, 0o600)
  }
}

/// Files that root writes: by a temporary name, synced, renamed, with the mode that they keep.
enum TLSFile {
  /// - Parameter group: its name; the file's group is left alone where there is none of that name.
  static func write(_ bytes: [UInt8], _ path: String, mode: mode_t, group: String? = nil) throws(TLSFault) {
    let fresh = path + ".new"
    unlink(fresh)
    let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw refusal(path) }
    if let group, let entry = getgrnam(group) { fchown(file, uid_t.max, entry.pointee.gr_gid) }
    let isWritten =
      bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) } == bytes.count
      && fchmod(file, mode) == 0 && fsync(file) == 0
    let code = errno
    close(file)
    guard isWritten, rename(fresh, path) == 0 else {
      unlink(fresh)
      errno = isWritten ? errno : code
      throw refusal(path)
    }
    syncFolder(of: path)
  }

  /// Makes a file that a program wrote durable under its last name.
  static func adopt(_ written: String, as path: String, mode: mode_t) throws(TLSFault) {
    let file = open(written, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw refusal(path) }
    let isDurable = fchmod(file, mode) == 0 && fsync(file) == 0
    close(file)
    guard isDurable, rename(written, path) == 0 else { throw refusal(path) }
    syncFolder(of: path)
  }

  static func makeFolder(_ path: String, mode: mode_t) throws(TLSFault) {
    if mkdir(path, mode) == 0 { return }
    guard errno == EEXIST else { throw refusal(path) }
  }

  private static func syncFolder(of path: String) {
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private static func refusal(_ path: String) -> TLSFault {
    let why = String(cString: strerror(errno))
    return TLSFault(.folder, "\(path) cannot be written: \(why); run it as root", zh: "\(path) 写不了（\(why)）：用 sudo 运行")
  }
}
