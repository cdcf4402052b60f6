import Groundwork
import Hall

/// The words for refusals of reservations.
extension ReservationRefusal {
  /// Title and detail, in Chinese and English.
  func words(_ zone: ZoneOffset) -> (title: (String, String), detail: (String, String)) {
    func moment(_ moment: Timestamp) -> String {
      let (date, time) = zone.civil(moment)
      return "\(date) \(time)"
    }
    switch self {
    case .reservationsOff:
      return (
        ("本厅不接受预约", "This hall takes no reservations"),
        ("请当天来取号。", "Come and take a number on the day.")
      )
    case .unknownReservation:
      return (
        ("没有这个预约", "There is no such reservation"),
        ("请核对预约单上的码；别的大厅的预约单在本厅不能用。", "Check the code on the slip; a slip of another hall is not valid here.")
      )
    case .unknownSlot:
      return (
        ("没有这个时段", "There is no such slot"),
        ("请从列出的时段里选一个开始时间。", "Choose the start of one of the slots that are listed.")
      )
    case .dateNotOffered(let last):
      return (
        ("这一天不能预约", "This date cannot be reserved"),
        last.map { ("可以约到 \($0)，大厅不开门的日子除外。", "Dates up to \($0) can be reserved, when the hall is open.") }
          ?? ("近期没有可以预约的日子，请打咨询电话。", "No date can be reserved at present: call the hall.")
      )
    case .slotTooNear(let hours):
      return (
        ("这个时段来不及约了", "It is too late for this slot"),
        hours == 0
          ? ("时段已经开始，请选后面的时段，或者直接取号。", "It has begun: choose a later one, or take a number.")
          : ("要提前 \(hours) 小时预约，请选后面的时段。", "Reserve \(hours) hours ahead: choose a later one.")
      )
    case .slotFull(let next):
      return (
        ("这个时段约满了", "This slot is full"),
        next.map { ("同一天 \(zone.civil($0).time) 还有空。", "There is room at \(zone.civil($0).time) on the same day.") }
          ?? ("请选别的日子。", "Choose another day.")
      )
    case .alreadyReserved(let from):
      return (
        ("这一天已经约过了", "There is a reservation for that day already"),
        ("已约 \(moment(from))；一人一天一次，要改请先取消。", "It is for \(moment(from)). One a day: cancel it first to change it.")
      )
    case .phoneClosed(let until):
      return (
        ("这个电话暂时不能预约", "This phone cannot reserve for a while"),
        (
          "90 天内约了三次没有来，\(until) 起可以再约；随时可以来取号。",
          "Nobody came three times in 90 days. It may reserve again from \(until); taking a number is always possible."
        )
      )
    case .tooManyReservations(let limit):
      return (
        ("预约已满", "No more reservations can be kept"),
        ("全厅最多保留 \(limit) 个预约，请过几天再约。", "The hall keeps \(limit) at the most: try again in some days.")
      )
    case .tooEarly(let from):
      return (
        ("还没到预约的时间", "It is too early"),
        (
          "预约的是 \(moment(from))，提前 15 分钟内再扫；现在办，请按普通号取号。",
          "It is reserved for \(moment(from)): scan it within 15 minutes before. To be served now, take an ordinary number."
        )
      )
    case .reservationOver(let from):
      return (
        ("预约的时间已过", "The reserved time is over"),
        ("预约的是 \(moment(from))，请重新取号。", "It was for \(moment(from)): take a number.")
      )
    case .reservationCancelled:
      return (
        ("这个预约已取消", "The reservation was cancelled"), ("请重新取号或者重新预约。", "Take a number, or reserve again.")
      )
    case .reservationIs(let word):
      return (
        (word == "arrived" ? "已经报到取号了" : "这个预约已经结束", "The reservation is \(word)"),
        ("没有可以取消的。", "There is nothing to cancel.")
      )
    }
  }
}
