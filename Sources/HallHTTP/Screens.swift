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

  package init(
    pages: [Page] = [], afterSeconds: Int = 60, question: AwarenessQuestion? = nil,
    photos: [String: ScreenPicture] = [:]
  ) {
    self.pages = pages
    self.afterSeconds = afterSeconds
    self.question = question
    self.photos = photos
  }
}
