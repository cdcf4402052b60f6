import Hall

/// The words for refusals about leased numbers (应急号).
extension LeaseRefusal {
  /// Title and detail, in Chinese and English.
  var words: (title: (String, String), detail: (String, String)) {
    switch self {
    case .noLeases:
      (("这个大厅只有一台机器", "This hall has one machine"), ("没有应急号。", "It needs no emergency numbers."))
    case .leasesExhausted(let lane):
      (
        ("\(lane) 队的应急号今天用完了", "Lane \(lane) has no emergency numbers left today"),
        ("已经发出的照常有效。", "Those that were given stay valid.")
      )
    case .notLeased(let number):
      (
        ("\(number) 不是印好的应急小票", "\(number) is on no emergency slip"),
        ("请核对小票上的号码。", "Check the number on the slip.")
      )
    case .givenBefore(let number):
      (("\(number) 已经补录过", "\(number) is entered already"), ("请核对小票上的号码。", "Check the number on the slip."))
    case .noNumbersLeft(let lane):
      (
        ("\(lane) 队的应急号发完了", "Lane \(lane) has no emergency numbers left"),
        ("请找工作人员。", "Ask the staff.")
      )
    }
  }
}
