import Dispatch
import Groundwork
package import Logging
package import Ports
import Synchronization

/// The security log: to the system's log under `yichuang.security`, and to a file of its own.
///
/// Repetitions of what strangers can cause become one line a minute, with their count, for each kind and address.
package final class SecurityLog: Sendable {
  package typealias Field = SecurityRecord.Field

  /// Milliseconds for which the same event of the same address is only counted.
  static let quiet: Int64 = 60_000
  static let capacity = 256

  private struct Entry {
    let event: SecurityRecord.Event
    let fields: [Field: String?]
    var saidAt: Int64
    var unsaid = 0
  }

  private struct Written {
    var day: CivilDate?
    var isShareUsedUp = false
    var hasFailed = false
  }

  private let entries = Mutex<[String: Entry]>([:])
  private let written = Mutex(Written())
  private let clock: any TimeSource
  private let logger: Logger
  /// Nil where nothing is written to files.
  package let folder: SecurityFolder?
  private let writing = DispatchQueue(label: "yichuang.security")

  /// - Parameter folder: nil writes no file.
  package init(clock: any TimeSource, logger: Logger, folder: SecurityFolder? = nil) {
    self.clock = clock
    self.logger = logger
    self.folder = folder
  }

  package func note(_ event: SecurityRecord.Event, _ fields: [Field: String?] = [:]) {
    guard event.isBulk else { return say(event, fields) }
    let now = clock.monotonic()
    let key =
      [Field.code, .listener, .source, .badge].map { (fields[$0] ?? nil) ?? "" }.joined(separator: "\n")
      + event.rawValue
    let due: [Entry] = entries.withLock { entries in
      var due: [Entry] = []
      if var entry = entries[key], now - entry.saidAt < Self.quiet {
        entry.unsaid += 1
        entries[key] = entry
      } else {
        let unsaid = entries[key]?.unsaid ?? 0
        entries[key] = nil
        if entries.count >= Self.capacity, let oldest = entries.min(by: { $0.value.saidAt < $1.value.saidAt }) {
          entries[oldest.key] = nil
          if oldest.value.unsaid > 0 { due.append(oldest.value) }
        }
        entries[key] = Entry(event: event, fields: fields, saidAt: now)
        due.append(Entry(event: event, fields: fields, saidAt: now, unsaid: unsaid + 1))
      }
      return due
    }
    for entry in due { say(entry.event, entry.fields, count: entry.unsaid) }
  }

  /// Writes the counts that are still pending, and waits until everything is in the file.
  package func flush() {
    let due = entries.withLock { entries in
      defer { entries = [:] }
      return entries.values.filter { $0.unsaid > 0 }
    }
    for entry in due { say(entry.event, entry.fields, count: entry.unsaid) }
    writing.sync {}
  }

  private func say(_ event: SecurityRecord.Event, _ fields: [Field: String?], count: Int? = nil) {
    var fields = fields
    if let count { fields[.count] = String(count) }
    let record = SecurityRecord(event, fields, at: clock.now())
    let metadata = Logger.Metadata(uniqueKeysWithValues: record.pairs.map { ($0.rawValue, "\($1)") })
    logger.log(level: event.isBulk ? .warning : .notice, "\(event.rawValue)", metadata: metadata)
    guard let folder else { return }
    writing.async { [self] in write(record, folder) }
  }

  private func write(_ record: SecurityRecord, _ folder: SecurityFolder) {
    let day = ZoneOffset.beijing.civil(record.at).date
    let isNewDay = written.withLock { written in
      guard written.day != day else { return false }
      written = Written(day: day)
      return true
    }
    let outcome = folder.append(record, mayMake: true)
    if isNewDay { folder.prune() }
    switch outcome {
    case .written: written.withLock { $0.hasFailed = false }
    case .bulkFull, .full:
      let isFirst = written.withLock { written in
        defer { written.isShareUsedUp = true }
        return !written.isShareUsedUp
      }
      if isFirst { _ = folder.append(SecurityRecord(.shareUsedUp, at: record.at), mayMake: true) }
    case .failed(let code):
      let isFirst = written.withLock { written in
        defer { written.hasFailed = true }
        return !written.hasFailed
      }
      if isFirst { logger.error("the security log cannot be written", metadata: ["errno": "\(code)"]) }
    }
  }
}
