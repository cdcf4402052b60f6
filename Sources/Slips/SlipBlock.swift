/// One piece of a slip, from the top down.
package enum SlipBlock: Hashable, Sendable, Codable {
  /// The hall's name at the head.
  case heading(text: String)
  /// The slip's own title: 一次性告知单.
  case title(text: String)
  /// The ticket number, the largest thing on the paper.
  case bigNumber(text: String)
  case paragraph(text: String, style: ParagraphStyle)
  /// A word and what it stands for: 收费 — 不收费.
  case keyValue(key: String, value: String)
  /// The name of the group that follows (必带), with a word of advice below it.
  case section(title: String, advice: String?)
  /// A box to tick, its running number, the name, how many at the right edge, and what else to know below the name.
  /// `mark` is what the resident said of it; nil, which is not written down, is an empty box.
  case checkItem(number: Int, name: String, copies: [String], details: [String], mark: CheckMark? = nil)
  /// One step of a course.
  case step(number: Int, text: String)
  case rule
  /// Where the window's part is cut off; `caption` names that part.
  case cutLine(caption: String)
  /// A QR code with lines of text beside it, or above it on narrow paper.
  case code(payload: String, beside: [SlipLine], caption: String)
  case space(SpaceSize)
}

package enum ParagraphStyle: String, Hashable, Sendable, Codable, CaseIterable {
  /// The name of the thing the slip is about: bold and large, at the left.
  case subject
  /// What to do next: bold.
  case lead
  /// `lead` in the middle of the paper, for short lines.
  case leadCentred
  case body
  case bodyCentred
  /// Versions, numbers and other small print; never under 24 dots.
  case fine
}

/// What a resident said of a material.
package enum CheckMark: String, Hashable, Sendable, Codable, CaseIterable {
  /// 有: the box is ticked.
  case have
  /// 缺: the word stands in white on black before the name.
  case missing
}

package enum SpaceSize: String, Hashable, Sendable, Codable {
  case small, large
}

/// A line that stands beside a code.
package struct SlipLine: Hashable, Sendable, Codable {
  /// What the value is (咨询电话); nil for a line of its own.
  package let key: String?
  package let text: String
  package let strong: Bool

  package init(_ text: String, key: String? = nil, strong: Bool = false) {
    self.key = key
    self.text = text
    self.strong = strong
  }
}
