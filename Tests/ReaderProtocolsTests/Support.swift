import Foundation
import Groundwork
import ReaderProtocols
import Testing

extension SeededRandom {
  /// `bytes` with a few of them changed, dropped, doubled or the tail cut off.
  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &self) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &self)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &self)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(bytes[index], at: index)
      default: bytes.removeLast(min(bytes.count, Int.random(in: 0..<64, using: &self)))
      }
    }
    return bytes
  }

  mutating func noise(count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }

  /// The same bytes in pieces of chance sizes.
  mutating func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      pieces.append(Array(rest.prefix(Int.random(in: 1...64, using: &self))))
      rest = rest.dropFirst(pieces[pieces.count - 1].count)
    }
    return pieces
  }
}

/// Cards of nobody: region, province and country 000 do not exist, and where a form wants a real region the person is the
/// first of the century.
enum SyntheticCard {
  static let resident = CardText(
    .resident,
    [
      .name: "张试一", .sex: "1", .nation: "01", .birth: "19000101", .address: "测试市样例区安居镇一号",
      .number: "000000190001010017", .issuer: "测试市公安局样例分局", .validFrom: "20200101", .validTo: "长期",
    ])
  static let permit = CardText(
    .residencePermit,
    [
      .name: "陈试二", .sex: "2", .birth: "19000101", .address: "测试市样例区安居镇二号", .number: "810000190001010026",
      .issuer: "测试市公安局样例分局", .validFrom: "20200101", .validTo: "20250101", .travelPermit: "H00000000",
      .issueCount: "01",
    ])
  static let foreigner2017 = CardText(
    .permanentResident2017,
    [
      .latinName: "TEST, PERSON THREE", .sex: "1", .number: "XXA000000010113", .nationality: "XXA", .name: "试三",
      .validFrom: "20170601", .validTo: "20270601", .birth: "19000101", .cardVersion: "01", .authority: "0000",
    ])
  static let foreigner2023 = CardText(
    .permanentResident2023,
    [
      .name: "试四", .sex: "2", .renewalCount: "00", .birth: "19000101",
      .latinName: "TESTPERSON, FOUR WITH A NAME LONGER THAN 35", .number: "900000190001010028",
      .validFrom: "20231201", .validTo: "20331201", .nationality: "XXA", .previousLink: "000",
    ])
  static let all = [resident, permit, foreigner2017, foreigner2023]

  /// What a module answers to the reading of such a card.
  static func reply(_ card: CardText, photo: [UInt8] = Array(repeating: 0xAB, count: 1024)) -> [UInt8] {
    SAMReply.bytes(text: card.bytes, photo: photo)
  }
}

/// Another implementation, asked through a program of Python.
enum Oracle {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// What a program of Python writes; `interpreter` is Debian's, or the tests' own with their packages.
  static func python(_ program: String, _ interpreter: String = "/usr/bin/python3") throws -> Data {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: interpreter)
    process.arguments = ["-c", program]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return data
  }

  static func lines(_ program: String, _ interpreter: String = "/usr/bin/python3") throws -> [String] {
    String(decoding: try python(program, interpreter), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  static let testPython = repository + "/.build/venv/bin/python"
}
