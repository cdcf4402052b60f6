import Foundation
import Groundwork
import Hall
package import Ports
import JournalCodec

/// The records of one segment as a file of JSON lines, written before they leave the journal.
///
/// The first line names the record before and its digest in the hash chain; then each record's body is a line as it
/// stood in the journal; the last line names the last record and its digest. The chain can be verified from the file
/// alone, and one file continues where the one before ends.
package enum JournalExport {
  static let folderName = "exports"
  private static let newline = UInt8(ascii: "\n")

  /// A segment on its way out.
  struct Lines {
    private(set) var bytes: [UInt8]

    init(after start: ChainPosition) {
      bytes =
        Array(#"{"export":1,"after":\#(start.sequence),"digest":"\#(start.digest.hexadecimal)"}"#.utf8) + [newline]
    }

    mutating func add(_ body: UnsafeRawBufferPointer) {
      bytes.append(contentsOf: body)
      bytes.append(newline)
    }

    mutating func end(_ last: ChainPosition) {
      bytes += Array(#"{"last":\#(last.sequence),"digest":"\#(last.digest.hexadecimal)"}"#.utf8) + [newline]
    }
  }

  /// Verifies a file: each line is a record, and their chain leads from the first line's digest to the last line's.
  ///
  /// - Throws: `StateFault` when it cannot be read; a fault inside is in the result.
  package static func verify(
    _ path: String, sealing: any Sealing, kept: JournalHead? = nil
  ) throws(StateFault) -> Verification {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .failed(path, during: "opening", detail: Files.text(ENOENT))
    }
    let lines = [UInt8](data).split(separator: newline, omittingEmptySubsequences: true)
    guard lines.count >= 2, let head = try? JSONDecoder().decode(Head.self, from: Data(lines[0])), head.export == 1,
      let start = [UInt8](hexadecimal: head.digest),
      let end = try? JSONDecoder().decode(End.self, from: Data(lines[lines.count - 1]))
    else { throw .damaged(path, detail: "it is no whole export") }
    var chain = HashChain(after: ChainPosition(sequence: head.after, digest: start), sealing: sealing)
    var problem: StateFault?
    var reached = kept?.sequence == head.after ? start : nil
    var days = 0
    for line in lines.dropFirst().dropLast() {
      chain.take(Array(line))
      let sequence = chain.position.sequence
      if sequence == kept?.sequence { reached = chain.position.digest }
      do {
        let recorded = try RecordCodec.decode(Array(line), sequence: sequence)
        if case .day(.dayClosed) = recorded.event { days += 1 }
      } catch {
        problem = .badRecord(sequence: sequence, problem: "cannot be read")
        break
      }
    }
    if problem == nil,
      chain.position != ChainPosition(sequence: end.last, digest: [UInt8](hexadecimal: end.digest) ?? [])
    {
      problem = .damaged(path, detail: "its records do not give the digest of its last line")
    }
    var verification = Verification(
      records: chain.position.sequence - head.after, headDigest: chain.position.digest.hexadecimal, segments: days,
      problem: problem, checkpoint: .notLookedAt)
    verification.head = kept?.verdict(
      first: head.after, last: problem == nil ? chain.position.sequence : .max, digest: reached, sealing: sealing)
    return verification
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
