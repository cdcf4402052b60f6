/// What the print desk notes, and what people ask of a slip.
package enum PrintCommand: Sendable, Hashable {
  /// Written down before the printing system hears of the attempt.
  case start(SlipID, attempt: Int)
  /// The printing system knows the attempt under this name; no byte of the slip was sent yet.
  case prepared(SlipID, attempt: Int, jobUUID: String)
  /// `millimetres`: the paper that it used if its bytes went out; 0 where that is not known.
  case end(SlipID, attempt: Int, AttemptOutcome, millimetres: Int = 0)
  /// Nobody waits for it any more.
  case expire(SlipID)
  /// Another copy, marked 补打, at a kiosk (nil: where it was first asked for).
  case reprint(PublicCode, kiosk: String?)
  /// 已记住: the resident goes on without paper, or says that it came out.
  case acknowledge(PublicCode)
  /// 换纸 at this kiosk: its paper is counted from here.
  case changeRoll(kiosk: String)
}
