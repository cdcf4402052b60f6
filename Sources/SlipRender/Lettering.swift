/// One piece of text on a slip as it was laid out.
package struct Lettering: Hashable, Sendable {
  /// The text by lines, as broken.
  package let lines: [String]
  /// The em square in dots at 203 dpi; ideographs fill nearly all of it.
  package let emDots: Int
  /// Width over the letters' own width, 1 or less: what was narrowed to keep its line.
  package let squeeze: Double
}
