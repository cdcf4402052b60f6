/// Commands about one-time notices.
package enum NoticeCommand: Hashable, Sendable {
  case issueNotice(IssueNotice)
}

/// Issues Form A for one item.
package struct IssueNotice: Sendable, Hashable {
  package let item: String
  package let situations: [String]
  package let ticket: PublicCode?
  package let kiosk: String?
  /// 大字, as in `TakeTicket.largeType`.
  package let largeType: Bool
  /// The resident's marks on the list for these situations.
  package let marks: NoticeMarks

  package init(
    item: String, situations: [String] = [], ticket: PublicCode? = nil, kiosk: String? = nil, largeType: Bool = false,
    marks: NoticeMarks = NoticeMarks()
  ) {
    self.item = item
    self.situations = situations
    self.ticket = ticket
    self.kiosk = kiosk
    self.largeType = largeType
    self.marks = marks
  }
}
