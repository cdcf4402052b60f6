import Slips
import Testing

/// One slip on one paper, by a name for its picture.
struct Drawing: Sendable, CustomTestStringConvertible {
  let name: String
  let document: SlipDocument
  let width: Int
  /// What a text recogniser must find on it.
  var legible: [String] = []

  var testDescription: String { name }

  static let golden: [Drawing] = [
    Drawing(name: "ticket-80", document: Samples.ticket().document(), width: 576, legible: onTicket),
    Drawing(name: "ticket-80-large", document: Samples.ticket(large: true).document(), width: 576, legible: onTicket),
    Drawing(name: "ticket-80-copy2", document: Samples.ticket(copy: 2).document(), width: 576),
    Drawing(name: "ticket-58", document: Samples.ticket().document(), width: 384, legible: onTicket),
    Drawing(name: "ticket-58-large", document: Samples.ticket(large: true).document(), width: 384, legible: onTicket),
    Drawing(name: "notice-80", document: Samples.notice().document(), width: 576, legible: onNotice),
    Drawing(name: "notice-58", document: Samples.notice().document(), width: 384, legible: onNotice),
    Drawing(name: "notice-80-large", document: Samples.notice(large: true).document(), width: 576, legible: onLarge),
    Drawing(name: "notice-58-large", document: Samples.notice(large: true).document(), width: 384, legible: onLarge),
  ]

  static let all: [Drawing] =
    golden + [
      Drawing(name: "ticket-80-large-copy2", document: Samples.ticket(copy: 2, large: true).document(), width: 576),
      Drawing(
        name: "notice-80-all-copy2", document: Samples.notice(situations: [], ticket: nil, copy: 2).document(),
        width: 576),
    ]

  static let read = golden.filter { !$0.legible.isEmpty }

  private static let onTicket = ["安居镇便民服务中心", "A042"]
  // The title's first character is one stroke, which a recogniser may take for a rule.
  private static let onLarge = ["安居镇便民服务中心", "次性告知单", "社会保障卡申领"]
  private static let onNotice = ["安居镇便民服务中心", "次性告知单", "社会保障卡申领", "居民身份证"]
}
