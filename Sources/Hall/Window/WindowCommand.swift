/// A clerk's verbs at a window.
package enum WindowCommand: Sendable, Hashable {
  case open
  case pause(PauseReason)
  case close
  /// 叫号: the next ticket, or this one.
  case call(PublicCode?)
  /// 点名: this ticket, although others in its lane came earlier; 1...60 characters.
  case callPassingOver(PublicCode, reason: String)
  /// 重呼.
  case recall
  /// 到达: the resident is at the window.
  case serve
  /// 完成.
  case finish
  /// 完成并叫下一位.
  case finishAndCall
  /// 过号.
  case miss
  /// 挂起.
  case suspend
  /// 回呼.
  case resume(PublicCode)
  /// 弃号.
  case abandon
  /// Undoes the last finish, miss, abandon or transfer.
  case undo
  /// 转号.
  case transfer(TransferTicket)
  /// 实际办理: what is really done for the ticket at the window.
  case noteItems([String])
  /// 无号办理: somebody without a number is served at an idle window.
  case serveUnnumbered
  case finishUnnumbered
}
