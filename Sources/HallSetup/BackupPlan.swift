import Backups
import CatalogueFiles
import YAMLDocuments

extension SetupAnswers.Backup {
  /// The text of `/etc/yichuang/backup.yaml`; `BackupSettings` says what is wrong with it.
  package var text: String {
    "# 备份 Where backups go, and the public key that they are encrypted for; written by `yichuangctl setup`.\n"
      + YAMLText.table(
        [
          (key: "recipient", value: .text(recipient)),
          (key: "targets", value: .list([.table(entry.map { (key: $0.key, value: $0.value) }, row: 0)])),
        ], row: 0
      ).written().text
  }

  /// Whether an existing backup file has the same recipient and at least these targets.
  package func isIn(_ text: String) -> Bool {
    guard let there = BackupSettings.parse(text, file: "").value,
      let own = BackupSettings.parse(self.text, file: "").value
    else { return false }
    return there.recipient == own.recipient && Set(own.targets).isSubset(of: there.targets)
  }

  /// The target as the backup file has it: `/srv/backup`, `stick:LABEL`, `sftp://USER@HOST/FOLDER` and with a port behind the host.
  private var entry: [(key: String, value: YAMLText)] {
    if let label = target.after("stick:") { return [(key: "stick", value: .text(label))] }
    guard let address = target.after("sftp://") else { return [(key: "folder", value: .text(target))] }
    let slash = address.firstIndex(of: "/") ?? address.endIndex
    let (account, folder) = (address[..<slash], address[slash...])
    let parts = account.split(separator: ":", maxSplits: 1)
    let port = parts.count == 2 ? Int(parts[1]) : nil
    let remote = "\(port == nil ? account : parts[0]):\(folder)"
    return [(key: "sftp", value: .text(remote))] + (port.map { [(key: "port", value: .plain("\($0)"))] } ?? [])
  }
}

extension String {
  fileprivate func after(_ prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
