/// What happened to one-time notices.
package enum NoticeEvent: Hashable, Sendable {
  case noticeIssued(Notice)

  /// As journal and feed carry it.
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
