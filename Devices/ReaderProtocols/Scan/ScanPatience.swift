/// The silence after which a scanner's data is one whole code, in milliseconds.
///
/// It must not cut slow scanners: cheap ones type a key every 90 ms, and radio links pause for 70 ms within a code.
/// After a line end less is enough, though another line of the same symbol may follow. Nobody scans two codes within
/// such a time.
package struct ScanPatience: Hashable, Sendable {
  /// While no line end was sent.
  package let open: Int
  /// After a line end.
  package let ended: Int

  /// A keyboard-mode scanner.
  package static let keyboard = ScanPatience(open: 300, ended: 200)
  package static let line = ScanPatience(open: 250, ended: 150)
}
