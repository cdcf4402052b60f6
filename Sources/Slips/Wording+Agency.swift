import Groundwork
import Hall

extension Wording {
  static let agencyTitle = "代办委托单"
  static let agencyEndTitle = "代办终止单"
  static let agencyRenewalTitle = "代办续办单"
  static let agencyBatchTitle = "代办批次单"

  /// In three groups, to be read out or typed.
  static func agencyCode(_ code: PublicCode) -> String {
    let text = code.description
    return "代办码 \(text.prefix(4))-\(text.dropFirst(4).prefix(4))-\(text.suffix(4))"
  }

  static let agencyPrincipal = "委托人"
  /// Name, where the staff list has one, and badge.
  package static func agent(_ badge: String, name: String?) -> String { (name.map { "\($0) " } ?? "") + "工号 \(badge)" }
  static func authority(_ item: String) -> String {
    "委托人委托代办员代为办理“\(item)”：提交材料，领取告知、回执和结果。"
  }
  static let notIncluded = "不包括：替委托人签署承诺，领取钱款。"
  static func holds(_ until: CivilDate) -> String { "期限：办结为止，最长到 \(longDay(until))。" }
  static let originalsTitle = "交给代办员的原件"
  static let originalsAdvice = "办完如数退还"
  static let noOriginals = "没有交原件。"
  static func count(_ count: Int) -> String { "\(count) 份" }
  static func mark(_ mark: String) -> String { "尾号 \(mark)" }
  static let handedCopies = "复印件"
  static func copies(_ copies: [AgencyCopies]) -> String {
    copies.map { "\($0.name) \($0.count) 份" }.joined(separator: "、")
  }
  static let agencyIsFree = "代办不收费。材料真实由委托人负责；代办员负责按时送、如数还、不外传。"
  static let agencyEndsAnyTime = "您随时可以取消委托，当天退还原件。"
  static let principalSigns = "委托人签字"
  static let agentSigns = "代办员签字"
  static let signedAt = "时间"
  static let agentsPart = "代办员留存"
  static let principalsPart = "委托人留存"
  static let returnedAtEnd = "办结退还原件"
  static let agencyPrivacy = "个人信息仅用于代办本件，依法保存，到期销毁。"
  static let listOfReturns = "退还一样，勾一样，全部退还后签字。"

  // MARK: End and renewal

  static func agencyEnds(_ item: String) -> String { "“\(item)”的代办委托终止。" }
  static let endedBy = "由谁"
  static let reason = "原因"
  static let returnedOriginals = "已退还的原件"
  static let openOriginals = "还没有退还的原件"
  static let nothing = "没有"
  static let openAdvice = "代办员取回后退还，退还时另签"
  static func agencyRenewed(_ item: String) -> String { "“\(item)”的代办委托延长。" }
  static let until = "延长到"

  // MARK: Batch

  static func batchOf(_ cases: Int, _ originals: Int, _ copies: Int) -> String {
    "共 \(cases) 件，原件 \(originals) 份，复印件 \(copies) 份"
  }
  static func batchCounts(_ originals: Int, _ copies: Int) -> [String] { ["原件\(originals)", "复印件\(copies)"] }
  /// Date and sequence number within the day, which distinguish those of one division: `20261130-0001`.
  static func shortNumber(_ number: String) -> String { number.split(separator: "-").suffix(2).joined(separator: "-") }
  static let batchRule = "本单放在袋外，只写编号和份数，不写姓名和事项。"
  static let townSigns = "接收人签字"
}
