import Glibc
import Logging

/// Mistakes on purpose, for tests that have to find them.
struct PostgresKnobs: Sendable {
  /// Milliseconds after which an answer is not waited for any more.
  var patience = PostgresJournal.patience
  /// A write counts at its first result.
  var answersAtFirstResult = false
  /// A server of any timeline will do.
  var ignoresTimeline = false
  /// A server that is set so that it loses what it acknowledged will do.
  var ignoresSettings = false
  /// Earlier sessions of this machine go on.
  var skipsBarrier = false

  /// Those that `YICHUANG_TEST_SHARED` names, with commas between them: `first-result`, `any-timeline`, `any-settings`.
  /// In debug builds only, with a warning.
  static func fromEnvironment(_ log: Logger) -> PostgresKnobs {
    var knobs = PostgresKnobs()
    #if DEBUG
      let words = getenv("YICHUANG_TEST_SHARED").map { String(cString: $0) } ?? ""
      let names = words.split(separator: ",").map(String.init)
      knobs.answersAtFirstResult = names.contains("first-result")
      knobs.ignoresTimeline = names.contains("any-timeline")
      knobs.ignoresSettings = names.contains("any-settings")
      if !names.isEmpty {
        log.warning("YICHUANG_TEST_SHARED: ACKNOWLEDGED RECORDS CAN BE LOST; this is a test's control")
      }
    #endif
    return knobs
  }
}

/// A server that was found and is not used, and why.
package struct RefusedServer: Hashable, Sendable {
  /// As `address:port`.
  package let host: String
  package let problem: ServerProblem
}
