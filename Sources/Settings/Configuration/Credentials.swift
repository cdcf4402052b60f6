import Glibc
import YAMLDocuments

/// Secrets of the configuration that are kept outside of it, as systemd hands them to the daemon.
///
/// `token: credential:board` names a file of `$CREDENTIALS_DIRECTORY` (systemd.exec(5), LoadCredential). Outside of the
/// unit, as in `yichuangd --check`, the file is read that the drop-in of docs/OPERATING.md loads.
enum Credentials {
  static let prefix = "credential:"
  private static let source = "/etc/yichuang/credentials"

  static func path(_ name: String) -> String {
    (getenv("CREDENTIALS_DIRECTORY").map { String(cString: $0) } ?? source) + "/" + name
  }
}

extension YAMLTable {
  /// A secret, or the content of the credential that it names.
  ///
  /// - Parameter owner: the first word of the secret's line, in a credential that holds a line for each of several owners.
  func secret(_ key: String, required: Bool = true, atMost length: Int = 200, of owner: String? = nil) -> String? {
    guard let text = text(key, required: required, atMost: length) else { return nil }
    guard text.hasPrefix(Credentials.prefix) else { return text }
    let name = String(text.dropFirst(Credentials.prefix.count))
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
      log.fault(
        location(of: key), "the credential “\(name)”", "write its name without a folder, such as board",
        zh: "凭据名“\(name)”不对：只写名字，不带文件夹，如 board")
      return nil
    }
    guard let content = BoundedFile.text(Credentials.path(name), log) else { return nil }
    let lines = content.split(whereSeparator: \.isNewline).map { $0.split(separator: " ") }.filter { !$0.isEmpty }
    let found = owner.map { owner in lines.first { $0.count == 2 && $0[0] == owner }?[1] } ?? lines.first?.first
    guard let found, found.utf8.count <= length else {
      // The value is not in the message, because it is secret.
      log.fault(
        location(of: key), "the credential \(name) holds nothing for it",
        owner.map { "write a line `\($0) SECRET` there" } ?? "write the secret there, on one line",
        zh: "凭据 \(name) 里没有对应的内容：" + (owner.map { "在里面写一行“\($0) 口令摘要”" } ?? "在里面写一行口令"))
      return nil
    }
    return String(found)
  }
}
