package import Backups
package import Control

/// Why an update did not begin or did not succeed: one sentence that says what to do, in both languages.
package struct UpdateFault: Error, Hashable, Sendable {
  package let status: ExitStatus
  package let english: String
  package let chinese: String

  package init(_ status: ExitStatus, _ english: String, zh chinese: String) {
    self.status = status
    self.english = english
    self.chinese = chinese
  }

  package init(_ fault: BackupFault) {
    self.init(fault.status, fault.english, zh: fault.chinese)
  }

  /// The answer of a command that did not do what it should.
  package init(_ reply: ControlReply) {
    self.init(
      ExitStatus(rawValue: reply.status) ?? .bug, reply.words(inChinese: false), zh: reply.words(inChinese: true))
  }

  package var reply: ControlReply { ControlReply(status, english, zh: chinese) }
}
