import Foundation
import Testing

/// Goal: the meaning of a recorded dump is shown, with personal data masked in output for people. Method: the built
/// tool on dumps that the test writes by hand, as bytes and in hexadecimal.
@Suite("yichuangctl decode", .timeLimit(.minutes(10)))
struct DecodeTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  /// A card of a fictitious person: region 000000 does not exist.
  static let card: [UInt8] = {
    var bytes = (0..<256).map { $0 % 2 == 0 ? UInt8(0x20) : 0 }
    let texts = [
      (0, "张试一"), (30, "1"), (32, "15"), (36, "19000101"), (52, "样例镇一号"), (122, "000000190001010017"),
      (158, "样例分局"), (188, "20200101"), (204, "长期"),
    ]
    for (offset, text) in texts {
      for (index, unit) in text.utf16.enumerated() {
        bytes[offset + 2 * index] = UInt8(unit & 255)
        bytes[offset + 2 * index + 1] = UInt8(unit >> 8)
      }
    }
    return bytes
  }()

  static func frame(_ body: [UInt8]) -> [UInt8] {
    let counted = [UInt8((body.count + 1) >> 8), UInt8((body.count + 1) & 255)] + body
    return [0xAA, 0xAA, 0xAA, 0x96, 0x69] + counted + [counted.reduce(0, ^)]
  }

  func decode(_ kind: String, _ dump: [UInt8], _ flags: String...) throws -> (status: Int32, output: String) {
    try Data(dump).write(to: URL(fileURLWithPath: folder.file("dump")))
    let result = try Program("yichuangctl", ["decode", kind, folder.file("dump")] + flags).end()
    return (result.status, result.output + result.errors)
  }

  func json(_ kind: String, _ dump: [UInt8], _ flags: String...) throws -> [String: Any] {
    try Data(dump).write(to: URL(fileURLWithPath: folder.file("dump")))
    let result = try Program("yichuangctl", ["decode", kind, folder.file("dump"), "--json"] + flags).end()
    #expect(result.status == 0)
    return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test("a card's text: masked for people, whole for programs, the other way on demand")
  func cardText() throws {
    let people = try decode("card-text", Self.card)
    #expect(people.status == 0 && people.output.contains("张*一") && people.output.contains("000***********0017"))
    for secret in ["试", "000000190001010017", "样例镇一号", "19000101"] { #expect(!people.output.contains(secret)) }
    #expect(try decode("card-text", Self.card, "--show").output.contains("土家"))
    let card = try #require(json("card-text", Self.card)["card"] as? [String: Any])
    #expect(card["name"] as? String == "张试一" && card["number"] as? String == "000000190001010017")
    #expect(card["birth"] as? String == "1900-01-01" && card["valid_to"] as? String == "长期")
    #expect(card["sex_name"] as? String == "男" && card["nation_name"] as? String == "土家")
    #expect((card["doubts"] as? [String])?.isEmpty == true)
    let masked = try json("card-text", Self.card, "--mask")
    #expect(masked["masked"] as? Bool == true && !"\(masked)".contains("000000190001010017"))
  }

  @Test("frames both ways, with noise between them, and what a status means")
  func frames() throws {
    let photo = Array(repeating: UInt8(0xEE), count: 1024)
    let answer = Self.frame([0, 0, 0x90, 1, 0, 4, 0] + Self.card + photo)
    let dump = Self.frame([0x20, 1]) + [1, 2, 3] + Self.frame([0, 0, 0x80]) + Self.frame([0x30, 1]) + answer
    let frames = try #require(json("sam-frame", dump)["frames"] as? [[String: Any]])
    #expect(frames.map { $0["frame"] as? String } == ["command", "reply", "command", "reply"])
    #expect(frames[0]["command"] as? String == "find" && frames[1]["reaction"] as? String == "poll")
    #expect(frames[3]["dropped_bytes"] as? Int == 1024)
    #expect((frames[3]["card"] as? [String: Any])?["name"] as? String == "张试一")
    let people = try decode("sam-frame", dump)
    #expect(!people.output.contains("张试一") && !people.output.contains("eeee"))
    var broken = Self.frame([0, 0, 0x80])
    broken[9] ^= 1
    #expect(try decode("sam-frame", broken).output.contains("check byte"))
  }

  @Test("reports of scanners, in hexadecimal with remarks or as bytes")
  func reports() throws {
    var report = [2, 4] + Array("]Q1A001".utf8)
    report += Array(repeating: 0, count: 64 - report.count)
    let text =
      "# a code\n" + report.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
    for dump in [report, Array(text.utf8)] {
      let code = try #require((json("hid-pos", dump)["codes"] as? [[String: Any]])?.first)
      #expect(code["text"] as? String == "A001" && code["aim"] as? String == "]Q1")
      #expect(code["symbology"] as? String == "QR Code" && code["encoding"] as? String == "utf-8")
    }
    let typed = "04 00 62 60 5b 00 00 00\n00 00 00 00 00 00 00 00\n02 00 04 00 00 00 00 00\n00 00 28 00 00 00 00 00\n"
    let code = try #require((json("hid-keyboard", Array(typed.utf8))["codes"] as? [[String: Any]])?.first)
    #expect(code["text"] as? String == "SA")
    #expect(try !decode("hid-pos", report).output.contains("A001"))
  }

  @Test("what has no meaning, cannot be read or is half a byte ends with its status")
  func refusals() throws {
    #expect(try decode("card-text", [1, 2, 3]).status == 65)
    #expect(try decode("sam-frame", []).status == 65)
    #expect(try decode("hid-pos", Array("0 1 2".utf8)).status == 65)
    #expect(try decode("hid-pos", Array(repeating: 0, count: (1 << 20) + 1)).status == 65)
    #expect(try Program.run("yichuangctl", "decode", "card-text", folder.file("nothing")).status == 64)
    #expect(try Program.run("yichuangctl", "decode", "something", "-").status == 64)
  }
}
