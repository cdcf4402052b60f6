/// Events of one-time notices.
package enum NoticeEvent: Hashable, Sendable {
  case noticeIssued(Notice)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .noticeIssued: "noticeIssued"
    }
  }
}

extension NoticeEvent {
  var subject: EventSubject {
    var subject = EventSubject()
    switch self {
    case .noticeIssued(let e):
      subject.notice = e.code
      subject.kiosk = e.kiosk
    }
    return subject
  }
}
