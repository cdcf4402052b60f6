import CatalogueFiles
import Foundation
import Testing
import YAMLDocuments

@Suite("encodings of a hall's table")
struct EncodingTests {
  private func recognised(_ bytes: [UInt8]) -> (String, TextEncoding)? {
    try? TextEncoding.decode(bytes)
  }

  private func fault(_ bytes: [UInt8]) -> TextEncoding.Fault? {
    do throws(TextEncoding.Fault) {
      _ = try TextEncoding.decode(bytes)
      return nil
    } catch { return error }
  }

  @Test("each encoding is recognised by its bytes")
  func recognises() throws {
    let text = "事项名称,铜梁区"
    #expect(try #require(recognised(Array(text.utf8))) == (text, .utf8))
    #expect(try #require(recognised([0xEF, 0xBB, 0xBF] + Array(text.utf8))) == (text, .utf8Marked))
    let units = Array(text.utf16)
    #expect(
      try #require(recognised([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }))
        == (text, .utf16LittleEndian))
    #expect(
      try #require(recognised([0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }))
        == (text, .utf16BigEndian))
    #expect(try #require(recognised([0xCA, 0xC2, 0xCF, 0xEE])) == ("事项", .gb18030))
    #expect(try #require(recognised([])) == ("", .utf8))
  }

  @Test("what is no table says what it is")
  func refuses() {
    #expect(fault([0x50, 0x4B, 0x03, 0x04, 0x14]) == .workbook)
    #expect(fault([0xD0, 0xCF, 0x11, 0xE0, 0xA1]) == .workbook)
    #expect(fault([0x41, 0x00, 0x42]) == .binary)
    #expect(fault([0x41, 0x42, 0xCA, 0xC2, 0xFF, 0x41]) == .unknown(at: 4))
    #expect(fault([0xFF, 0xFE, 0x41]) == .unknown(at: 2))
    #expect(fault([0xCA, 0xC2, 0xCF]) == .unknown(at: 2), "a character cut in two")
  }

  /// Python's table is that of 2000: it has 25 characters in the private use area that were moved since.
  @Test("GB 18030 is what Python's codec reads, for every character of two bytes and many of four")
  func againstPython() throws {
    let program = """
      import sys
      two = [bytes([a, b]) for a in range(0x81, 0xff) for b in range(0x40, 0xff) if b != 0x7f]
      four = [chr(c).encode('gb18030') for c in range(0x10000, 0x110000, 31)]
      four += [chr(c).encode('gb18030') for c in [0x3447, 0x4dae, 0x20bb7, 0x2cb56, 0x30edd, 0x80, 0x1f4, 0xa9]]
      sys.stdout.buffer.write(b''.join(x + b'\\n' for x in two + four))
      sys.stdout.buffer.write(b'#\\n')
      sys.stdout.buffer.write(''.join(x.decode('gb18030') + '\\n' for x in two + four).encode())
      """
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/python3")
    python.arguments = ["-c", program]
    let pipe = Pipe()
    python.standardOutput = pipe
    try python.run()
    let output = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    python.waitUntilExit()
    #expect(python.terminationStatus == 0)
    let border = try #require(output.firstRange(of: Array("\n#\n".utf8)))
    let expected = String(decoding: output[border.upperBound...], as: UTF8.self).split(separator: "\n")
    let (text, encoding) = try TextEncoding.decode(Array(output[...border.lowerBound]))
    #expect(encoding == .gb18030)
    let read = text.split(separator: "\n")
    #expect(read.count == expected.count && read.count > 50_000)
    let different = zip(read, expected).filter { $0.0 != $0.1 }
    #expect(different.count <= 25, "\(different.prefix(30))")
    for (_, theirs) in different {
      let scalar = try #require(theirs.unicodeScalars.first)
      #expect((0xE000...0xF8FF).contains(scalar.value), "\(theirs)")
    }
  }
}
