import ArgumentParser
import Control
import Groundwork
import Hall
import Ports
import Seal

struct TrainingReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training-report",
    abstract: "What was practised in trainings (演练), by session and badge; it may be asked while one goes on.")
  @Argument(help: "A badge; everybody when left out.")
  var badge: String?
  @Option(help: "The training's state folder (default: the hall's, with -training behind its name).")
  var folder: String?
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() async throws {
    let path = folder.map(absolutePath) ?? state.folder + "-training"
    let log: TrainingLog
    do throws(StateFault) {
      log = try await Journals.storage.follow(
        path + "/journal.sqlite", of: .training, sealing: ClosedHall.seal, into: TrainingLog()
      ) { $0.take($1) }()
    } catch {
      guard case .noJournal = error else { return try answer.give(ControlReply(error)) }
      return try answer.give(
        ControlReply(
          .refused, "nobody has trained in \(path) yet: yichuangd --training begins",
          zh: "\(path) 里还没有演练过：用 yichuangd --training 开始", ["sessions": .list([])]))
    }
    let lines = log.sessions.map { TrainingLines($0, only: badge) }
    try answer.give(
      ControlReply(
        lines.map(\.english).joined(separator: "\n"), zh: lines.map(\.chinese).joined(separator: "\n"),
        ["sessions": .list(lines.map { .object($0.details) })]))
  }
}

/// One session of a training in words.
private struct TrainingLines {
  let english: String
  let chinese: String
  let details: [String: ControlValue]

  init(_ session: TrainingLog.Session, only: String?) {
    let zone = ZoneOffset.beijing
    func clock(_ moment: Timestamp) -> String { zone.civil(moment).time.description }
    let people = session.people.filter { only ?? $0.key == $0.key }.sorted { $0.key < $1.key }
    let begun = clock(session.begunAt)
    let ended = session.endedAt.map(clock)
    func lines(_ words: (TrainingLog.Deed) -> String, _ colon: String, _ comma: String) -> [String] {
      people.map { badge, deeds in
        let done = TrainingLog.Deed.allCases.compactMap { deed in deeds[deed].map { "\(words(deed)) \($0)" } }
        return "  \(badge)\(colon)\(done.joined(separator: comma))"
      }
    }
    english =
      (["training of \(session.day), \(begun) to \(ended ?? "…"): \(session.issued) numbers"]
      + lines(\.english, ": ", ", ")).joined(separator: "\n")
    chinese =
      (["\(session.day) 演练 \(begun) 至 \(ended ?? "……")：取号 \(session.issued) 个"] + lines(\.chinese, "：", "，"))
      .joined(separator: "\n")
    details = [
      "day": .text(session.day.description), "begun_at": .text(zone.rfc3339(session.begunAt)),
      "ended_at": session.endedAt.map { .text(zone.rfc3339($0)) } ?? .null, "issued": .number(Int64(session.issued)),
      "people": .object(
        Dictionary(
          uniqueKeysWithValues: people.map { badge, deeds in
            (
              badge,
              .object(Dictionary(uniqueKeysWithValues: deeds.map { ($0.key.rawValue, .number(Int64($0.value))) }))
            )
          })),
    ]
  }
}

extension TrainingLog.Deed {
  var english: String {
    switch self {
    case .taken: "numbers taken for others"
    case .priority: "priority"
    case .checkedIn: "checked in"
    case .called: "called"
    case .recalled: "called again"
    case .served: "arrived"
    case .missed: "missed"
    case .suspended: "suspended"
    case .resumed: "resumed"
    case .transferred: "transferred"
    case .finished: "finished"
    case .abandoned: "given up"
    case .undone: "undone"
    case .notices: "notices"
    case .paused: "pauses"
    }
  }

  /// The same in Chinese, by the words of the windows' keys.
  var chinese: String {
    switch self {
    case .taken: "代取号"
    case .priority: "优先"
    case .checkedIn: "报到"
    case .called: "叫号"
    case .recalled: "重呼"
    case .served: "到达"
    case .missed: "过号"
    case .suspended: "挂起"
    case .resumed: "回呼"
    case .transferred: "转号"
    case .finished: "完成"
    case .abandoned: "弃号"
    case .undone: "撤回"
    case .notices: "告知单"
    case .paused: "暂停"
    }
  }
}
