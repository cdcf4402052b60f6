/// Why a slip cannot be drawn. Each case names the operator's remedy.
package enum SlipRenderFault: Error, Hashable, Sendable {
  /// No file of the first family was found: install fonts-noto-cjk.
  case fontMissing(family: String, folders: [String])
  /// Pango, fontconfig or cairo failed: `during` names the call.
  case drawingFailed(during: String)
  /// Paper narrower than 200 or wider than 2,000 dots, or a slip over 20,000 dots (2.5 m) long.
  case outsidePaper(widthDots: Int, heightDots: Int)
  /// A piece of a poster is longer than its page has room for: shorten the text that `piece` names.
  case posterTooLong(piece: String)
}
