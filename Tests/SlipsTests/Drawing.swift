import Hall
import Ports
import SlipRender
import Slips
import Testing

/// One slip on one paper, by a name for its picture.
struct Drawing: Sendable, CustomTestStringConvertible {
  let name: String
  let document: SlipDocument
  /// Dots of the roll; `a4` for pages of cut paper.
  let width: Int
  /// What a text recogniser must find on it.
  var legible: [String] = []
  /// Whether it is of a training (演练).
  var isTraining = false
  /// A list that is signed and not scanned has no code.
  var hasCode = true

  var testDescription: String { name }

  static let a4 = 0
  var isSheet: Bool { width == Self.a4 }

  /// One picture, or one for each page.
  func images() async throws -> [SlipImage] {
    let renderer = try (isTraining ? Workshop.trainingRenderer : Workshop.renderer).get()
    return isSheet
      ? try await renderer.sheetImages(document) : [try await renderer.render(document, paperWidthDots: width)]
  }

  /// Rows of a roll's slip that the text recogniser gets: its head, or all of it where every kind of line is to be
  /// read.
  var rowsToRead: Int { isSheet || name.hasSuffix("-every") || name.hasSuffix("-station") ? .max : 1100 }

  /// The name of the picture of a page.
  func name(ofPage page: Int) -> String { isSheet ? "\(name)-\(page + 1)" : name }

  private static let onReceipt = ["今收到", "2026年12月7日"]
  private static let onCorrection = ["材料补正一次性告知书", "不用重新说明"]

