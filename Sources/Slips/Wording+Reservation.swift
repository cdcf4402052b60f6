import Groundwork
import Hall

extension Wording {
  static let reservationTitle = "预约单"
  static let reservedInCode = "预约"
  static let reservationItems = "要办的事和要带的"

  static func reserved(_ time: CivilTime, isLate: Bool) -> String {
    isLate ? "预约 \(time)，来晚了，按普通号排队" : "约　预约 \(time)"
  }

  /// `12月1日　星期二`.
  static func day(_ date: CivilDate) -> String {
    let (_, month, day) = date.parts
    let names = ["一", "二", "三", "四", "五", "六", "日"]
    return "\(month)月\(day)日　星期\(names[date.weekday.rawValue - 1])"
  }

  static func slot(to time: CivilTime, lane: String) -> String { "到 \(time)　\(lane)" }

  /// When to come, and what happens then.
  static func comeAt(from: CivilTime, until: CivilTime) -> String {
    "请在 \(from)–\(until) 到大厅，在取号机扫下面的码：马上变成排队号，不用再取号。"
  }
  static func comeLater(_ time: CivilTime) -> String { "\(time) 以后才到，照样扫码，按普通号排队。" }
  static func cannotCome(_ phone: String) -> String {
    phone.isEmpty ? "不来了，请在取号机扫码取消，把时间让给别人。" : "不来了，请打 \(phone) 或在取号机扫码取消，把时间让给别人。"
  }
  /// The code in three groups, to be read out or typed.
  static func reservationCode(_ code: PublicCode) -> String {
    let text = code.description
    return "预约码 \(text.prefix(4))-\(text.dropFirst(4).prefix(4))-\(text.suffix(4))"
  }
  static let reservationPrivacy = "本单不含您的姓名、电话和证件号码。"
}

extension Wording.English {
  static let reservationTitle = "Reservation"
  static let items = "What to bring（要带的）"
  private static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  static func day(_ date: CivilDate) -> String { "\(days[date.weekday.rawValue - 1]), \(date)" }
  static func slot(to time: CivilTime, lane: String) -> String { "until \(time)　\(lane)" }
  static func comeAt(from: CivilTime, until: CivilTime) -> String {
    "Come between \(from) and \(until) and scan this code at the kiosk: it becomes your number at once."
  }
  static func comeLater(_ time: CivilTime) -> String { "After \(time) the code still gives a number, like any other." }
  static func cannotCome(_ phone: String) -> String {
    phone.isEmpty
      ? "Cannot come? Scan the code at the kiosk and cancel."
      : "Cannot come? Call \(phone), or scan the code at the kiosk."
  }
}
