/// One piece of text on a slip as laid out.
package struct Lettering: Hashable, Sendable {
  /// The text by lines.
  package let lines: [String]
  /// The em square in dots at 203 dpi; ideographs fill nearly all of it.
  package let emDots: Int
  /// The horizontal scale of the letters, at most 1: below 1 where text was narrowed to fit its line.
  package let squeeze: Double
}
