/// Why the hall's state cannot be opened, read or copied; each with a sentence that says what to do.
package enum StateFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Neither the folder nor its parent exists.
  case missing(String)
  case notAFolder(String)
  /// With the system's error number.
  case notWritable(String, Int32)
  /// Another process works here; with its process id where the lock file has one.
  case held(folder: String, by: Int32?)
  /// There is no journal's file.
  case noJournal(String)
  case notAJournal(String)
  /// Written by a newer program; with the format's version and the highest that this program reads.
  case newerFormat(String, found: Int, known: Int)
  /// SQLite reports damage in its own structure.
  case damaged(String, detail: String)
  /// A record is missing, changed or out of order; the first one.
  case badRecord(sequence: Int64, problem: String)
  /// A valid record of a newer program: its event, or the version of its shape, is not known to this program.
  case newerRecord(sequence: Int64, event: String, version: Int)
  /// Reading or writing failed; `during` is the operation.
  case failed(String, during: String, detail: String)
  /// A copy would overwrite something.
  case exists(String)
  /// A restore would replace a journal that has records.
  case journalHasRecords(String, count: Int64)
  /// A restore was given the journal that it would replace.
  case isTheJournal(String)
  /// A restore was given the journal of a hall that is running.
  case inUse(String)
  /// A restore was given a database whose write-ahead log, with its newest records, was not copied along.
  case copiedWithoutLog(String)
  /// The source of a restore changed while it was being copied.
  case changedWhileCopied(String)
  /// The snapshot with which the start began has another state than its records give.
  case snapshotDiffers(sequence: Int64)
  /// A folder or a journal of training (演练) where the hall's own is meant.
  case ofTraining(String)
  /// The hall's own folder or journal where one of training is meant.
  case ofHall(String)
  /// This machine's copy of a journal that several machines share, where a journal of its own is meant.
  case ofSeveral(String)
  /// A journal of this machine alone where the copy of a shared one is meant.
  case ofOne(String)

  package var description: String {
    switch self {
    case .missing(let path): "there is no state folder \(path) and no folder to make it in: create the parent folder"
    case .notAFolder(let path): "the state folder \(path) is a file: name another folder or move the file aside"
    case .notWritable(let path, let code):
      """
      \(path) cannot be written (\(SystemError.english(code))): give it to the daemon's user, and see that the disk is neither full \
      nor read-only
      """
    case .held(let folder, let pid):
      "another process\(pid.map { " (\($0))" } ?? "") works on the state folder \(folder): stop it first"
    case .notAJournal(let path): "\(path) is not a journal: move it aside and restore a backup (yichuangctl restore)"
    case .newerFormat(let path, let found, let known):
      "\(path) has format \(found), this program knows formats up to \(known): install the newer version again"
    case .damaged(let path, let detail):
      "the journal \(path) is damaged (\(detail)): keep the file and restore a backup (yichuangctl restore)"
    case .badRecord(let sequence, let problem):
      "record \(sequence) of the journal \(problem): keep the file and restore a backup (yichuangctl restore)"
    case .newerRecord(let sequence, let event, let version):
      """
      record \(sequence) of the journal is a \(event) of version \(version), written by a newer program: install the newer \
      version again
      """
    case .noJournal(let path):
      "there is no journal \(path): put a backup in its place (yichuangctl restore FILE), or check the path"
    case .failed(let path, let during, let detail):
      "\(during) \(path) failed (\(detail)): look at the disk and its space"
    case .exists(let path): "\(path) exists already: name another file"
    case .journalHasRecords(let path, let count):
      """
      the journal \(path) has \(count) records, which a restore would replace: use --force to keep it beside the \
      restored one
      """
    case .isTheJournal(let path):
      "\(path) is the journal itself: name a backup (yichuangctl backup) or a journal that was kept (\(path).replaced-N)"
    case .inUse(let path):
      "a hall works on \(path): copy it with yichuangctl backup FILE, which may be done while the hall is open"
    case .copiedWithoutLog(let path):
      """
      \(path) was copied without its log \(path)-wal, which holds the newest records: copy both files while the hall is \
      stopped, or use yichuangctl backup FILE, which makes one file
      """
    case .changedWhileCopied(let path):
      "\(path) was written while it was copied: stop what writes it, or use yichuangctl backup FILE"
    case .snapshotDiffers(let sequence):
      """
      the snapshot at record \(sequence) has another state than the journal's records: it is removed, start the daemon \
      again at a quiet moment (systemctl restart yichuangd)
      """
    case .ofTraining(let path):
      "\(path) is of a training (演练), never the hall's: name the hall's own; what was practised tells `yichuangctl training-report`"
    case .ofHall(let path):
      "\(path) is the hall's own and nobody trains in it: name another folder (`state` of `training` in the configuration)"
    case .ofSeveral(let path):
      """
      \(path) is this machine's copy of a journal that several machines share, and nothing is written to it alone: keep `shared` \
      in the configuration, or take the journal back to one machine (yichuangctl shared end)
      """
    case .ofOne(let path):
      """
      \(path) is the journal of one machine, and the configuration has `shared`: found the shared journal from it \
      (yichuangctl shared found), or take `shared` out
      """
    }
  }

  /// The same in Chinese: what is wrong, and what to do.
  package var chinese: String {
    switch self {
    case .missing(let path): "没有状态文件夹 \(path)，上一级文件夹也没有：先建上一级文件夹"
    case .notAFolder(let path): "状态文件夹 \(path) 是一个文件：换一个文件夹，或把这个文件移走"
    case .notWritable(let path, let code):
      "\(path) 不能写（\(SystemError.chinese(code))）：交给服务的用户，并检查磁盘是否已满、是否只读"
    case .held(let folder, let pid):
      "另一个进程\(pid.map { "（\($0)）" } ?? "")正在用状态文件夹 \(folder)：先停掉它"
    case .notAJournal(let path): "\(path) 不是账本：把它移走，再恢复备份（yichuangctl restore）"
    case .newerFormat(let path, let found, let known):
      "\(path) 的格式是 \(found)，本程序只认得到 \(known)：重新装上较新的版本"
    case .damaged(let path, let detail):
      "账本 \(path) 已损坏（\(detail)）：保留这个文件，再恢复备份（yichuangctl restore）"
    case .badRecord(let sequence, let problem):
      "账本第 \(sequence) 条记录缺失、被改动或读不出来（\(problem)）：保留这个文件，再恢复备份（yichuangctl restore）"
    case .newerRecord(let sequence, let event, let version):
      "账本第 \(sequence) 条记录（\(event)，第 \(version) 版）是较新的程序写的：重新装上较新的版本"
    case .noJournal(let path):
      "没有账本 \(path)：用备份恢复（yichuangctl restore 文件名），或者看看路径对不对"
    case .failed(let path, let during, let detail):
      "读写 \(path) 失败（\(during)：\(detail)）：检查磁盘和剩余空间"
    case .exists(let path): "\(path) 已经存在：换一个文件名"
    case .journalHasRecords(let path, let count):
      "账本 \(path) 里有 \(count) 条记录，恢复会替换掉它：确实要恢复，加 --force，原账本保留在旁边"
    case .isTheJournal(let path):
      "\(path) 就是账本本身：写一份备份（yichuangctl backup），或留下的旧账本（\(path).replaced-N）"
    case .inUse(let path): "大厅正在用 \(path)：用 yichuangctl backup 文件名 复制，开着也可以做"
    case .copiedWithoutLog(let path):
      "复制 \(path) 时没有带上日志 \(path)-wal，最新的记录在那里：停掉服务后两个文件一起复制，或用 yichuangctl backup 文件名"
    case .changedWhileCopied(let path): "复制时 \(path) 还在被写：先停掉写它的程序，或用 yichuangctl backup 文件名"
    case .snapshotDiffers(let sequence):
      "第 \(sequence) 条记录处的快照与账本对不上：快照已删除，找个空闲时候重新启动服务（systemctl restart yichuangd）"
    case .ofTraining(let path): "\(path) 是演练的，不能当大厅的用：写大厅自己的；练了什么看 yichuangctl training-report"
    case .ofHall(let path): "\(path) 是大厅自己的，不能在里面演练：另用一个文件夹（配置里 training 一节的 state）"
    case .ofSeveral(let path):
      "\(path) 是几台机器共用账本在本机的副本，不能单独往里写：配置里留着 shared 一节；要改回一台机器，用 yichuangctl shared end"
    case .ofOne(let path):
      "\(path) 是一台机器自己的账本，配置里却有 shared 一节：先用它建共用账本（yichuangctl shared found），或去掉 shared"
    }
  }
}
