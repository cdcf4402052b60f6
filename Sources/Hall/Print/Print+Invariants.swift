extension HallState {
  func violations(before event: PrintEvent) -> [String] {
    guard case .paperUsed(let e) = event else { return [] }
    return (1...PaperUsed.longestMillimetres).contains(e.millimetres)
      ? [] : ["a slip of \(e.millimetres) mm is counted"]
  }
}

extension PrintState {
  /// A roll has used at least as many millimetres as slips, and none without a slip. The open slips are those that are
  /// queued or printing, in the order of their requests.
  func check(_ found: inout [String]) {
    for (kiosk, roll) in rolls
    where roll.slips < 0 || roll.millimetres < roll.slips || roll.slips == 0 && roll.millimetres > 0 {
      found.append("the paper of \(kiosk) does not add up")
    }
    let expected = slips.values.filter(\.isOpen).sorted { $0.requestedSequence < $1.requestedSequence }
    if openSlips != expected { found.append("the open slips are not those that are queued or printing") }
  }
}
