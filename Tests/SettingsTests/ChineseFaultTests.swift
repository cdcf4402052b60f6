import FileKit
import Foundation
import Settings
import Testing
import YAMLDocuments

/// Goal: whoever maintains a hall's files reads their faults in Chinese, with what to write instead. Method: wrong
/// files, and their faults word for word; the parsers' types, `Edit.check` and `Loaded.inBothLanguages` ensure that no
/// fault lacks Chinese.
@Suite("faults in Chinese")
struct ChineseFaultTests {
  @Test(
    "a fault of the configuration says what is wrong and what to write",
    arguments: [
      ("  level: town\n", "", "没有写“level”：请写其中之一：town, village"),
      ("start: 501", "start: 0", "“start”是“0”：写 1 到 9999 的整数"),
      ("level: town", "level: village", "级别 village 与区划类别 town 不符：镇、街道写 town，村、社区写 village"),
      ("name: 大庙镇便民服务中心", "name: 大庙镇公共服务中心", "大庙镇公共服务中心是铜府办〔2023〕32号 二（一）停用的旧称：写 大庙镇便民服务中心，或去掉这一行，名称由区划和级别得出"),
      ("{number: 2,", "{number: 1,", "两个窗口都是 1 号：各写一个号"),
      ("lanes: [H, A, E]", "lanes: [H, A, E, Z]", "没有队列“Z”：写队列（lanes）里有的字母"),
      ("'14:00-17:30'", "'17:30-14:00'", "开门时段“17:30-14:00”不对：写成 'HH:MM-HH:MM'，结束要晚于开始"),
      ("id: kiosk-2", "id: kiosk-1", "两台取号机的编号都是 kiosk-1：各写一个"),
      ("{queue: tickets,", "{queue: a/b,", "打印队列名“a/b”不对：写 lpstat -p 列出的名字"),
      ("token: 0123456789abcdef", "token: short", "大屏口令（token）太短，或有不能用的字符：自己写 16 位以上字母和数字（openssl rand -hex 16）"),
      (
        "catalogue: catalogue.yaml", "catalogue: missing.yaml", "打不开（不存在）：核对路径，以及服务的用户能不能读"
      ),
    ])
  func configuration(from: String, to: String, chinese: String) throws {
    let (text, _) = try Edit(from, to, says: "").applied(to: ConfigurationTests.good)
    let faults = try Scratch().configuration(text).faults
    #expect(faults.contains { $0.chinese == chinese }, "\(faults.map(\.chinese))")
    #expect(faults.allSatisfy { $0.words(inChinese: true) == $0.chinese && $0.words(inChinese: false) != $0.chinese })
  }
}
