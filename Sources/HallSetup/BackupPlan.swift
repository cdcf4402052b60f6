import CatalogueFiles

extension SetupAnswers.Backup {
  /// The text of `/etc/yichuang/backup.yaml`.
  package var text: String {
    "# 备份 Where backups go, and the public key that they are encrypted for; written by `yichuangctl setup`.\n"
      + YAMLText.table(
        [(key: "recipient", value: .text(recipient)), (key: "target", value: .text(target))], row: 0
      ).written().text
  }
}
