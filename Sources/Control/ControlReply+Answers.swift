package import Hall
package import JournalSQLite

extension ControlReply {
  package init(_ status: ExitStatus, _ sentence: String, _ details: [String: ControlValue] = [:]) {
    self.init(status: status.rawValue, sentence, details)
  }

  package init(_ fault: StateFault) { self.init(ExitStatus(fault), fault.description) }

  /// What looking a journal through came to; names the first bad record.
  package init(_ verification: Verification) {
    let checkpoint = verification.checkpoint
    let details: [String: ControlValue] = [
      "sound": .flag(verification.isSound), "records": .number(verification.records),
      "head": .text(verification.headDigest), "business_days": .number(Int64(verification.segments)),
      "checkpoint": .text(checkpoint.sentence),
      "lost_catalogues": .list(verification.lostCatalogues.map(ControlValue.text)),
    ]
    if let problem = verification.problem {
      self.init(ExitStatus(problem), problem.description, details)
    } else if !checkpoint.isSound {
      self.init(.data, "the records are whole, but \(checkpoint.sentence): yichuangctl accept-journal", details)
    } else if let lost = verification.lostCatalogues.first {
      let others = verification.lostCatalogues.count - 1
      self.init(
        .data,
        "the records are whole, but the catalogue \(lost)\(others > 0 ? " and \(others) more" : "") that was published is "
          + "missing or changed: put catalogues/\(lost).json back from a copy (old notices of it cannot be shown)",
        details)
    } else {
      self.init(.done, "\(verification.records) records are as they were written; \(checkpoint.sentence)", details)
    }
  }

  /// What became of a test slip, with its evidence.
  package init(printing outcome: AttemptOutcome, at place: String) {
    switch outcome {
    case .printed(let evidence):
      self.init(
        .done, "\(place): \(evidence.words)",
        ["outcome": .text(evidence == .accepted ? "sent" : "printed"), "evidence": .text("E\(evidence.rawValue)")])
    case .notSent(let reason):
      self.init(
        .unavailable, "\(place): nothing was sent (\(reason))", ["outcome": "not_sent", "reason": .text(reason)])
    case .unknown(let reason):
      self.init(
        .unavailable, "\(place): whether it came out is not known (\(reason)): look at the printer",
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
}
