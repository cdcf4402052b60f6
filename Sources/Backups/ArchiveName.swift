package import Groundwork

/// The name of an archive: `yichuang-9K2-20261129T123000.tar.age`.
///
/// Three characters identify the hall's key, so that two halls may share a folder. The rest is the machine's local time.
package struct ArchiveName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let hall: String
  package let date: CivilDate
  /// Hours, minutes and seconds, six digits.
  package let time: String

  package init(hall: String, date: CivilDate, time: String) {
    self.hall = hall
    self.date = date
    self.time = time
  }

  /// Nil for the name of any other file; `KeepRule` never removes such a file.
  package init?(_ text: String) {
    guard text.hasPrefix("yichuang-"), text.hasSuffix(Self.ending) else { return nil }
    let parts = text.dropFirst(9).dropLast(Self.ending.count).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 3, parts[0].utf8.allSatisfy(Self.isMark) else { return nil }
    let moment = Array(parts[1].utf8)
    guard moment.count == 15, moment[8] == UInt8(ascii: "T") else { return nil }
    let digits = parts[1]
    let time = String(digits.suffix(6))
    guard time.utf8.allSatisfy({ (48...57).contains($0) }),
      let date = CivilDate("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.dropFirst(6).prefix(2))")
    else { return nil }
    self.init(hall: String(parts[0]), date: date, time: time)
  }

  package var description: String {
    "yichuang-\(hall)-\(date.description.filter { $0 != "-" })T\(time)\(Self.ending)"
  }

  /// For people: the day and the minute.
  package var moment: String { "\(date) \(time.prefix(2)):\(time.dropFirst(2).prefix(2))" }

  package static func < (a: ArchiveName, b: ArchiveName) -> Bool { (a.date, a.time, a.hall) < (b.date, b.time, b.hall) }

  static let ending = ".tar.age"
  /// The file beside an archive with its SHA-256, as `sha256sum --check` reads it.
  package static let digestSuffix = ".sha256"

  private static func isMark(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...90).contains(byte) }
}
