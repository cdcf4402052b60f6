import Backups
import Testing
import YAMLDocuments

/// Goal: every fault of backup.yaml is told with its line. Method: texts.
@Suite("backup.yaml")
struct BackupSettingsTests {
  let recipient = "age1" + String(repeating: "q", count: 58)

  @Test("targets of each kind, and a rule that is left out")
  func whole() throws {
    let loaded = BackupSettings.parse(
      """
      recipient: \(recipient)
      targets:
        - folder: /srv/backup/
        - stick: HALL BACKUP
        - sftp: hall@10.1.2.3:/backup/anju
          port: 2222
      """, file: "backup.yaml")
    let settings = try #require(loaded.value, "\(loaded.faults)")
    #expect(
      settings.targets == [
        .folder("/srv/backup"), .stick(label: "HALL BACKUP"),
        .sftp(account: "hall@10.1.2.3", path: "/backup/anju", port: 2222),
      ])
    #expect(settings.keep == KeepRule(daily: 14, weekly: 8, monthly: 12))
    #expect(settings.targets.map(\.description).last == "sftp hall@10.1.2.3:/backup/anju")
  }

  @Test(
    "each fault has its line",
    arguments: [
      ("recipient: AGE-SECRET-KEY-1ABC\ntargets: [{folder: /a}]", 1, "the private key"),
      ("recipient: age1CHANGE-ME\ntargets: [{folder: /a}]", 1, "no recipient of age"),
      ("targets: [{folder: /a}]", 0, "`recipient` is missing"),
      ("recipient: OK\ntargets: []", 2, "no target is named"),
      ("recipient: OK\ntargets:\n  - folder: backup", 3, "the folder"),
      ("recipient: OK\ntargets:\n  - folder: /a\n    stick: B", 3, "a target is one of"),
      ("recipient: OK\ntargets:\n  - stick: -o", 3, "the label"),
      ("recipient: OK\ntargets:\n  - sftp: 'hall@host:/a b'", 3, "no place of SFTP"),
      ("recipient: OK\ntargets:\n  - sftp: '-oProxyCommand=x@host:/a'", 3, "no place of SFTP"),
      ("recipient: OK\ntargets:\n  - folder: /a\nkeep: {daily: 0}", 4, "`daily`"),
      ("recipient: OK\ntargets:\n  - folder: /a\nkeeps: {daily: 1}", 4, "keeps"),
    ])
  func faults(text: String, line: Int, words: String) {
    let loaded = BackupSettings.parse(text.replacing("OK", with: recipient), file: "backup.yaml")
    #expect(loaded.value == nil)
    #expect(
      loaded.faults.contains {
        ($0.line == line || line == 0) && $0.description.contains(words) && !$0.chinese.isEmpty
      },
      "\(loaded.faults)")
  }
}
