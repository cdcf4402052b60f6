import Foundation
import Groundwork
import Hall
package import Ports
import JournalCodec

/// The records of one segment as a file of JSON lines, compressed by gzip, written before they leave the journal.
///
/// The first line names the record before and its digest in the hash chain; then each record's body is a line as it
/// stood in the journal; the last line names the last record and its digest. The chain can be verified from the file
/// alone, and one file continues where the one before ends. Files of earlier versions are not compressed.
package enum JournalExport {
  static let folderName = "exports"

  /// `DAY-FIRST-LAST.jsonl.gz`.
  static func name(day: String, first: Int64, last: Int64) -> String { "\(day)-\(first)-\(last).jsonl.gz" }

  /// Whether a file is named as an export, of this version or an earlier one.
  package static func isNamed(_ file: String) -> Bool { file.hasSuffix(".jsonl.gz") || file.hasSuffix(".jsonl") }

  /// The day of an export by its name; nil when it is none.
  static func day(of name: String) -> CivilDate? {
    guard isNamed(name) else { return nil }
    return CivilDate(String(name.prefix(10)))
  }

  /// A segment on its way out.
  struct Lines {
    private let gzip = GzipWriter()
    private static let newline = [UInt8(ascii: "\n")]

    init(after start: ChainPosition) {
      add(#"{"export":1,"after":\#(start.sequence),"digest":"\#(start.digest.hexadecimal)"}"#)
    }

    func add(_ body: UnsafeRawBufferPointer) {
      gzip.add(body)
      Self.newline.withUnsafeBytes(gzip.add)
    }

    /// - Returns: the whole file.
    func end(_ last: ChainPosition) -> [UInt8] {
      add(#"{"last":\#(last.sequence),"digest":"\#(last.digest.hexadecimal)"}"#)
      gzip.end()
      return gzip.bytes
    }

    private func add(_ text: String) { Array(text.utf8).withUnsafeBytes { add($0) } }
  }

  /// Verifies a file: each line is a record, and their chain leads from the first line's digest to the last line's.
  ///
  /// - Throws: `StateFault` when it cannot be read; a fault inside is in the result.
  package static func verify(
    _ path: String, sealing: any Sealing, kept: JournalHead? = nil
  ) throws(StateFault) -> Verification {
    var reading: Reading?
    // The last line is known when no other follows.
    var line: [UInt8]?
    try LineInput(path: path).read { next throws(StateFault) in
      defer { line = Array(next) }
      guard let line else { return }
      guard reading != nil else {
        reading = try Reading(line, path, sealing, kept)
        return
      }
      reading?.take(line)
    }
    guard let reading, let line, let end = try? JSONDecoder().decode(End.self, from: Data(line)) else {
      throw .damaged(path, detail: "it is no whole export")
    }
    return reading.verification(end)
  }

  /// The records of a file so far.
  private struct Reading {
    let path: String
    let after: Int64
    let sealing: any Sealing
    let kept: JournalHead?
    var chain: HashChain
    var reached: [UInt8]?
    var days = 0
    var problem: StateFault?

    init(_ line: [UInt8], _ path: String, _ sealing: any Sealing, _ kept: JournalHead?) throws(StateFault) {
      guard let head = try? JSONDecoder().decode(Head.self, from: Data(line)), head.export == 1,
        let start = [UInt8](hexadecimal: head.digest)
      else { throw .damaged(path, detail: "it is no whole export") }
      self.path = path
      after = head.after
      self.sealing = sealing
      self.kept = kept
      chain = HashChain(after: ChainPosition(sequence: head.after, digest: start), sealing: sealing)
      reached = kept?.sequence == head.after ? start : nil
    }

    mutating func take(_ line: [UInt8]) {
      guard problem == nil else { return }
      chain.take(line)
      let sequence = chain.position.sequence
      if sequence == kept?.sequence { reached = chain.position.digest }
      do {
        let recorded = try RecordCodec.decode(line, sequence: sequence)
        if case .day(.dayClosed) = recorded.event { days += 1 }
      } catch {
        problem = .badRecord(sequence: sequence, problem: "cannot be read")
      }
    }

    func verification(_ end: End) -> Verification {
      var problem = problem
      if problem == nil,
        chain.position != ChainPosition(sequence: end.last, digest: [UInt8](hexadecimal: end.digest) ?? [])
      {
        problem = .damaged(path, detail: "its records do not give the digest of its last line")
      }
      var verification = Verification(
        records: chain.position.sequence - after, headDigest: chain.position.digest.hexadecimal, segments: days,
        problem: problem, checkpoint: .notLookedAt)
      verification.head = kept?.verdict(
        first: after, last: problem == nil ? chain.position.sequence : .max, digest: reached, sealing: sealing)
      return verification
    }
  }

  private struct Head: Decodable {
    let export: Int
    let after: Int64
    let digest: String
  }

  private struct End: Decodable {
    let last: Int64
    let digest: String
  }
}
