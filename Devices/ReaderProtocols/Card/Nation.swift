/// An ethnic group (民族) by its code of GB/T 3304, with 81 穿青人, which is in use beside the standard.
package struct Nation: Hashable, Sendable {
  /// As on the card: two digits, or anything else found there.
  package let code: String
  /// nil for a code that is not in the table; then the code itself is shown.
  package var chinese: String? { Self.names[code] }

  package init(code: String) { self.code = code }

  /// Codes 01 to 56 in order.
  private static let numbered = """
    汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 \
    柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 \
    塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
    """

  private static let names: [String: String] = {
    var names = ["81": "穿青人", "97": "其他", "98": "外国血统中国籍人士"]
    for (offset, name) in numbered.split(separator: " ").enumerated() {
      names[offset < 9 ? "0\(offset + 1)" : "\(offset + 1)"] = String(name)
    }
    return names
  }()
}
