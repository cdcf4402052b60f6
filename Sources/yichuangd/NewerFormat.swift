import Glibc
import Hall
import JournalPostgres
import Logging
import Ports
import Registrar

extension RecordFormats {
  /// The formats of this program. In debug builds `YICHUANG_TEST_NEW_EVENT` gives an event the next format, as a newer
  /// release would, for tests of two releases in one hall.
  static let ofThisRun: RecordFormats = {
    #if DEBUG
      if let name = getenv("YICHUANG_TEST_NEW_EVENT").map({ String(cString: $0) }) {
        return RecordFormats(newest: newest + 1) { event in
          event.name == name ? newest + 1 : RecordFormats.ofThisProgram.format(event)
        }
      }
    #endif
    return .ofThisProgram
  }()
}

extension SharedPeers {
  /// Milliseconds for which a silent machine still counts, so that one that is off for the night does.
  private static let formatMemory: Int64 = 24 * 3_600_000

  /// The newest format that all machines read which were heard within a day.
  var commonFormat: Int? { machines.filter { $0.silent < Self.formatMemory }.map { Int($0.reads) }.min() }
}

extension SharedWatch {
  /// Allows a newer format to be written once every machine reads it.
  ///
  /// A machine that was off for longer than a day and returns with an older program stops following and reports that.
  func raiseFormat(_ peers: SharedPeers) async {
    guard let common = peers.commonFormat.map({ min($0, RecordFormats.ofThisRun.newest) }),
      await registrar.read({ state, _ in state.isAccepted && common > state.days.format })
    else { return }
    do throws(RegistrarFailure) {
      try await registrar.submit(.day(.raiseFormat(common)), by: .system) { _, _ in }
      logger.notice(
        "every machine reads a newer format of records: it is used from now on", metadata: ["format": "\(common)"])
    } catch {
      logger.debug("the format was not raised", metadata: ["failure": "\(error)"])
    }
  }

  /// Why this machine decides nothing: its program was replaced by one that is older than what the hall writes.
  func olderProgram() async -> JournalFault? {
    let (format, sequence) = await registrar.read { state, _ in (state.days.format, state.sequence) }
    guard format > RecordFormats.ofThisRun.newest else { return nil }
    return .ofNewerProgram(sequence, event: "formatRaised", version: format)
  }
}
