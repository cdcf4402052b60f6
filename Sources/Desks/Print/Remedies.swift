import Ports
import PrinterProtocols

/// What to do about a printer's fault, for the person in front of it: the model's own words where it has them, else
/// general ones.
struct Remedies: Sendable {
  /// By language: `zh-Hans`, `en`.
  typealias Words = [String: String]

  private let own: [String: Words]

  init(_ model: PrinterModel?) { own = model?.remedies ?? [:] }

  /// By fault; where a model has no words of its own the general ones are used, language by language.
  var all: [FaultCode: Words] {
    var all: [FaultCode: Words] = [:]
    for (code, general) in Self.general {
      let condition = code == .paperEnding ? FaultCode.paperLow : code
      all[code] = general.merging(own[code.rawValue] ?? own[condition.rawValue] ?? [:]) { $1 }
    }
    return all
  }

  private static func say(_ chinese: String, _ english: String) -> Words { ["zh-Hans": chinese, "en": english] }

  private static let general: [FaultCode: Words] = [
    .paperOut: say(
      "打开打印机上盖，取出纸芯，放入新纸卷，纸头拉出约 5 厘米，合上上盖。",
      "Open the printer's cover, take out the core, put in a new roll with 5 cm of paper out, close the cover."),
    .paperLow: say("请备好一卷新纸，有空时换上。", "Have a new roll ready and change it when nobody waits."),
    .paperEnding: say(
      "按用纸量估计快用完：请备好一卷新纸，换好后按“已换纸”。",
      "By the paper used the roll is nearly empty: change it, then press “roll changed”."),
    .coverOpen: say("合上打印机上盖，两边都要扣紧。", "Close the printer's cover until both sides lock."),
    .cutterFault: say(
      "关掉打印机电源，打开上盖，取出卡住的纸，合上盖再开电源。",
      "Switch the printer off, open the cover, take out the jammed paper, close it and switch it on."),
    .offline: say(
      "看打印机电源灯亮不亮；插紧电源线和数据线。", "See whether its power light is on; push in the power and data cables."),
    .printServiceDown: say(
      "取号、叫号照常。请管理员查看打印服务（CUPS）。", "Numbers and calls go on. Ask the administrator to look at CUPS."),
    .printSpoolFull: say(
      "取号、叫号照常，小票暂时印不出，有空间后自动恢复。请管理员清理磁盘（/var/spool/cups）。",
      "Numbers and calls go on; slips wait and go on by themselves when there is space. Ask the administrator to free the disk of /var/spool/cups."
    ),
    .printerFault: say(
      "关掉打印机电源，等 10 秒再开；还不行请找管理员。",
      "Switch the printer off for 10 seconds; if that does not help, ask the administrator."),
  ]
}
