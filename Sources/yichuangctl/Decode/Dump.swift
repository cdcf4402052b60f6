import Control
import Foundation
import Groundwork

/// A recorded dump: bytes, or bytes written in hexadecimal.
struct Dump {
  /// The largest dump that is read, in bytes.
  static let mostBytes = 1 << 20

  enum Fault: Error, CustomStringConvertible {
    case unreadable(String)
    case tooLarge(String)
    case halfByte(line: Int)

    var status: ExitStatus {
      if case .unreadable = self { .usage } else { .data }
    }

    var description: String {
      switch self {
      case .unreadable(let path): "\(path) cannot be read"
      case .tooLarge(let path): "\(path) is larger than \(Dump.mostBytes) bytes: cut out the part that matters"
      case .halfByte(let line): "line \(line) has an odd number of hexadecimal digits"
      }
    }
  }

  let bytes: [UInt8]
  /// The lines of a hexadecimal dump; nil for a binary one.
  private let lines: [[UInt8]]?

  init(path: String) throws(Fault) {
    let handle: FileHandle? = path == "-" ? .standardInput : FileHandle(forReadingAtPath: path)
    guard let handle, let data = try? handle.read(upToCount: Self.mostBytes + 1) ?? Data() else {
      throw .unreadable(path)
    }
    guard data.count <= Self.mostBytes else { throw .tooLarge(path) }
    try self.init(Array(data))
  }

  init(_ content: [UInt8]) throws(Fault) {
    guard let written = Self.hexadecimal(content) else {
      (bytes, lines) = (content, nil)
      return
    }
    var lines: [[UInt8]] = []
    for (index, digits) in written.enumerated() {
      guard digits.count % 2 == 0 else { throw .halfByte(line: index + 1) }
      let line = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
      if !line.isEmpty { lines.append(line) }
    }
    self.lines = lines
    bytes = lines.flatMap { $0 }
  }

  /// Reports of a device: the lines, when there are several; else pieces of `size` bytes, the last one as it is.
  func reports(of size: Int) -> [[UInt8]] {
    if let lines, lines.count > 1 { return lines }
    return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
  }

  /// The bytes of each line; nil when there is anything but digits, or nothing at all.
  private static func hexadecimal(_ content: [UInt8]) -> [[UInt8]]? {
    var lines: [[UInt8]] = [[]]
    var isRemark = false
    for byte in content {
      switch byte {
      case 0x0A:
        lines.append([])
        isRemark = false
      case _ where isRemark: continue
      case UInt8(ascii: "#"): isRemark = true
      case 0x20, 0x09, 0x0D, UInt8(ascii: ":"), UInt8(ascii: ","): continue
      default:
        guard let digit = HexDigit.value(byte) else { return nil }
        lines[lines.count - 1].append(digit)
      }
    }
    return lines.allSatisfy(\.isEmpty) ? nil : lines
  }
}