  static let golden: [Drawing] = [
    Drawing(name: "ticket-80", document: Samples.ticket().document(), width: 576, legible: onTicket),
    Drawing(name: "ticket-80-large", document: Samples.ticket(large: true).document(), width: 576, legible: onTicket),
    Drawing(name: "ticket-80-copy2", document: Samples.ticket(copy: 2).document(), width: 576),
    Drawing(name: "ticket-58", document: Samples.ticket().document(), width: 384, legible: onTicket),
    Drawing(name: "ticket-58-large", document: Samples.ticket(large: true).document(), width: 384, legible: onTicket),
    Drawing(
      name: "ticket-80-english", document: Samples.ticket(language: .english).document(), width: 576, legible: onEnglish
    ),
    Drawing(
      name: "ticket-80-english-large", document: Samples.ticket(large: true, language: .english).document(), width: 576,
      legible: onEnglish),
    Drawing(
      name: "ticket-58-english", document: Samples.ticket(language: .english).document(), width: 384, legible: onEnglish
    ),
    Drawing(
      name: "ticket-58-english-large", document: Samples.ticket(large: true, language: .english).document(), width: 384,
      legible: onEnglish),
    Drawing(name: "notice-80", document: Samples.notice().document(), width: 576, legible: onNotice),
    Drawing(name: "notice-58", document: Samples.notice().document(), width: 384, legible: onNotice),
    Drawing(name: "notice-80-large", document: Samples.notice(large: true).document(), width: 576, legible: onLarge),
    Drawing(name: "notice-58-large", document: Samples.notice(large: true).document(), width: 384, legible: onLarge),
    Drawing(name: "notice-a4", document: Samples.notice().document(), width: a4, legible: onNotice),
    Drawing(name: "notice-a4-large", document: Samples.notice(large: true).document(), width: a4, legible: onNotice),
    Drawing(name: "notice-80-every", document: Samples.everything().document(), width: 576, legible: onEverything),
    Drawing(name: "notice-58-every", document: Samples.everything().document(), width: 384, legible: onEverything),
    Drawing(name: "notice-a4-every", document: Samples.everything().document(), width: a4, legible: onEverything),
    Drawing(name: "notice-80-marked", document: Samples.marked().document(), width: 576, legible: onMarked),
    Drawing(name: "notice-58-marked", document: Samples.marked().document(), width: 384, legible: onNarrowMarked),
    Drawing(
      name: "notice-80-marked-large", document: Samples.marked(large: true).document(), width: 576,
      legible: onLargeMarked),
    Drawing(
      name: "notice-58-marked-large", document: Samples.marked(large: true).document(), width: 384,
      legible: onNarrowLargeMarked),
    Drawing(name: "notice-a4-marked", document: Samples.marked().document(), width: a4, legible: onSheetMarked),
    Drawing(
      name: "notice-80-station",
      document: Samples.notice(Samples.carried, situations: [], hall: Samples.station).document(),
      width: 576, legible: onStation),
    Drawing(name: "receipt-80", document: Samples.receipt().document(), width: 576, legible: onReceipt),
    Drawing(
      name: "correction-80", document: Samples.correction().document(), width: 576, legible: [onCorrection[0]]),
    Drawing(name: "correction-80-large", document: Samples.correction(large: true).document(), width: 576),
    Drawing(name: "correction-a4", document: Samples.correction().document(), width: a4, legible: onCorrection),
    Drawing(name: "closing-80", document: Samples.closing().document(), width: 576, legible: onClosing),
    Drawing(name: "closing-58", document: Samples.closing(copy: 2).document(), width: 384, legible: onNarrowClosing),
    Drawing(name: "closing-a4", document: Samples.closing().document(), width: a4, legible: onClosingSheet),
    Drawing(name: "ticket-80-promise", document: Samples.promised().document(), width: 576, legible: onPromise),
    Drawing(
      name: "ticket-58-promise-large", document: Samples.promised(large: true).document(), width: 384, legible: onTicket
    ),
    Drawing(
      name: "ticket-58-promise-english-large", document: Samples.promised(large: true, language: .english).document(),
      width: 384, legible: onEnglish),
    Drawing(name: "reservation-80", document: Samples.reservation().document(), width: 576, legible: onReservation),
    Drawing(name: "reservation-58", document: Samples.reservation(copy: 2).document(), width: 384),
    Drawing(
      name: "reservation-80-large", document: Samples.reservation(large: true).document(), width: 576,
      // The recogniser takes the hall's name for a picture beside the large hour.
      legible: ["预约单", "10:30"]),
    Drawing(name: "reservation-80-english", document: Samples.reservation(language: .english).document(), width: 576),
    Drawing(name: "agency-80", document: Samples.authority().document(), width: 576, legible: onAgency),
    Drawing(name: "agency-80-large", document: Samples.authority(large: true, copy: 2).document(), width: 576),
    Drawing(name: "agency-a4", document: Samples.authority().document(), width: a4, legible: onAgency),
    Drawing(name: "agency-end-80", document: Samples.agencyEnd().document(), width: 576),
    Drawing(name: "agency-renewal-80", document: Samples.agencyRenewal().document(), width: 576),
    Drawing(name: "agency-batch-80", document: Samples.agencyBatch().document(), width: 576, legible: onBatch),
    Drawing(
      name: "ticket-80-leased", document: Samples.ticket(number: "A9042", estimate: nil, leased: true).document(),
      width: 576, legible: ["应急号", "照常排队"]),
    Drawing(
      name: "ticket-58-leased-large",
      document: Samples.ticket(number: "A9042", estimate: nil, large: true, leased: true).document(), width: 384),
    Drawing(
      name: "ticket-80-leased-english",
      document: Samples.ticket(number: "A9042", estimate: nil, language: .english, leased: true).document(), width: 576),
    training("training-ticket-80", Samples.ticket().document(), 576, ["安居镇便民服务中心", "演练", "无效"]),
    training("training-ticket-58", Samples.ticket().document(), 384, ["演练", "无效"]),
    training("training-notice-80", Samples.notice().document(), 576, ["演练", "无效", "社会保障卡申领"]),
    training("training-notice-58", Samples.notice().document(), 384, ["演练", "无效"]),
    training("training-notice-a4", Samples.notice().document(), a4, ["演练", "无效", "社会保障卡申领"]),
    training("training-closing-80", Samples.closing().document(), 576, ["演练", "无效"]),
    Drawing(
      name: "acceptance-80", document: Samples.acceptance().document(), width: 576,
      legible: ["2026年12月14日", "农业农村"]),
    Drawing(
      name: "acceptance-80-large", document: Samples.acceptance(large: true, copy: 2).document(), width: 576),
    Drawing(name: "acceptance-a4", document: Samples.acceptance().document(), width: a4),
    Drawing(
      name: "deemed-80", document: Samples.acceptance(deemedBy: "行政许可法第三十二条").document(), width: 576),
    Drawing(name: "refusal-80", document: Samples.refusal().document(), width: 576, legible: ["不予受理"]),
    Drawing(name: "refusal-a4-large", document: Samples.refusal(large: true).document(), width: a4),
    Drawing(name: "pause-80", document: Samples.pause().document(), width: 576),
    Drawing(name: "pause-58", document: Samples.pause().document(), width: 384),
    Drawing(name: "extension-80", document: Samples.extending().document(), width: 576),
    Drawing(name: "overdue-80", document: Samples.overdue(remedy: true).document(), width: 576),
    Drawing(name: "handover-80", document: Samples.handover().document(), width: 576),
    Drawing(name: "handover-a4", document: Samples.handover().document(), width: a4),
    Drawing(name: "collection-80", document: Samples.collection(.granted).document(), width: 576),
    Drawing(name: "collection-a4-denied", document: Samples.collection(.denied).document(), width: a4),
    Drawing(name: "further-80", document: Samples.further().document(), width: 576),
    Drawing(
      name: "return-80", document: Samples.returned(isComplete: false).document(), width: 576, legible: ["补正材料收件凭证"]),
    Drawing(name: "return-80-large", document: Samples.returned(isComplete: true, large: true).document(), width: 576),
    Drawing(name: "return-a4", document: Samples.returned(isComplete: false).document(), width: a4),
    Drawing(
      name: "handover-list-80", document: Samples.handoverList().document(), width: 576, legible: ["安居镇便民服务中心"],
      hasCode: false),
    Drawing(name: "handover-list-a4", document: Samples.handoverList(copy: 2).document(), width: a4, hasCode: false),
  ]

