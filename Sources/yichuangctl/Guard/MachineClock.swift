import Desks
import Foundation
import Groundwork

/// Whether this machine's clock can be right, and which program synchronises it.
struct MachineClock {
  var now = Date()
  let isSynchronised: Bool
  var start = StartClock.read()

  var finding: Finding {
    if Int(now.timeIntervalSince1970) / 86_400 < ProductVersion.date.daysSinceEpoch {
      return Finding(
        "clock", .fault,
        "the clock shows a date before this program was made (\(ProductVersion.date)): set it "
          + "(timedatectl set-time 'YYYY-MM-DD HH:MM:SS'), and replace the board's battery",
        zh: "时钟早于本程序的制作日期（\(ProductVersion.date)）：校时（timedatectl set-time '年-月-日 时:分:秒'），并换主板电池")
    }
    switch (isSynchronised, start?.hardware) {
    case (true, .wrong?):
      return Finding(
        "clock", .fault,
        "the network keeps the clock, but at the last start the hardware clock was wrong: replace the board's battery, or a start "
          + "without network opens no day by itself",
        zh: "网络在对时，但上次开机时主板时钟不对：请换主板电池，否则断网开机时不会自动开营业日")
    case (true, .none?):
      return Finding(
        "clock", .note,
        "the network keeps the clock; this machine has no hardware clock, so a start without network asks a coordinator",
        zh: "网络在对时；本机没有主板时钟，断网开机时要由统筹人员核对时间")
    case (true, _):
      return Finding("clock", .well, "the network keeps the clock", zh: "网络在对时")
    case (false, .wrong?), (false, .none?):
      return Finding(
        "clock", .fault,
        "nobody keeps the clock, and at the last start the machine had no working hardware clock: compare date and time with a phone, set "
          + "them (timedatectl set-time), and replace the battery or configure a time server of the office",
        zh: "没有对时，上次开机时主板时钟也不对或没有：拿手机核对日期时间并校准（timedatectl set-time），换电池，或配置单位的对时服务器")
    case (false, .right?):
      return Finding(
        "clock", .note,
        "nobody keeps the clock (no time server is reached); the hardware clock was right at the last start. Compare it with a phone once a month",
        zh: "没有对时（连不上对时服务器）；上次开机时主板时钟是对的。每月拿手机核对一次")
    case (false, nil):
      return Finding(
        "clock", .note,
        "nobody keeps the clock, and what the hardware clock showed at the start is not known (systemctl status yichuang-time)",
        zh: "没有对时，开机时主板时钟对不对也不知道（systemctl status yichuang-time）")
    }
  }
}
