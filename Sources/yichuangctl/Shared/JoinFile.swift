import Control
import Foundation
import Glibc
import JournalPostgres
import Ports
import Seal
import Settings

/// The file by which a machine joins a hall's shared journal. It is carried by hand, because whoever has it can act as that
/// machine.
struct JoinFile: Codable {
  static let format = 1

  var format = JoinFile.format
  let machine: String
  let database: String
  let password: String
  /// As in the configuration.
  let hosts: [String]
  /// The certificate of the server's authority, PEM; empty where all hosts are Unix sockets.
  let authority: String
  /// The hall's key, in hexadecimal digits.
  let hallKey: String
  /// The hall's chains of keys, and the keys that are files, by their names, in hexadecimal digits.
  let keys: [String: String]
  let system: String
  let timeline: Int64
  let head: Int64
  /// The digest of the record `head`, in hexadecimal digits.
  let digest: String

  static func read(_ path: String) throws -> JoinFile {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SharedFault(.usage, "\(path) cannot be read", zh: "\(path) 读不出来")
    }
    guard let file = try? JSONDecoder().decode(JoinFile.self, from: data), file.format == format,
      SharedSettings.isName(file.machine)
    else {
      throw SharedFault(
        .data, "\(path) is no file to join with, or of another release: make it again (yichuangctl shared invite)",
        zh: "\(path) 不是加入用的文件，或版本不同：重新生成（yichuangctl shared invite）")
    }
    return file
  }

  /// Only its owner can read it.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    guard access(path, F_OK) != 0 else { throw StateFault.exists(path) }
    try DurableText.write(text, to: path)
  }

  static func bytes(_ hexadecimal: String) -> [UInt8]? {
    let digits = Array(hexadecimal.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}

extension SharedSettings.JournalHost {
  /// As the configuration has it.
  var text: String { port == SharedSettings.usualPort ? address : "\(address):\(port)" }
}
