import ArgumentParser
import Control
import Foundation
import Hall
import HallSetup
import Ports
import Seal
import Settings
import SlipRender
import Slips
import YAMLDocuments

/// The codes on the staff's badges.
struct BadgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "badge", abstract: "Prints badges with their codes, and replaces one that was lost.",
    discussion: """
      A code is made of the badge's number, its issue and the hall's key: nobody can guess it from the number. Agents (代办员) take \
      numbers at a kiosk with it; at a window it fills in the badge, and the secret is asked as always.
      """,
    subcommands: [Print.self, Reissue.self])

  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "print", abstract: "Cards of 54 × 86 mm, nine on a page of A4.")
    @Argument(help: "Badges; all of the staff when none is named.")
    var badges: [String] = []
    @Option(help: "The PDF that is written.")
    var pdf: String
    @Option(help: "The hall's configuration.")
    var config = ConfigurationOptions.usual
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      let settings: HallSettings
      do throws(TLSFault) { settings = try ConfigurationOptions.settings(config) } catch {
        return try answer.give(error.reply)
      }
      let known = settings.staff.map(\.badge)
      if let unknown = badges.first(where: { !known.contains($0) }) {
        return try answer.give(BadgeCommand.noBadge(unknown, config))
      }
      let own: HallSeal?
      do throws(StateFault) { own = try ClosedHall.hallSeal(state.folder, nil, isNeeded: true) } catch {
        return try answer.give(ControlReply(error))
      }
      guard let seal = own else { return try answer.give(BadgeCommand.noKey(state.folder)) }
      let hall = settings.rules.identity.name
      let cards = settings.staff.filter { badges.isEmpty || badges.contains($0.badge) }.map { member in
        Badge(
          hall: hall, name: member.name, role: StaffRole(rawValue: member.role.rawValue) ?? .clerk,
          code: seal.badgeCode(member.badge, issue: member.badgeIssue))
      }
      let bytes: [UInt8]
      do throws(SlipRenderFault) { bytes = try await SlipRenderer().badges(cards) } catch {
        return try answer.give(
          ControlReply(
            .installation, "the badges cannot be drawn (\(error)): install fonts-noto-cjk",
            zh: "工作证画不出来（\(error)）：装上字体 fonts-noto-cjk"))
      }
      // A code opens what its owner may do, so nobody else reads the file.
      guard FileManager.default.createFile(atPath: pdf, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
      else {
        return try answer.give(
          ControlReply(
            .folder, "\(pdf) cannot be written: name a file in a folder that you may write",
            zh: "\(pdf) 写不了：换一个可写的文件夹"))
      }
      try answer.give(
        ControlReply(
          "\(pdf): \(cards.count) badges; remove the file when they are printed",
          zh: "\(pdf)：\(cards.count) 张工作证；打印后请删掉这个文件", ["badges": .number(Int64(cards.count))]))
    }
  }

  struct Reissue: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reissue", abstract: "Revokes the badge's present code, because it was lost or copied.",
      discussion:
        "Raises `badge_issue` in the configuration and lets the running hall read it. Then print the new badge.")
    @Argument(help: "The badge's number.")
    var badge: String
    @Option(help: "The hall's configuration.")
    var config = ConfigurationOptions.usual
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws { try answer.give(reissue()) }

    private func reissue() -> ControlReply {
      let path = absolutePath(config)
      do throws(TLSFault) { _ = try ConfigurationOptions.settings(path) } catch { return error.reply }
      let log = FaultLog()
      guard let text = BoundedFile.text(path, log) else { return Reference.faults(log.faults, path) }
      switch BadgeReissue.raise(badge, in: text, file: path) {
      case .noSuchBadge: return BadgeCommand.noBadge(badge, config)
      case .usedUp:
        return ControlReply(
          .refused, "\(badge) was issued \(BadgeCode.issues.upperBound) times: give its owner another number",
          zh: "\(badge) 已经补发过 \(BadgeCode.issues.upperBound) 次：换一个工号")
      case .unclear:
        return ControlReply(
          .refused,
          "\(config) is written in a way that is not changed by program: raise badge_issue of \(badge) by hand",
          zh: "\(config) 的写法程序不便改：请手工把 \(badge) 的 badge_issue 加一")
      case .raised(let changed, let issue): return replace(path, changed, issue)
      }
    }

    private func replace(_ path: String, _ text: String, _ issue: Int) -> ControlReply {
      do throws(FileReplacement.Fault) {
        try FileReplacement(text, at: path).commit()
      } catch {
        return ControlReply(.folder, error.english, zh: error.chinese)
      }
      let values: [String: ControlValue] = ["badge": .text(badge), "issue": .number(Int64(issue))]
      guard let reply = state.ask(ControlRequest(.reload)) else {
        return ControlReply(
          "\(badge) has issue \(issue) at the next start of the hall; its older codes are revoked then. Now print it: yichuangctl badge print \(badge) --pdf FILE",
          zh: "\(badge) 是第 \(issue) 次发证，大厅下次启动时旧证作废。现在打印：yichuangctl badge print \(badge) --pdf 文件",
          values)
      }
      guard reply.status == 0 else { return reply }
      return ControlReply(
        "\(badge) has issue \(issue); its older codes are revoked. Now print it: yichuangctl badge print \(badge) --pdf FILE",
        zh: "\(badge) 是第 \(issue) 次发证，旧证已经作废。现在打印：yichuangctl badge print \(badge) --pdf 文件", values)
    }
  }

  static func noBadge(_ badge: String, _ config: String) -> ControlReply {
    ControlReply(
      .refused, "nobody in \(config) has the badge \(badge): look at its section staff",
      zh: "\(config) 里没有工号 \(badge)：看 staff 一节")
  }

  static func noKey(_ folder: String) -> ControlReply {
    ControlReply(
      .folder, "\(folder) has no hall.key: start the hall once, or name the folder with --state",
      zh: "\(folder) 里没有 hall.key：先启动一次大厅，或用 --state 指明文件夹")
  }
}
