/// How long a scanner has to be silent before what it said is one whole code, in milliseconds.
///
/// Slow scanners are not cut up: cheap ones type a key every 90 ms, and lines over radio pause for 70 ms within a code. Behind an end
/// of line less is enough, though another line of the same symbol may follow. Nobody holds up two codes in such a time.
package struct ScanPatience: Hashable, Sendable {
  /// While no end of line was sent.
  package let open: Int
  /// Behind an end of line.
  package let ended: Int

  /// A scanner that types.
  package static let keyboard = ScanPatience(open: 300, ended: 200)
  package static let line = ScanPatience(open: 250, ended: 150)
}
