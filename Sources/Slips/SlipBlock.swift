/// One block of a slip, from the top down.
package enum SlipBlock: Hashable, Sendable, Codable {
  /// The hall's name at the head.
  case heading(text: String)
  /// The slip's own title: 一次性告知单.
  case title(text: String)
  /// The ticket number, the largest thing on the paper.
  case bigNumber(text: String)
  case paragraph(text: String, style: ParagraphStyle)
  /// A key and its value: 收费 — 不收费.
  case keyValue(key: String, value: String)
  /// The heading of the group that follows (必带), with a line of advice below it.
  case section(title: String, advice: String?)
  /// A box to tick, its running number, the name, the copies at the right edge, and details below the name. `mark` is
  /// what the resident marked; nil, which is not encoded, is an empty box.
  case checkItem(number: Int, name: String, copies: [String], details: [String], mark: CheckMark? = nil)
  /// One step of a course.
  case step(number: Int, text: String)
  case rule
  /// Where the window's part is cut off; `caption` names that part.
  case cutLine(caption: String)
  /// A QR code with lines of text beside it, or above it on narrow paper.
  case code(payload: String, beside: [SlipLine], caption: String)
  case space(SpaceSize)
  /// A dotted square of 30 mm for the organ's seal, at the right, with `caption` in it and lines of text beside it.
  case sealBox(caption: String, beside: [String])
}

package enum ParagraphStyle: String, Hashable, Sendable, Codable, CaseIterable {
  /// The name of the slip's subject: bold and large, at the left.
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

/// What a resident marked for a material.
package enum CheckMark: String, Hashable, Sendable, Codable, CaseIterable {
  /// 有: the box is ticked.
  case have
  /// 缺: white on black before the name.
  case missing
}

package enum SpaceSize: String, Hashable, Sendable, Codable {
  case small, large
}

/// A line that stands beside a code.
package struct SlipLine: Hashable, Sendable, Codable {
  /// The name of the value (咨询电话); nil for a line of its own.
  package let key: String?
  package let text: String
  package let strong: Bool

  package init(_ text: String, key: String? = nil, strong: Bool = false) {
    self.key = key
    self.text = text
    self.strong = strong
  }
}
