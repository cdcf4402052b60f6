import Glibc
import Ports
import Testing

/// Goal: a signal or a call that takes few bytes changes nothing of what is written. Method: the system's calls are
/// scripted, and every position of an interruption is tried.
@Suite struct FileWritingTests {
  private static let bytes = [UInt8](0..<64)

  @Test("interrupted at every call and taken in every portion, all bytes arrive once and in place", arguments: 1...64)
  func portions(_ portion: Int) {
    var disk = [UInt8](repeating: 255, count: 80)
    var calls = 0
    let error = FileWriting.write(Self.bytes[...], at: 16) { rest, offset in
      calls += 1
      if calls % 2 == 1 {
        errno = EINTR
        return -1
      }
      let count = min(portion, rest.count)
      disk.replaceSubrange(Int(offset)..<(Int(offset) + count), with: rest.prefix(count))
      return count
    }
    #expect(error == 0)
    #expect(disk == [UInt8](repeating: 255, count: 16) + Self.bytes)
    #expect(calls == 2 * ((64 + portion - 1) / portion))
  }

  @Test("an error after a part is told, and nothing is tried after it", arguments: [ENOSPC, EIO, EROFS])
  func errors(_ code: Int32) {
    var calls = 0
    let error = FileWriting.write(Self.bytes[...], at: 0) { _, _ in
      calls += 1
      errno = code
      return calls == 1 ? 10 : -1
    }
    #expect(error == code && calls == 2)
  }

  @Test("a file that takes nothing is full")
  func nothing() {
    #expect(FileWriting.write(Self.bytes[...], at: 0) { _, _ in 0 } == ENOSPC)
  }

  @Test("a sync is repeated after a signal and never after an error")
  func sync() {
    var answers: [Int32] = [EINTR, EINTR, EIO, 0]
    let error = FileWriting.untilDecided {
      errno = answers.removeFirst()
      return errno == 0 ? 0 : -1
    }
    #expect(error == EIO)
    #expect(answers == [0])
  }
}
