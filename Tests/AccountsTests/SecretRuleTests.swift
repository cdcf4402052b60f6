import Testing

@testable import Accounts

/// Goal: secrets that others try first are refused, and those that people can remember and others not are accepted.
@Suite("New secrets")
struct SecretRuleTests {
  private let rule = SecretRule(words: ["AJ001", "王小明", "安居镇便民服务中心", "安居镇", "023-45678901", "铜梁区安居镇大南街 1 号"])

  @Test(
    "a common secret, a pattern, a number and what others know are refused",
    arguments: [
      ("1234567", WeakSecret.tooShort), ("王小明", .tooShort), ("password", .common), ("Password123", .common),
      ("P@ssw0rd", .common), ("p a s s w o r d", .common), ("ｐａｓｓｗｏｒｄ１２３", .common), ("admin888", .common),
      ("admin@2026", .common), ("2026admin!", .common), ("woaini1314", .common), ("WoAiNi520", .common),
      ("adminadmin", .common), ("iloveyoubaby", .common), ("便民服务中心便民服务", .common), ("我爱你我爱你", .tooShort),
      ("yichuang-demo-2026", .common), ("为人民服务2026!", .common), ("好好学习天天向上", .common), ("tongliang2026", .common),
      ("aaaaaaaa", .pattern), ("12121212", .pattern), ("abcabcabc", .pattern), ("一一一一一一一一", .pattern),
      ("12345678", .pattern), ("87654321", .pattern), ("qwertyuiop", .pattern), ("1qaz2wsx", .pattern),
      ("abcdefgh", .pattern), ("1q2w3e4r5t", .pattern),
      ("19850312", .number), ("20261129", .number), ("13896012345", .number), ("500224198503121234", .number),
      ("50022419850312123X", .number),
      ("AJ001AJ001", .known), ("aj001-2026", .known), ("王小明王小明王小明", .pattern), ("02345678901", .pattern),
      ("安居镇便民服务中心1", .known), ("tel45678901", .known),
    ])
  func refused(secret: String, why: WeakSecret) { #expect(rule.weakness(of: secret) == why) }

  @Test(
    "several words, a sentence and random characters are accepted",
    arguments: [
      "牛奶要趁热喝完再走", "correct horse battery staple", "kettle-river-onion", "x7Rq-93vm", "Tz4!mmoP2s",
      "南门口的石榴树今年结了七个", "lan2 qi2 pan2 dou4 jiao3", "9027 4415 8830 1267",
    ])
  func accepted(secret: String) { #expect(rule.weakness(of: secret) == nil) }

  @Test("length counts characters, whatever bytes they take")
  func characters() {
    #expect(rule.weakness(of: "牛奶趁热喝完了") == .tooShort)
    #expect(rule.weakness(of: "牛奶趁热喝完再走") == nil)
    // Eight characters of several scalars each.
    #expect(rule.weakness(of: "👩‍👩‍👧e\u{301}石榴树结果了") == nil)
    let long = (0..<16).map { _ in "牛奶趁热喝完再走" }.joined()
    #expect(rule.weakness(of: long + "了") == .tooLong)
  }

  @Test("the list in the tree is long, and each of its words is refused as a secret")
  func list() {
    #expect(CommonSecrets.all.count > 450)
    for word in CommonSecrets.all where word.count >= SecretRule.shortest {
      #expect(rule.weakness(of: word) != nil, "\(word)")
    }
  }
}
