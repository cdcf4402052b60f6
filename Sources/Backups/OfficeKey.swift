import Control
import Glibc

/// The office's pair of keys: archives are encrypted for the public one and opened with the private one.
package enum OfficeKey {
  /// Makes a pair; the private key into a new file of mode 0600.
  ///
  /// - Returns: the public key, for `recipient` of backup.yaml.
  package static func make(at path: String) async throws(BackupFault) -> String {
    guard access(path, F_OK) != 0 else {
      throw BackupFault(.folder, "\(path) exists already: name another file", zh: "\(path) 已经存在：换一个文件名")
    }
    let programs = Programs()
    _ = try await programs.run("/usr/bin/age-keygen", ["--output", path], of: "age", within: 60_000) { reason in
      BackupFault(.disk, "no key was made (\(reason))", zh: "密钥没有生成（\(reason)）：检查文件夹能不能写")
    }
    let recipient = try await programs.run("/usr/bin/age-keygen", ["-y", path], of: "age", within: 60_000) { reason in
      BackupFault(.disk, "the key \(path) cannot be read (\(reason))", zh: "密钥 \(path) 读不出来（\(reason)）")
    }
    return recipient.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
  }
}
