import Groundwork
package import Hall
package import Ports

extension ControlReply {
  package init(_ status: ExitStatus, _ sentence: String, zh: String? = nil, _ details: [String: ControlValue] = [:]) {
    self.init(status: status.rawValue, sentence, zh: zh, details)
  }

  package init(_ fault: StateFault) { self.init(ExitStatus(fault), fault.description, zh: fault.chinese) }

  /// The result of a verification; names the first bad record.
  package init(_ verification: Verification) {
    let checkpoint = verification.checkpoint
    var details: [String: ControlValue] = [
      "sound": .flag(verification.isSound), "records": .number(verification.records),
      "removed": .number(verification.removed),
      "head": .text(verification.headDigest), "business_days": .number(Int64(verification.segments)),
      "checkpoint": .text(checkpoint.sentence),
      "lost_catalogues": .list(verification.lostCatalogues.map(ControlValue.text)),
    ]
    if let head = verification.head { details[Self.headVerdict] = .text(head.word) }
    if let problem = verification.problem {
      self.init(ExitStatus(problem), problem.description, zh: problem.chinese, details)
    } else if let head = verification.head, !head.isFound {
      self.init(
        .data, "\(verification.records) records fit together, but \(head.sentence)",
        zh: "\(verification.records) 条记录前后连得上，但\(head.chinese)", details)
    } else if case .damaged = checkpoint {
      self.init(
        .data,
        "the records are whole; \(checkpoint.sentence): look at the disk (smartctl -a); a start writes the checkpoint anew",
        zh: "账本记录完整；\(checkpoint.chinese)：检查硬盘（smartctl -a）；重新启动服务会重写检查点", details)
    } else if !checkpoint.isSound {
      self.init(
        .data, "the records are whole, but \(checkpoint.sentence): yichuangctl accept-journal",
        zh: "账本记录完整，但\(checkpoint.chinese)：核对后运行 yichuangctl accept-journal", details)
    } else if let lost = verification.lostCatalogues.first {
      let others = verification.lostCatalogues.count - 1
      self.init(
        .data,
        "the records are whole, but the catalogue \(lost)\(others > 0 ? " and \(others) more" : "") that was published is "
          + "missing or changed: put catalogues/\(lost).json back from a copy (old notices of it cannot be shown)",
        zh: "账本记录完整，但发布过的事项目录 \(lost)\(others > 0 ? "等 \(others + 1) 个版本" : "")缺失或被改动："
          + "从备份里把 catalogues/\(lost).json 放回去（补回前看不到用它打的旧告知单）",
        details)
    } else {
      self.init(
        .done,
        "\(verification.records) records are as they were written\(verification.before); \(checkpoint.sentence)"
          + (verification.head.map { "; " + $0.sentence } ?? ""),
        zh: "\(verification.records) 条记录与写入时一致\(verification.beforeInChinese)；\(checkpoint.chinese)"
          + (verification.head.map { "；" + $0.chinese } ?? ""), details)
    }
  }

  /// The detail that says whether a kept head was found; a daemon that does not know heads does not answer it.
  package static let headVerdict = "head_verdict"
  /// The detail with the journal's head.
  package static let journalHead = "journal_head"

  /// The head of the journal, on a line of its own.
  package init(_ head: JournalHead) {
    self.init(
      .done, head.description,
      [
        Self.journalHead: .text(head.description), "sequence": .number(head.sequence),
        "business_day": head.day.map { .text($0.description) } ?? .null,
      ])
  }

  package static let mistypedHead = ControlReply(
    .usage, "this is no head, or it is mistyped: it looks like 482113-20261123-9K2F-ABCD-EFGH-JKMN-PQRS-TVWX",
    zh: "这不是校验头，或者抄错了：应当像 482113-20261123-9K2F-ABCD-EFGH-JKMN-PQRS-TVWX")

  /// The same answer with a head to keep elsewhere.
  package func with(_ head: JournalHead?) -> ControlReply {
    guard let head else { return self }
    return ControlReply(
      status: status, "\(sentence); its head, to be kept elsewhere: \(head)",
      zh: chinese.map { "\($0)；校验头（请抄到别处保存）：\(head)" },
      details.merging([Self.journalHead: .text(head.description)]) { $1 })
  }

  /// The outcome of a test slip, with its evidence.
  package init(printing outcome: AttemptOutcome, at printer: String) {
    switch outcome {
    case .printed(let evidence):
      self.init(
        .done, "\(printer): \(evidence.words)", zh: "\(printer)：\(evidence.chinese)",
        ["outcome": .text(evidence == .accepted ? "sent" : "printed"), "evidence": .text("E\(evidence.rawValue)")])
    case .notSent(let reason):
      self.init(
        .unavailable, "\(printer): nothing was sent (\(reason))",
        zh: "\(printer)：什么也没有发给打印机（\(reason)）：查看打印机和打印服务", ["outcome": "not_sent", "reason": .text(reason)])
    case .unknown(let reason):
      self.init(
        .unavailable, "\(printer): whether it came out is not known (\(reason)): look at the printer",
        zh: "\(printer)：不知道有没有打出来（\(reason)）：到打印机前看一看",
        ["outcome": "unknown", "reason": .text(reason)])
    }
  }
}

extension Evidence {
  fileprivate var words: String {
    switch self {
    case .accepted: "sent; this printer cannot say whether paper came out (E0)"
    case .ippCompleted: "printed, says the printer's own job state (E1)"
    case .statusAfterCut: "printed, says the status after the cut (E2)"
    case .echo: "printed, says the printer's echo after the last line (E3)"
    }
  }

  fileprivate var chinese: String {
    switch self {
    case .accepted: "已发送；这台打印机不能告知是否出纸（E0）"
    case .ippCompleted: "已打印，依据打印机自己的作业状态（E1）"
    case .statusAfterCut: "已打印，依据切纸后的状态（E2）"
    case .echo: "已打印，依据最后一行之后的回应（E3）"
    }
  }
}

extension Verification {
  /// The words about records that were removed from the journal's beginning.
  fileprivate var before: String { removed == 0 ? "" : ", after \(removed) that have left" }
  fileprivate var beforeInChinese: String { removed == 0 ? "" : "（此前 \(removed) 条已到期移出）" }
}
