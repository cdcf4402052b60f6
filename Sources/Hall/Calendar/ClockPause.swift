package import Groundwork

/// A stage for which a time limit does not run (特别程序): 公示, 评议, 听证 …
///
/// The day on which the stage begins still counts, and the day after its end counts again, as 民法典 第二百零一条 has it for
/// periods. One that begins and ends on the same day leaves nothing out.
package struct ClockPause: Hashable, Sendable {
  package let stage: String
  package let from: CivilDate
  /// Nil while it lasts.
  package let to: CivilDate?

  package init(stage: String, from: CivilDate, to: CivilDate?) {
    self.stage = stage
    self.from = from
    self.to = to
  }

  /// Whether a day is not counted because of it.
  func leavesOut(_ date: CivilDate) -> Bool { date > from && (to.map { date <= $0 } ?? true) }
}

extension [ClockPause] {
  /// Whether a day is not counted; pauses may overlap.
  func leaveOut(_ date: CivilDate) -> Bool { contains { $0.leavesOut(date) } }
}

/// Names of stages that a time limit leaves out.
package enum ExcludedStage {
  /// What a licence's time limit leaves out in every case.
  ///
  /// Source: 行政许可法 第四十五条.
  package static let ofLicence = ["听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审"]

  /// Whether two names mean one stage: 公示7日 and 公示期 are 公示.
  package static func same(_ one: String, _ other: String) -> Bool { bare(one) == bare(other) }

  private static func bare(_ stage: String) -> String {
    var bare = stage.filter { $0.isLetter && !$0.isNumber }
    for end in ["个工作日", "工作日", "时间", "期间", "日", "天", "期"] where bare.hasSuffix(end) && bare.count > end.count {
      bare.removeLast(end.count)
    }
    return bare
  }
}

extension TimeLimit {
  /// Whether this limit does not run during a stage.
  package func excludes(_ stage: String, ofLicence: Bool) -> Bool {
    (excludes + (ofLicence ? ExcludedStage.ofLicence : [])).contains { ExcludedStage.same($0, stage) }
  }
}
