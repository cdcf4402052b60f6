package import Groundwork

/// An original that a principal handed over, or several of one kind, which stay together.
package struct AgencyOriginal: Hashable, Sendable {
  /// As on the paper that both signed: 居民户口簿.
  package let name: String
  /// 1...20.
  package let count: Int
  /// The last four characters of its number; nil for one without.
  package let mark: String?

  package init(name: String, count: Int, mark: String? = nil) {
    self.name = name
    self.count = count
    self.mark = mark
  }

  package static let counts = 1...20

  /// A bank card or a social security card does not stay with an agent overnight.
  package var isCard: Bool {
    ["银行卡", "存折", "社保卡", "社会保障卡"].contains { name.contains($0) }
  }
}

/// Copies that a principal handed over; they do not go back.
package struct AgencyCopies: Hashable, Sendable {
  package let name: String
  /// 1...99.
  package let count: Int

  package init(name: String, count: Int) {
    self.name = name
    self.count = count
  }

  package static let counts = 1...99
}

/// Who has an original.
package enum OriginalHolder: String, Hashable, Sendable, CaseIterable {
  case withPrincipal = "with_principal"
  case withAgent = "with_agent"
  case withTown = "with_town"
  /// Handed in for good, as the old card is.
  case keptByLaw = "kept_by_law"

  /// Somebody still has to give it back.
  package var isOpen: Bool { self == .withAgent || self == .withTown }
}

/// An original, who has it, and since when.
package struct HeldOriginal: Hashable, Sendable {
  package let original: AgencyOriginal
  package var holder: OriginalHolder
  package var since: CivilDate

  package init(_ original: AgencyOriginal, holder: OriginalHolder, since: CivilDate) {
    self.original = original
    self.holder = holder
    self.since = since
  }
}

/// What proves that an original changed hands: the badge of whoever was the other one, or a signature on paper.
package enum HandOver: Hashable, Sendable, CustomStringConvertible {
  case badge(String)
  case signature

  package var description: String {
    switch self {
    case .badge(let badge): "badge:\(badge)"
    case .signature: "signature"
    }
  }

  /// Nil for any other text.
  package init?(_ text: String) {
    if text == "signature" {
      self = .signature
    } else if text.hasPrefix("badge:"), text.utf8.count > 6 {
      self = .badge(String(text.dropFirst(6)))
    } else {
      return nil
    }
  }
}
