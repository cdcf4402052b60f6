import Hall

/// The words for refusals of questions without a ticket.
extension ConsultRefusal {
  /// Title and detail, in Chinese and English.
  var words: (title: (String, String), detail: (String, String)) {
    switch self {
    case .unknownTask:
      (("没有这件待办", "There is no such task"), ("可能已经办完，请刷新。", "It may be closed: look again."))
    case .badConsultText:
      (
        ("请写明是什么事、转给谁", "Say what it is about, and to whom it goes"),
        (
          "事项或内容至少写一个；转交要写给谁。不写姓名、电话和证件号。",
          "An item or a topic is needed, and somebody to pass it to. No names, phones or card numbers."
        )
      )
    case .badTaskDate:
      (("办完日期不对", "The day is wrong"), ("今天到 60 天之内。", "From today to sixty days ahead."))
    case .notYourTask:
      (("这件待办由别人负责", "Somebody else answers for this"), ("请本人或统筹人员办结。", "They close it, or a coordinator."))
    case .tooManyTasks(let limit):
      (
        ("没办完的待办太多", "Too many tasks are open"),
        ("先办结一些（最多 \(limit) 件）。", "Close some first (\(limit) at most).")
      )
    }
  }
}
