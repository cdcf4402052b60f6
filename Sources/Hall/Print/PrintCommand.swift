/// Commands of the print desk, and people's commands about a slip.
package enum PrintCommand: Sendable, Hashable {
  /// Recorded before the attempt is submitted to the printing system.
  case start(SlipID, attempt: Int)
  /// The printing system has registered the attempt under this name; no byte of the slip was sent yet.
  case prepared(SlipID, attempt: Int, jobUUID: String)
  /// `millimetres`: the paper that was used if its bytes were sent; 0 where that is not known.
  case end(SlipID, attempt: Int, AttemptOutcome, millimetres: Int = 0)
  /// The slip has expired and is not printed any more.
  case expire(SlipID)
  /// Another copy, marked 补打, at a kiosk (nil: where it was first requested).
  case reprint(PublicCode, kiosk: String?)
  /// 已记住: the resident goes on without paper, or confirms that it came out.
  case acknowledge(PublicCode)
  /// 换纸 at this kiosk: its paper is counted from here.
  case changeRoll(kiosk: String)
}
