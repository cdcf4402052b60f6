import Glibc

/// Divides the process's file descriptors, so that connections never use those of the journal, printers or readers.
package enum DescriptorBudget {
  /// Reserved for everything else: journal, backups, fonts, printers, the reader process, control.sock, speech.
  static let own = 256
  /// Connections of one listener where descriptors are plenty: a thousand screens and as many again.
  static let most = 2048
  static let least = 32

  /// Raises the soft limit to the hard one and shares it.
  ///
  /// - Parameter listeners: two, or three with the door.
  /// - Returns: how many connections one of them may have.
  package static func connectionsOfListener(listeners: Int = 2) -> Int {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0 else { return least }
    let wanted = rlim_t(own + listeners * (most + HallListener.leaving))
    if limit.rlim_cur < wanted, limit.rlim_cur < limit.rlim_max {
      limit.rlim_cur = min(wanted, limit.rlim_max)
      setrlimit(resource, &limit)
      getrlimit(resource, &limit)
    }
    return share(of: Int(clamping: limit.rlim_cur), among: listeners)
  }

  /// - Parameter limit: RLIMIT_NOFILE.
  static func share(of limit: Int, among listeners: Int = 2) -> Int {
    max(least, min(most, (limit - own) / listeners - HallListener.leaving))
  }
}
