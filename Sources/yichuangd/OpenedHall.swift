import Control
import Hall
import JournalSQLite
import Logging
import Ports
import Seal

/// A state folder taken, its journal opened and gone through: where every start begins.
struct OpenedHall: Sendable {
  /// The state folder; held until the process ends.
  private let folder: StateFolder
  let seal: HallSeal
  let journal: any JournalPort & JournalReading
  let opening: JournalOpening
  let state: HallState

  /// The path of the state folder.
  var path: String { folder.path }
  /// The catalogues that were published.
  var archive: any CatalogueKeeping { CatalogueArchive(stateFolder: folder.path, sealing: seal) }

  /// - Throws: `Exit` with the sentence for the operator.
  static func open(_ path: String, logger: Logger) async throws(Exit) -> OpenedHall {
    let folder: StateFolder
    let seal: HallSeal
    let journal: SQLiteJournal
    let opening: JournalOpening
    var state: HallState
    do throws(StateFault) { folder = try StateFolder.claim(path) } catch { throw Exit(error) }
    do throws(KeyFault) { seal = try HallSeal(keyFile: folder.keyFile) } catch { throw Exit(error) }
    do throws(StateFault) {
      var journalLog = Logger(label: "yichuang.journal")
      journalLog.logLevel = logger.logLevel
      (journal, opening) = try SQLiteJournal.open(stateFolder: folder, sealing: seal, log: journalLog)
      state = try await journal.replay(into: HallState()) { state, recorded in state.evolve(recorded) }
    } catch {
      throw Exit(error)
    }
    state.isAccepted = opening.condition == .intact
    state.epoch = max(state.epoch, opening.epoch)
    for violation in state.violations() {
      logger.critical("the journal gives a hall that cannot be", metadata: ["violation": "\(violation)"])
    }
    if !state.isAccepted {
      logger.warning("nothing is issued until staff accept the journal: yichuangctl accept-journal")
    }
    return OpenedHall(folder: folder, seal: seal, journal: journal, opening: opening, state: state)
  }
}

extension Exit {
  init(_ fault: StateFault) { self.init(ExitStatus(fault), fault.description, zh: fault.chinese) }

  init(_ fault: KeyFault) {
    let path = fault.path
    let chinese =
      switch fault.problem {
      case .unreadable(let code): "密钥 \(path) 读不出来（\(SystemError.chinese(code))）：把它交给服务的用户"
      case .unwritable(let code): "密钥 \(path) 写不了（\(SystemError.chinese(code))）：检查状态文件夹能否写、磁盘是否已满"
      case .wrongLength: "密钥 \(path) 不是 32 字节，已损坏：把它移走，启动时会重新生成（此前发出的重试请求会被拒绝）"
      case .openToOthers: "密钥 \(path) 别人也能读：chmod 600 \(path)"
      }
    self.init(.disk, fault.description, zh: chinese)
  }
}
