import Glibc
import JournalCodec

/// A program that does not know an event yet, for tests of two releases in one hall: in debug builds only.
enum OlderProgram {
  #if DEBUG
    /// The event's name in records, from `YICHUANG_TEST_UNKNOWN_EVENT`.
    private static let unknown = getenv("YICHUANG_TEST_UNKNOWN_EVENT").map { String(cString: $0) }
  #endif

  /// - Throws: `.unknownEvent` for that event.
  static func check(_ body: UnsafeBufferPointer<UInt8>) throws(RecordCodec.Fault) {
    #if DEBUG
      guard let unknown, String(decoding: body, as: UTF8.self).contains("\"t\":\"\(unknown)\"") else { return }
      throw .unknownEvent(name: unknown, version: 1)
    #endif
  }
}
