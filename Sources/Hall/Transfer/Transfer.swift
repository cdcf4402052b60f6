package import Groundwork

/// Where a ticket is sent on to (转号).
package enum TransferTarget: Hashable, Sendable {
  case lane(LaneLetter)
  case window(Int)
}

/// Why a ticket is sent on.
package enum TransferReason: Hashable, Sendable {
  package enum Code: String, Hashable, Sendable, CaseIterable {
    /// 转错, 取错号.
    case wrongWindow = "wrong_window"
    /// 需部门办.
    case needsDepartment = "needs_department"
    case language
    /// 只能公安办.
    case police
    case other
  }

  case code(Code)
  /// 1...60 characters.
  case words(String)

  /// A word of `Code`, else the reason in the clerk's words.
  package init(_ text: String) { self = Code(rawValue: text).map(Self.code) ?? .words(text) }

  /// As journal and API write it.
  package var text: String {
    switch self {
    case .code(let code): code.rawValue
    case .words(let text): text
    }
  }
}

/// 转号: the ticket at the window waits again, in another lane or for one window, with the rank of its issue.
package struct TransferTicket: Hashable, Sendable {
  package let to: TransferTarget
  package let reason: TransferReason
  /// The right items, where the ticket's were wrong; nil or empty leaves them.
  package let items: [String]?
  /// 仍要转: although no window that could call it is open.
  package let insist: Bool

  package init(to: TransferTarget, reason: TransferReason, items: [String]? = nil, insist: Bool = false) {
    self.to = to
    self.reason = reason
    self.items = items
    self.insist = insist
  }
}

/// A transfer whose receiver has not said yet that the resident is there.
package struct TransferNote: Hashable, Sendable {
  /// The sequence of the transfer's event.
  package let sequence: Int64
  package internal(set) var at: Timestamp
  /// The window that sent it.
  package let from: Int
  package let badge: String?
  package let to: TransferTarget
  package let reason: TransferReason

  package init(sequence: Int64, at: Timestamp, from: Int, badge: String?, to: TransferTarget, reason: TransferReason) {
    self.sequence = sequence
    self.at = at
    self.from = from
    self.badge = badge
    self.to = to
    self.reason = reason
  }
}

/// The state of a ticket before it left a window for another lane, so that undo restores it.
package struct BeforeMove: Hashable, Sendable {
  package let lane: LaneLetter
  package let items: [String]
  package let stops: [LaneLetter]
  package let calls: Int
  package let servingAt: Timestamp?
  package let joinedSequence: Int64
  package let transfers: Int
  package let transfer: TransferNote?
  package let served: [String]?

  package init(
    lane: LaneLetter, items: [String], stops: [LaneLetter], calls: Int, servingAt: Timestamp?, joinedSequence: Int64,
    transfers: Int, transfer: TransferNote?, served: [String]?
  ) {
    self.lane = lane
    self.items = items
    self.stops = stops
    self.calls = calls
    self.servingAt = servingAt
    self.joinedSequence = joinedSequence
    self.transfers = transfers
    self.transfer = transfer
    self.served = served
  }
}

/// 一号办多事: the lanes that a ticket visits after its first one.
package struct ItineraryPlanned: Hashable, Sendable {
  package let code: PublicCode
  /// In the order of the items, each once; never empty.
  package let stops: [LaneLetter]

  package init(code: PublicCode, stops: [LaneLetter]) {
    self.code = code
    self.stops = stops
  }
}

package struct TicketTransferred: Hashable, Sendable {
  package let code: PublicCode
  /// The window that sends it.
  package let from: Int
  /// The lane in which it waits; with `window`, the lane into which it falls when that window closes.
  package let lane: LaneLetter
  /// The window that calls it; nil for a transfer to a lane.
  package let window: Int?
  package let reason: TransferReason
  /// Its items from now on; nil where they stay.
  package let items: [String]?
  /// The lanes that it visits afterwards.
  package let stops: [LaneLetter]

  package init(
    code: PublicCode, from: Int, lane: LaneLetter, window: Int? = nil, reason: TransferReason, items: [String]? = nil,
    stops: [LaneLetter] = []
  ) {
    self.code = code
    self.from = from
    self.lane = lane
    self.window = window
    self.reason = reason
    self.items = items
    self.stops = stops
  }

  package var to: TransferTarget { window.map { .window($0) } ?? .lane(lane) }
}

/// The window for which it waited closed, or pauses for long: it waits in its lane.
package struct TransferLapsed: Hashable, Sendable {
  package let code: PublicCode
  package let window: Int

  package init(code: PublicCode, window: Int) {
    self.code = code
    self.window = window
  }
}

/// 接着办: done in one lane, and waiting in the next one of its itinerary with the rank that it has.
package struct TicketMovedOn: Hashable, Sendable {
  package let code: PublicCode
  /// The window that has done its part.
  package let window: Int
  package let lane: LaneLetter
  /// The lanes that it visits afterwards.
  package let stops: [LaneLetter]

  package init(code: PublicCode, window: Int, lane: LaneLetter, stops: [LaneLetter]) {
    self.code = code
    self.window = window
    self.lane = lane
    self.stops = stops
  }
}

/// 实际办理: what is really done for a ticket, where it differs from what was asked for.
package struct ItemsServed: Hashable, Sendable {
  package let code: PublicCode
  package let window: Int
  /// Item codes, each once, at least one.
  package let items: [String]

  package init(code: PublicCode, window: Int, items: [String]) {
    self.code = code
    self.window = window
    self.items = items
  }
}