  private static func training(_ name: String, _ document: SlipDocument, _ width: Int, _ words: [String]) -> Drawing {
    Drawing(name: name, document: document, width: width, legible: words, isTraining: true)
  }

  static let rolls = all.filter { !$0.isSheet }

  static let all: [Drawing] =
    golden + [
      Drawing(name: "ticket-80-large-copy2", document: Samples.ticket(copy: 2, large: true).document(), width: 576),
      Drawing(
        name: "notice-80-all-copy2", document: Samples.notice(situations: [], ticket: nil, copy: 2).document(),
        width: 576),
    ]

  static let read = golden.filter { !$0.legible.isEmpty }

  private static let onTicket = ["安居镇便民服务中心", "A042"]
  private static let onPromise = ["安居镇便民服务中心", "承诺"]
  private static let onReservation = ["安居镇便民服务中心", "10:00"]
  private static let onEnglish = ["安居镇便民服务中心", "A042", "before"]
  // The title's first character is one stroke, which a recogniser may take for a line.
  private static let onLarge = ["安居镇便民服务中心", "次性告知单", "社会保障卡申领"]
  private static let onEverything = [
    "安居镇便民服务中心", "居住证", "住址证明", "就业证明", "先受理", "不动产权证书", "居住证申领表",
  ]
  // Group bars and 缺 are white on black, which the recogniser skips.
  private static let onMarked = ["安居镇便民服务中心", "住址证明", "就业证明"]
  private static let onNarrowMarked = ["安居镇便民服务中心", "就业证明"]
  private static let onLargeMarked = ["安居镇便民服务中心", "住址证明"]
  private static let onNarrowLargeMarked = ["安居镇便民服务中心", "先备齐"]
  private static let onSheetMarked = ["安居镇便民服务中心", "居住证", "不动产权证书"]
  private static let onClosing = ["安居镇便民服务中心", "日结单", "482113"]
  // The recogniser drops the first two characters of the large title, which stand closer to each other than to the third.
  private static let onNarrowClosing = ["安居镇便民服务中心", "482113", "2026-11-23"]
  private static let onClosingSheet = ["安居镇便民服务中心", "482113"]
  private static let onAgency = ["安居镇便民服务中心", "代办委托单", "居民身份证"]
  private static let onBatch = ["安居镇便民服务中心", "代办批次单"]
  private static let onStation = ["社区便民服务站", "居民身份证", "代办员"]
  private static let onNotice = ["安居镇便民服务中心", "次性告知单", "社会保障卡申领", "居民身份证"]
}
