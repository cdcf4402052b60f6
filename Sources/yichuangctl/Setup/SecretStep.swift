import Control
import Foundation
import HallSetup
import PrintersCUPS
import Settings

/// Hands the first secrets out, once: on this screen, or on slips of the hall's own printer.
///
/// They exist nowhere else. Secrets that are not confirmed to be on paper are therefore shown, unless the person declines.
struct SecretStep {
  let command: HallSetupCommand
  /// nil where nobody can be asked.
  let dialogue: SetupDialogue?
  let answers: SetupAnswers
  /// By badge, of those who are new.
  let secrets: [String: String]

  /// - Returns: the secrets that are on no slip, for an answer in JSON.
  func handOut(_ settings: HallSettings) async -> [String: String] {
    guard !secrets.isEmpty else { return [:] }
    var left = secrets
    if let slips = SecretSlips(settings, server: command.server.address), wantsSlips(slips) {
      let result = await slips.print(answers.staff, secrets)
      left = secrets.filter { !result.printed.contains($0.key) }
      say(
        "\(result.printed.count) of \(secrets.count) first secrets came out at \(slips.kiosk), one slip each: hand them to their owners",
        zh: "初始口令 \(secrets.count) 张，打出 \(result.printed.count) 张（\(slips.kiosk)），每人一张，当面交给本人")
      for fault in result.faults { say("  ! \(fault.sentence)", zh: "  ！\(fault.words(inChinese: true))") }
      guard !left.isEmpty else { return [:] }
      say(
        "\(left.count) are not known to be on paper; tear up whatever came out of them",
        zh: "另有 \(left.count) 张不能确定打出来没有；打出来的也请撕掉，以屏幕上的为准")
      let isShown = try? dialogue?.yes("Show these here?", zh: "在屏幕上显示这几个吗", default: true)
      guard isShown ?? true else {
        say(
          "not shown: a coordinator gives them a first secret at the window's page (登录情况), or run setup without and with them again",
          zh: "没有显示：由统筹人员在窗口页面（登录情况）另发首次口令；统筹人员自己的，去掉这些人运行一次 setup、再加上运行一次")
        return [:]
      }
    }
    show(left)
    return left
  }

  private func wantsSlips(_ slips: SecretSlips) -> Bool {
    if command.printSecrets { return true }
    let answer = try? dialogue?.yes(
      "\nPrint the first secrets (\(secrets.count)) on slips at \(slips.kiosk), one for each person? They are not shown here then.",
      zh: "\n把 \(secrets.count) 个初始口令在 \(slips.kiosk) 打成小票、每人一张？打了就不在这里显示。", default: false)
    return answer ?? false
  }

  private func show(_ secrets: [String: String]) {
    guard !command.answer.json else { return }
    say(
      "First secrets, shown this once; hand each to its owner, who has to change it at the first sign-in:",
      zh: "初始口令，只显示这一次；当面交给本人，首次登录时须改成自己的：")
    for member in answers.staff {
      guard let secret = secrets[member.badge] else { continue }
      let line = "  \(member.badge)  \(secret)  \(member.name)"
      say(line, zh: line)
    }
  }

  private func say(_ english: String, zh chinese: String) {
    guard !command.answer.json else { return }
    FileHandle.standardOutput.write(Data(((Terminal.isChinese ? chinese : english) + "\n").utf8))
  }
}
