package import Hall

/// A picture for a screen, with its type.
package struct ScreenPicture: Hashable, Sendable {
  package let name: String
  package let type: String
  package let bytes: [UInt8]

  package init(name: String, type: String, bytes: [UInt8]) {
    self.name = name
    self.type = type
    self.bytes = bytes
  }
}

/// What the screen over a window shows of its clerk beside badge and photo.
package struct ClerkSign: Hashable, Sendable {
  /// Nil where the configuration does not say `display_name`.
  package let name: String?
  /// 党员先锋岗.
  package let isPartyMember: Bool

  package init(name: String?, isPartyMember: Bool) {
    self.name = name
    self.isPartyMember = isPartyMember
  }
}

/// What the operator configured for the screens.
package struct Screens: Sendable {
  /// One page of the idle screen.
  package enum Page: Sendable {
    /// A title and its lines.
    case text(title: String, lines: [String])
    case picture(ScreenPicture)
  }

  package var pages: [Page]
  /// Seconds without a touch until the idle screen appears.
  package var afterSeconds: Int
  package var question: AwarenessQuestion?
  /// By badge.
  package var photos: [String: ScreenPicture]
  /// By badge; who has nothing to show beside it is left out.
  package var signs: [String: ClerkSign]

  package init(
    pages: [Page] = [], afterSeconds: Int = 60, question: AwarenessQuestion? = nil,
    photos: [String: ScreenPicture] = [:], signs: [String: ClerkSign] = [:]
  ) {
    self.pages = pages
    self.afterSeconds = afterSeconds
    self.question = question
    self.photos = photos
    self.signs = signs
  }
}
