/// Requested slips, and the paper of each kiosk.
package struct PrintState: Sendable, Equatable {
  package private(set) var slips: [SlipID: SlipInHand] = [:]
  /// Slips that the print desk has to handle, in the order of their requests: queued ones, and attempts that a crash
  /// left open.
  private var open: [SlipID] = []
  /// The paper of each kiosk that has printed or got a new roll.
  package var rolls: [String: PaperRoll] = [:]

  package init() {}

  /// - Parameter open: ids of slips in `slips`, in the order of their requests.
  package init(slips: [SlipID: SlipInHand], open: [SlipID], rolls: [String: PaperRoll]) {
    self.slips = slips
    self.open = open
    self.rolls = rolls
  }

  package var openSlips: [SlipInHand] { open.compactMap { slips[$0] } }

  /// Adds a slip, or the next attempt of one, at the end.
  mutating func request(_ slip: SlipInHand) {
    open.removeAll { $0 == slip.id }
    slips[slip.id] = slip
    open.append(slip.id)
  }

  /// Changes a slip and keeps the list of open ones in order.
  mutating func change(_ id: SlipID, _ body: (inout SlipInHand) -> Void) {
    guard var slip = slips.removeValue(forKey: id) else { return }
    let wasOpen = slip.isOpen
    body(&slip)
    slips[id] = slip
    guard slip.isOpen != wasOpen else { return }
    if wasOpen {
      open.removeAll { $0 == id }
    } else {
      let later = open.firstIndex { (slips[$0]?.requestedSequence ?? 0) > slip.requestedSequence }
      open.insert(id, at: later ?? open.endIndex)
    }
  }

  /// Drops the slips of dropped subjects.
  mutating func forget(where isForgotten: (SlipSubject) -> Bool) {
    slips = slips.filter { !isForgotten($0.value.subject) }
    open.removeAll { slips[$0] == nil }
  }
}
