package import Ports

extension EmulatedPrinter {
  /// A manual change at the printer.
  package enum Change: Hashable, Sendable {
    /// True empties the roll; false replaces it by a full one.
    case paperOut(Bool)
    /// The near-end sensor, independent of the roll.
    case paperLow(Bool)
    case coverOpen(Bool)
    case cutterFault(Bool)
    case offline(Bool)
    /// Takes bytes and never answers.
    case stalled(Bool)
    /// The paper ends in the middle of the next slip.
    case paperOutInNextSlip(Bool)
    /// Off: a slip in progress is lost, and so is the buffer. On again: a stall is over.
    case power(Bool)
    /// A new roll; also ends a paper-out.
    case roll(millimetres: Int)
  }

  /// A slip that came out.
  package struct PrintedSlip: Hashable, Sendable {
    package let attempt: Attempt
    /// The dots that were burnt.
    package let image: SlipImage
    /// The file name without extension; nil when it is not stored.
    package let file: String?
    /// False when the paper ended within it.
    package let isWhole: Bool
  }

  /// The state that the dock page shows.
  package struct Snapshot: Hashable, Sendable {
    package let conditions: PrinterConditions
    package let isStalled: Bool
    package let hasPower: Bool
    /// The paper will end within the next slip.
    package let breaksNextSlip: Bool
    package let rollMillimetres: Int
    /// Slips since the start.
    package let slips: Int
    /// The last ones, oldest first.
    package let recent: [PrintedSlip]
  }

  /// An 80 mm roll of usual diameter holds about 80 m.
  package static let fullRollMillimetres = 80_000

  struct State {
    /// Below this the near-end sensor reports: about 3 m.
    static let nearEndDots = 24_000

    var rollDots: Int
    var faults: PrinterConditions = []
    var isStalled = false
    var hasPower = true
    /// How often the power was lost.
    var powerCuts = 0
    var breaksNextSlip = false
    var slips = 0

    init(rollDots: Int) { self.rollDots = rollDots }

    var conditions: PrinterConditions {
      var conditions = faults
      if !hasPower { conditions.insert(.offline) }
      if rollDots <= 0 { conditions.insert(.paperOut) }
      if rollDots <= Self.nearEndDots { conditions.insert(.paperLow) }
      if conditions.contains(.paperOut) { conditions.remove(.paperLow) }
      return conditions
    }

    mutating func apply(_ change: Change, dots: (Int) -> Int) {
      func set(_ condition: PrinterConditions, _ isOn: Bool) {
        if isOn { faults.insert(condition) } else { faults.remove(condition) }
      }
      switch change {
      case .paperOut(let isOut):
        set(.paperOut, isOut)
        if !isOut, rollDots <= 0 { rollDots = dots(fullRollMillimetres) }
      case .paperLow(let isLow): set(.paperLow, isLow)
      case .coverOpen(let isOpen): set(.coverOpen, isOpen)
      case .cutterFault(let isBroken): set(.cutterFault, isBroken)
      case .offline(let isOff): set(.offline, isOff)
      case .stalled(let isStalled): self.isStalled = isStalled
      case .paperOutInNextSlip(let breaks): breaksNextSlip = breaks
      case .power(let isOn):
        if hasPower, !isOn { powerCuts += 1 }
        hasPower = isOn
        isStalled = false
      case .roll(let millimetres):
        rollDots = dots(millimetres)
        set(.paperOut, false)
        set(.paperLow, false)
      }
    }
  }
}
