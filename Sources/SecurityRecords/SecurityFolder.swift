import FoundationEssentials
import Glibc
package import Groundwork
import Ports

/// The files of the security log: `security/2026-11-23.log` in the state folder, one for each day, of mode 0640.
///
/// The newest `kept` files are kept, which is half a year at least (网络安全法 第二十一条). Files are counted and not
/// removed by their age, so that a clock that is ahead removes nothing. Each file has a bounded size. Records that
/// strangers can cause may fill half of it, so that a flood never crowds out the others.
package struct SecurityFolder: Sendable {
  /// 31 days for each of six months.
  package static let kept = 186
  /// Bytes of a day's file, and of what strangers can cause in it.
  static let largest = 2 << 20
  static let largestBulk = 1 << 20
  package static let name = "security"

  package enum Appended: Sendable { case written, bulkFull, full, failed(Int32) }

  let path: String

  package init(stateFolder: String) { path = stateFolder + "/" + Self.name }

  /// Appends a record to its day's file.
  ///
  /// - Parameter mayMake: whether a missing folder is made; the operator's tool leaves that to the daemon.
  package func append(_ record: SecurityRecord, zone: ZoneOffset = .beijing, mayMake: Bool) -> Appended {
    if mayMake { mkdir(path, 0o750) }
    let name = "\(path)/\(zone.civil(record.at).date).log"
    var file = open(name, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
    if file < 0, errno == ENOENT {
      file = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
      if file >= 0 { adjust(file) }
    }
    guard file >= 0 else { return .failed(errno) }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG else { return .failed(errno) }
    if about.st_size >= Self.largest { return .full }
    if record.event.isBulk, about.st_size >= Self.largestBulk { return .bulkFull }
    let line = Array((record.line(zone) + "\n").utf8)
    // One write with O_APPEND for each line, so that lines of the daemon and of the tool do not mix.
    let error = FileWriting.write(line, to: file)
    guard error == 0 else { return .failed(error) }
    if !record.event.isBulk { _ = FileWriting.syncData(file) }
    return .written
  }

  /// Sets mode and owner of a new file: the service's umask is 0077, and a file that root's tool made belongs to the
  /// service's user.
  private func adjust(_ file: Int32) {
    fchmod(file, 0o640)
    var folder = stat()
    if stat(path, &folder) == 0, geteuid() == 0 { _ = fchown(file, folder.st_uid, folder.st_gid) }
  }

  /// The days' files, oldest first.
  package func files() -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".log"), CivilDate(String(name.dropLast(4))) != nil { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes the files beyond those that are kept.
  package func prune() {
    for name in files().dropLast(Self.kept) { unlink("\(path)/\(name)") }
  }

  /// A page of the log, newest lines first.
  package struct Page: Sendable {
    package var lines: [SecurityLine] = []
    /// Where the next page begins; nil at the end of what is kept.
    package var next: Cursor?
  }

  /// A line's day and its number in the day's file, from 1 on: `2026-11-23:1042`.
  package struct Cursor: Hashable, Sendable, CustomStringConvertible {
    package let day: String
    package let line: Int

    package init(day: String, line: Int) { (self.day, self.line) = (day, line) }

    /// Nil for any other text.
    package init?(_ text: some StringProtocol) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, CivilDate(String(parts[0])) != nil, let line = Int(parts[1]), line >= 0 else {
        return nil
      }
      self.init(day: String(parts[0]), line: line)
    }

    package var description: String { "\(day):\(line)" }
  }

  /// Reads a page of the log backwards, the newest lines first.
  ///
  /// - Parameters:
  ///   - cursor: of the page before; only older lines are returned.
  ///   - since, until: the first and the last day.
  ///   - limit: lines of a page.
  package func page(
    before cursor: Cursor? = nil, since: CivilDate? = nil, until: CivilDate? = nil, limit: Int,
    _ isWanted: (SecurityLine) -> Bool
  ) -> Page {
    var page = Page()
    for name in files().reversed() {
      let day = String(name.dropLast(4))
      guard let date = CivilDate(day) else { continue }
      if let cursor, day > cursor.day { continue }
      if let until, date > until { continue }
      if let since, date < since { break }
      guard let bytes = try? Data(contentsOf: URL(filePath: "\(path)/\(name)")) else { continue }
      let lines = bytes.split(separator: UInt8(ascii: "\n"))
      let end = cursor.map { $0.day == day ? min(lines.count, max(0, $0.line - 1)) : lines.count } ?? lines.count
      for index in (0..<end).reversed() {
        guard let line = SecurityLine(String(decoding: lines[index], as: UTF8.self)), isWanted(line) else { continue }
        page.lines.append(line)
        if page.lines.count == limit {
          page.next = Cursor(day: day, line: index + 1)
          return page
        }
      }
    }
    return page
  }

  /// The lines of the days from `since` to `until`, oldest first; lines of any other form are left out.
  package func read(since: CivilDate? = nil, until: CivilDate? = nil, _ body: (SecurityLine) -> Void) {
    for name in files() {
      if let since, let date = CivilDate(String(name.dropLast(4))), date < since { continue }
      if let until, let date = CivilDate(String(name.dropLast(4))), date > until { continue }
      guard let bytes = try? Data(contentsOf: URL(filePath: "\(path)/\(name)")) else { continue }
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        if let line = SecurityLine(line) { body(line) }
      }
    }
  }
}
